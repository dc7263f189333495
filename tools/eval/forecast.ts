import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import {
	type Forecaster,
	type Series,
	autoEts,
	combination,
	forecaster,
	mstl,
	prophet,
	seasonalNaive,
	type WasmBytes,
} from '$workers/learners/forecasting';
import { seededRandom } from '$workers/math/random';
import { intervalCoverage, mase, smape, wape } from '$workers/metrics';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { readColumns } from './files';
import { wholeNumber } from './m4';
import { readTimeline } from './time-column';

const DEFAULT_SEED = 1;
const INTERVAL = 0.8;

/** Forecasts one series of a CSV file at rolling origins: the last windows of a horizon each. */
export const forecast: Task = {
	required: ['csv', 'time', 'value', 'period', 'horizon', 'origins'],
	optional: ['learner', 'seed'],
	async run(options: Options): Promise<Evaluation> {
		const series = readSeries(options);
		const horizon = wholeNumber('horizon', options['horizon'] ?? '');
		const origins = wholeNumber('origins', options['origins'] ?? '');
		const seed = options['seed'] ? wholeNumber('seed', options['seed']) : DEFAULT_SEED;
		const least = Math.max(...series.periods, 2) + 2;
		if (series.values.length - origins * horizon < least)
			throw new EvaluationError(
				`${series.values.length} steps are too few for ${origins} windows of ${horizon} after ${least}`,
			);
		const chosen = learnerOf(options['learner'] ?? 'combination', horizon);
		const started = performance.now();
		const own = await windowsOf(series, chosen, horizon, origins, seed);
		const seconds = (performance.now() - started) / 1000;
		const yardstick = forecaster(seasonalNaive, { horizon });
		const naive = await windowsOf(series, yardstick, horizon, origins, seed);
		const figures = figuresOf(own, series.periods[0] ?? 1);
		const naiveFigures = figuresOf(naive, series.periods[0] ?? 1);
		return {
			figures: { ...figures, naive: naiveFigures, seconds, rows: series.values.length, seed },
			table: [
				`${series.values.length} steps of ${series.every} days, ${origins} windows of ${horizon}`,
				line(chosen.name, figures),
				line('seasonal naive', naiveFigures),
			],
		};
	},
};

interface Window {
	readonly history: Float64Array;
	readonly truth: Float64Array;
	readonly mean: Float64Array;
	readonly lower: Float64Array;
	readonly upper: Float64Array;
}

async function windowsOf(
	series: Series,
	learner: Forecaster,
	horizon: number,
	origins: number,
	seed: number,
): Promise<Window[]> {
	const { values } = series;
	const steps = Uint32Array.from({ length: horizon }, (_, h) => h + 1);
	const windows: Window[] = [];
	for (let back = origins; back >= 1; back--) {
		const from = values.length - back * horizon;
		const history = values.slice(0, from);
		const run = { cancelled: () => false, random: seededRandom(seed), onProgress: () => undefined };
		const fitted = await learner.fit({ ...series, values: history }, run);
		const { mean, intervals } = await fitted.predict({ steps });
		const interval = intervals.find(({ level }) => level === INTERVAL);
		if (!interval) throw new Error('the learner gives no interval of 80 %');
		const { lower, upper } = interval;
		windows.push({ history, truth: values.slice(from, from + horizon), mean, lower, upper });
	}
	return windows;
}

/** Means over windows, but for wape: all errors over all values. */
function figuresOf(windows: readonly Window[], period: number) {
	const of = (measure: (window: Window) => number) =>
		windows.reduce((sum, window) => sum + measure(window) / windows.length, 0);
	const joined = (pick: (window: Window) => Float64Array) =>
		windows.flatMap((window) => [...pick(window)]);
	return {
		mase: of(({ truth, mean, history }) => mase(truth, mean, history, period)),
		smape: of(({ truth, mean }) => smape(truth, mean)),
		wape: wape(
			joined(({ truth }) => truth),
			joined(({ mean }) => mean),
		),
		coverage80: of(({ truth, lower, upper }) => intervalCoverage(truth, lower, upper)),
	};
}

/** Values of one time are summed; a time without rows is a zero. */
function readSeries({ csv = '', time = '', value = '', period = '' }: Options): Series {
	const columns = readColumns(csv, [time, value]);
	const { steps, count, start, every } = readTimeline(columns[time] ?? [], csv);
	const values = new Float64Array(count);
	(columns[value] ?? []).forEach((text, row) => {
		const number = text.trim() === '' ? Number.NaN : Number(text);
		if (!Number.isFinite(number))
			throw new EvaluationError(`${csv}: row ${row + 1} has no number in ${value}`);
		const step = steps[row] as number;
		values[step] = (values[step] as number) + number;
	});
	const periods = period.split(',').map((part) => wholeNumber('period', part.trim()));
	return { values, start, every, periods: periods.sort((a, b) => a - b) };
}

function learnerOf(name: string, horizon: number): Forecaster {
	if (name === 'combination') return combination({ horizon });
	const others = { ets: autoEts, mstl, prophet };
	const all = () => Object.values(others).map((method) => method(wasmBytes));
	if (name === 'all') return combination({ horizon }, all());
	if (!Object.hasOwn(others, name))
		throw new EvaluationError('--learner is combination, all, ets, mstl or prophet');
	return forecaster(others[name as keyof typeof others](wasmBytes), { horizon });
}

/** Node fetches no files, so that their bytes are handed in. */
const wasmBytes: WasmBytes = (module) => {
	const folder = path.dirname(createRequire(import.meta.url).resolve('@bsull/augurs'));
	return readFile(path.join(folder, `${module}_bg.wasm`)).then((bytes) => new Uint8Array(bytes));
};

function line(name: string, figures: ReturnType<typeof figuresOf>): string {
	const told = Object.entries(figures).map(([figure, value]) => `${figure} ${value.toFixed(4)}`);
	return `${name.padEnd(16)} ${told.join('   ')}`;
}
