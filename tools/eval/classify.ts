import { blend } from '$workers/learners/blend';
import { auc, averagePrecision, brier, ece, logloss } from '$workers/metrics';
import { suspectsOf } from '$workers/models/leak-sentinel';
import { daysOfCells, guessDateParts } from '$workers/table/cells-of-frame';
import { parseCivilDay } from '$workers/table/civil';
import { type FrameColumn, matrixOfFrame } from '$workers/table/frame';
import { type Split, moduloFolds, timeSplit } from '$workers/table/splits';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { type Tested, choicesOf, meanOver, secondsOf, testEach } from './folds';
import { openLearner, readLearner } from './learner-kind';
import {
	type Cells,
	columnList,
	featuresOf,
	labelOf,
	readCells,
	readFolds,
	readWhole,
} from './tabular-file';

/** Of the training rows, by time: what members are weighed on. */
const LAST_SHARE = 0.25;
const INNER_FOLDS = 5;

/** Chances of a class of a column, from all other columns of a file. */
export const classify: Task = {
	required: ['csv', 'label', 'positive'],
	optional: ['drop', 'categorical', 'delimiter', 'folds', 'time', 'test-from', 'learner', 'seed'],
	async run(options: Options): Promise<Evaluation> {
		const cells = readCells(options.csv ?? '', options.delimiter);
		const targets = classesOf(labelOf(cells, options.label), options);
		const kind = readLearner(options.learner);
		const seed = readWhole(options.seed, 'seed', 1);
		const frame = featuresOf(cells, options);
		const rows = matrixOfFrame(frame);
		const days = options.time === undefined ? undefined : readDays(cells, options.time);
		const splits = splitsOf(options, days, targets);
		const learner = await openLearner(kind, 'logistic');
		const tested = await testEach(
			{ rows, targets },
			splits,
			(train, run, kept) => {
				const inner = days
					? ({ by: 'last', share: LAST_SHARE } as const)
					: ({ by: 'folds', folds: INNER_FOLDS } as const);
				const known = days && { days: Float64Array.from(kept, (row) => days[row] as number) };
				const settings = learner.settings(kept.length, inner);
				return blend(settings).fit({ ...train, ...known }, run);
			},
			seed,
		);
		learner.close();
		const moments = days ?? guessedDays(cells, frame);
		const suspects = suspectsOf(rows, targets, {
			...(moments && { days: moments }),
			dates: frame.filter((column) => column.kind === 'date').map(({ name }) => name),
		});
		const figures = {
			...figuresOf(tested),
			naive: naiveOf(splits, targets),
			suspects,
			seconds: secondsOf(tested),
			rows: targets.length,
			seed,
		};
		return { figures, table: tableOf(figures, tested, frame) };
	},
};

function figuresOf(tested: readonly Tested[]) {
	const chances =
		(figure: (truth: Float64Array, chances: Float64Array) => number) =>
		({ truth, values }: Tested) =>
			figure(truth, values);
	return {
		auc: meanOver(tested, ({ truth, scores }) => auc(truth, scores)),
		ap: meanOver(tested, ({ truth, scores }) => averagePrecision(truth, scores)),
		logloss: meanOver(tested, chances(logloss)),
		brier: meanOver(tested, chances(brier)),
		ece: meanOver(tested, chances(ece)),
	};
}

/** Says the rate of the training rows of every row. */
function naiveOf(splits: readonly Split[], targets: Float64Array) {
	const tested = splits.map(({ train, test }): Tested => {
		const rate = train.reduce((sum, row) => sum + (targets[row] as number), 0) / train.length;
		const truth = Float64Array.from(test, (row) => targets[row] as number);
		const values = new Float64Array(test.length).fill(rate);
		return { truth, values, scores: values, seconds: 0 };
	});
	return figuresOf(tested);
}

/** 1 where the label is the positive value; a RangeError would come later, and say less. */
function classesOf(label: readonly string[], { positive = '', label: name }: Options) {
	const targets = Float64Array.from(label, (cell) => Number(cell.trim() === positive.trim()));
	const positives = targets.reduce((sum, target) => sum + target, 0);
	if (positives === 0) throw new EvaluationError(`--positive: no row has this value in ${name}`);
	if (positives === targets.length)
		throw new EvaluationError(`the label ${name} has one class: all rows are positive`);
	return targets;
}

function readDays(cells: Cells, text: string): Float64Array {
	const names = columnList(text, cells, 'time');
	const days = daysOfCells(names.map((name) => cells[name] ?? []));
	const bad = days.findIndex(Number.isNaN);
	if (bad >= 0)
		throw new EvaluationError(
			`--time: row ${bad + 1} has no date: write 2017-03-01, or year, month, day`,
		);
	return days;
}

/** The day of a row by columns that are called year, month and day, where there are such. */
function guessedDays(cells: Cells, frame: readonly FrameColumn[]): Float64Array | undefined {
	const names = guessDateParts(frame.map(({ name }) => name));
	if (!names) return undefined;
	const days = daysOfCells(names.map((name) => cells[name] ?? []));
	return days.some(Number.isNaN) ? undefined : days;
}

function splitsOf(
	options: Options,
	days: Float64Array | undefined,
	targets: Float64Array,
): readonly Split[] {
	const from = options['test-from'];
	if ((days === undefined) !== (from === undefined))
		throw new EvaluationError('--time and --test-from go together');
	const splits =
		days && from !== undefined
			? [splitAt(days, readDay(from))]
			: moduloFolds(targets.length, readFolds(options.folds, targets.length));
	for (const part of splits.flatMap(({ train, test }) => [train, test]))
		if (new Set(Array.from(part, (row) => targets[row])).size < 2)
			throw new EvaluationError(
				'a training or test part has one class: use fewer folds, or another --test-from',
			);
	return splits;
}

function splitAt(days: Float64Array, from: number): Split {
	if (!days.some((day) => day < from) || !days.some((day) => day >= from))
		throw new EvaluationError('--test-from: rows must lie before and after it');
	return timeSplit(days, from);
}

function readDay(text: string): number {
	const day = parseCivilDay(text);
	if (Number.isNaN(day)) throw new EvaluationError('--test-from is a date like 2017-03-01');
	return day;
}

function tableOf(
	figures: ReturnType<typeof figuresOf> & {
		readonly suspects: ReturnType<typeof suspectsOf>;
		readonly rows: number;
		readonly seconds: number;
	},
	tested: readonly Tested[],
	frame: readonly FrameColumn[],
): string[] {
	const { auc: area, ap, logloss: loss, brier: score, ece: error, rows, seconds } = figures;
	const left = frame.filter(({ column }) => !column);
	return [
		`${rows} rows, ${frame.length - left.length} columns; trained in ${seconds.toFixed(1)} s`,
		...left.map(({ name, kind }) => `left out: ${name} (${kind})`),
		`auc ${area.toFixed(4)}  ap ${ap.toFixed(4)}  logloss ${loss.toFixed(4)}  brier ${score.toFixed(4)}  ece ${error.toFixed(4)}`,
		`chosen: ${choicesOf(tested)}`,
		...figures.suspects.map(
			({ column, verdict, reason, evidence }) =>
				`${verdict}: ${column} (${reason}) ${JSON.stringify(evidence)}`,
		),
	];
}
