import { type Estimated, type OffPolicyValue, onPolicyValue } from '$workers/metrics';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { readColumns } from './files';
import { estimate, estimatedPolicy, type Policy, type ShownLog } from './logged-policies';
import { type Coverage, coverageOf } from './off-policy-coverage';
import { readWhole } from './tabular-file';

const SEED = 1;
const SAMPLES = 1000;

/** What another way of choosing would have been worth, from the log of one. */
export const offPolicy: Task = {
	required: ['log', 'target'],
	optional: [
		'compare',
		'item',
		'place',
		'reward',
		'propensity',
		'most-weight',
		'samples',
		'seed',
		'coverage',
	],
	run(options: Options): Promise<Evaluation> {
		const started = performance.now();
		const seed = readWhole(options.seed, 'seed', SEED);
		const samples = readWhole(options.samples, 'samples', SAMPLES);
		if (samples < 2) throw new EvaluationError('--samples is at least 2');
		const read = logReader(options);
		const mostWeight = readMostWeight(options['most-weight']);
		const log = read(options.log ?? '');
		const target = options.target ?? '';
		const policy = policyOf(target, target === 'uniform' ? undefined : read(target), read.count);
		const settings = { seed, samples, ...mostWeight };
		const value = estimate(log, policy(), read.count(), settings);
		const other = options.compare === undefined ? undefined : read(options.compare);
		const compared = other && onPolicyValue(other.rewards, { seed, samples });
		const repeats = readWhole(options.coverage, 'coverage', 0);
		const coverage =
			repeats > 0 ? coverageOf(log, policy(), read.count(), { ...settings, repeats }) : undefined;
		const table = [
			`${value.rows} rows, ${format(value.rewards)} rewards; as ${value.effectiveRows.toFixed(0)} rows of equal weight (mean weight ${value.meanWeight.toFixed(3)}, largest ${value.largestWeight.toFixed(1)})`,
			header(),
			line('shown by the log', value.shown),
			line('target, IPS', value.ips),
			line('target, SNIPS', value.snips),
			line('target, doubly robust', value.doublyRobust),
			...(compared ? [line('shown by the other log', compared)] : []),
			...warnings(value),
			...(coverage ? coverageLines(coverage) : []),
		];
		return Promise.resolve({
			figures: {
				value: value.snips.value,
				ips: figuresOf(value.ips, compared),
				snips: figuresOf(value.snips, compared),
				doublyRobust: figuresOf(value.doublyRobust, compared),
				shown: figuresOf(value.shown),
				...(compared && { compared: figuresOf(compared) }),
				rewards: value.rewards,
				effectiveRows: value.effectiveRows,
				meanWeight: value.meanWeight,
				largestWeight: value.largestWeight,
				...(coverage && { coverage }),
				seconds: (performance.now() - started) / 1000,
				rows: value.rows,
				seed,
			},
			table,
		});
	},
};

/** `uniform`, or the way another log was made. */
function policyOf(name: string, log: ShownLog | undefined, count: () => number): () => Policy {
	if (!log) {
		if (name !== 'uniform') throw new EvaluationError('--target is uniform, or a log');
		return () => {
			const alike = new Float64Array(count()).fill(1 / count());
			return () => alike;
		};
	}
	return () => estimatedPolicy(log, count());
}

/** Reads logs whose items share one numbering. */
function logReader({ item, place, reward, propensity }: Options) {
	const names = {
		item: item ?? 'item_id',
		place: place ?? 'position',
		reward: reward ?? 'click',
		propensity: propensity ?? 'propensity_score',
	};
	const numbers = new Map<string, number>();
	const numberOf = (name: string) => {
		const known = numbers.get(name) ?? numbers.size;
		numbers.set(name, known);
		return known;
	};
	const read = (path: string): ShownLog => {
		const columns = readColumns(path, Object.values(names));
		const cells = (name: string) => columns[name] ?? [];
		return {
			items: Uint32Array.from(cells(names.item), numberOf),
			places: cells(names.place),
			rewards: shares(cells(names.reward), path, names.reward),
			propensities: shares(cells(names.propensity), path, names.propensity, 'above 0'),
		};
	};
	return Object.assign(read, { count: () => numbers.size });
}

function shares(
	cells: readonly string[],
	path: string,
	column: string,
	least: 'from 0' | 'above 0' = 'from 0',
): Float64Array {
	return Float64Array.from(cells, (cell, row) => {
		const value = cell.trim() === '' ? Number.NaN : Number(cell);
		if (value <= 1 && (value > 0 || (value === 0 && least === 'from 0'))) return value;
		throw new EvaluationError(`${path}: row ${row + 1}: ${column} is no number ${least} to 1`);
	});
}

function figuresOf({ value, bootstrap, bound }: Estimated, compared?: Estimated) {
	return {
		value,
		standardError: bootstrap.standardError,
		low: bootstrap.low,
		high: bootstrap.high,
		boundLow: bound.low,
		boundHigh: bound.high,
		...(compared && {
			covers: bootstrap.low <= compared.value && compared.value <= bootstrap.high,
			boundCovers: bound.low <= compared.value && compared.value <= bound.high,
		}),
	};
}

/** Fewer rewards than this, and an interval is wide whatever the estimator. */
const FEW = 100;

function warnings({ rewards, meanWeight, ips, effectiveRows, rows }: OffPolicyValue): string[] {
	const { low, high } = ips.bound;
	const few = `${format(rewards)} rewards say little: the value lies anywhere from ${share(low)} to ${share(high)} (IPS, by betting). A difference smaller than that cannot be seen here.`;
	const cut = `The weights average ${meanWeight.toFixed(2)} and not 1: the log could not have shown all that the target shows, and no estimate says what that part is worth.`;
	const heavy = `A few rows of tiny chance outweigh all others: --most-weight bounds a weight, at the price of a bias downwards.`;
	return [
		...(rewards < FEW ? [few] : []),
		...(meanWeight < 0.8 ? [cut] : []),
		...(effectiveRows < rows / 100 ? [heavy] : []),
	];
}

function coverageLines({ repeats, value, held }: Coverage): string[] {
	const each = ({ resampling, betting }: Coverage['held']['ips']) =>
		`${share(resampling)} by resampling, ${share(betting)} by betting`;
	return [
		`Of ${repeats} logs drawn as this one, of planted worth ${share(value)}, so many held it:`,
		`IPS ${each(held.ips)}; SNIPS ${each(held.snips)}; doubly robust ${each(held.doublyRobust)}.`,
	];
}

function readMostWeight(text: string | undefined): { mostWeight?: number } {
	if (text === undefined) return {};
	const mostWeight = Number(text);
	if (!(mostWeight >= 1 && Number.isFinite(mostWeight)))
		throw new EvaluationError('--most-weight is a number from 1 on');
	return { mostWeight };
}

const share = (value: number) => `${(100 * value).toFixed(2)} %`;
const format = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));

const header = () =>
	`${''.padEnd(24)}${'value'.padStart(9)}   95 % by resampling   at least 95 % by betting`;

function line(name: string, { value, bootstrap, bound }: Estimated): string {
	const between = (low: number, high: number) => `${share(low)} to ${share(high)}`.padStart(18);
	return `${name.padEnd(24)}${share(value).padStart(9)}   ${between(bootstrap.low, bootstrap.high)}   ${between(bound.low, bound.high).padStart(22)}`;
}
