import { blend } from '$workers/learners/blend';
import { mae, mdape, r2, rmse } from '$workers/metrics';
import { isMissing, parseNumber } from '$workers/table/cells-of-frame';
import { matrixOfFrame } from '$workers/table/frame';
import { takeValues } from '$workers/table/matrix';
import { type Split, groupFolds, moduloFolds } from '$workers/table/splits';
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

const INNER_FOLDS = 5;

/** A number of a column from all other columns of a file. */
export const regress: Task = {
	required: ['csv', 'label'],
	optional: ['drop', 'categorical', 'delimiter', 'folds', 'group', 'learner', 'seed'],
	flags: ['log'],
	async run(options: Options): Promise<Evaluation> {
		const cells = labelled(readCells(options.csv ?? '', options.delimiter), options);
		const log = options.log === 'true';
		const targets = numbersOf(labelOf(cells, options.label), log);
		const kind = readLearner(options.learner);
		const seed = readWhole(options.seed, 'seed', 1);
		const rows = matrixOfFrame(featuresOf(cells, options));
		const groups = options.group === undefined ? undefined : codesOf(cells, options.group);
		const splits = splitsOf(options, targets, groups);
		const learner = await openLearner(kind, 'squared');
		const tested = await testEach(
			{ rows, targets },
			splits,
			(train, run, kept) => {
				const inner = { by: 'folds', folds: INNER_FOLDS } as const;
				const settings = learner.settings(kept.length, inner);
				return blend(settings).fit(
					{ ...train, ...(groups && { groups: takeValues(groups, kept) }) },
					run,
				);
			},
			seed,
		);
		learner.close();
		const figures = figuresOf(tested, log);
		const seconds = secondsOf(tested);
		const line = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(4)}`);
		return {
			figures: {
				...figures,
				naive: naiveOf(splits, targets, log),
				seconds,
				rows: targets.length,
				seed,
			},
			table: [
				`${targets.length} rows, ${rows.columns.length} columns; trained in ${seconds.toFixed(1)} s`,
				line.join('  '),
				`chosen: ${choicesOf(tested)}`,
			],
		};
	},
};

/** `mdape` on the original scale, of rows that are not 0; the others on that of the fit. */
function figuresOf(tested: readonly Tested[], log: boolean) {
	return {
		r2: meanOver(tested, ({ truth, values }) => r2(truth, values)),
		mae: meanOver(tested, ({ truth, values }) => mae(truth, values)),
		rmse: meanOver(tested, ({ truth, values }) => rmse(truth, values)),
		mdape: meanOver(tested, ({ truth, values }) => {
			const original = (value: number) => (log ? Math.exp(value) : value);
			const kept = Uint32Array.from(truth.keys()).filter((row) => original(truth[row] as number));
			return mdape(takeValues(truth, kept).map(original), takeValues(values, kept).map(original));
		}),
	};
}

/** Says the mean of the training rows of every row. */
function naiveOf(splits: readonly Split[], targets: Float64Array, log: boolean) {
	const tested = splits.map(({ train, test }): Tested => {
		const mean = takeValues(targets, train).reduce((sum, value) => sum + value, 0) / train.length;
		const values = new Float64Array(test.length).fill(mean);
		return { truth: takeValues(targets, test), values, scores: values, seconds: 0 };
	});
	return figuresOf(tested, log);
}

/** Rows with a label. */
function labelled(cells: Cells, { label }: Options): Cells {
	const kept = labelOf(cells, label).flatMap((cell, row) => (isMissing(cell) ? [] : [row]));
	return Object.fromEntries(
		Object.entries(cells).map(([name, column]) => [name, kept.map((row) => column[row] ?? '')]),
	);
}

function numbersOf(label: readonly string[], log: boolean): Float64Array {
	const values = Float64Array.from(label, parseNumber);
	const odd = values.findIndex(Number.isNaN);
	if (odd >= 0)
		throw new EvaluationError(`--label: row ${odd + 1} of those with a label holds no number`);
	if (log && values.some((value) => value <= 0))
		throw new EvaluationError('--log: a label is not above 0; leave --log out');
	if (values.length === 0 || values.every((value) => value === values[0]))
		throw new EvaluationError('--label: all rows have the same value: nothing to explain');
	return log ? values.map(Math.log) : values;
}

/** Numbers of the groups in order of first appearance. */
function codesOf(cells: Cells, name: string): Float64Array {
	const [column = ''] = columnList(name, cells, 'group');
	const codes = new Map<string, number>();
	return Float64Array.from(cells[column] ?? [], (cell) => {
		const code = codes.get(cell) ?? codes.size;
		codes.set(cell, code);
		return code;
	});
}

function splitsOf(options: Options, targets: Float64Array, groups: Float64Array | undefined) {
	const folds = readFolds(options.folds, targets.length);
	if (!groups) return moduloFolds(targets.length, folds);
	if (new Set(groups).size < folds)
		throw new EvaluationError('--group: fewer groups than folds; ask for fewer --folds');
	const splits = groupFolds(groups, folds);
	const alone = splits.some(({ train }) => new Set(takeValues(groups, train)).size < 2);
	if (alone)
		throw new EvaluationError('--group: a fold leaves one group to train on: too few groups');
	return splits;
}
