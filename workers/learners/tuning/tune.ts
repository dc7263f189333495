import { takeMatrixRows } from '$workers/table/matrix';
import type { Split } from '$workers/table/splits';
import type { Run } from '../contract';
import { partOfRun, requireExamples, takeExamples } from '../examples';
import type { Examples, Predictions, TabularEstimator } from '../tabular';
import { bayesianSearch, gridSearch, type Proposer, randomSearch } from './proposers';
import { type Metrics, type SearchOptions, type SearchResult, search } from './search';
import type { SettingSpace, Settings } from './space';

export interface TuningOptions extends SearchOptions {
	readonly space: SettingSpace;
	readonly method: 'grid' | 'random' | 'bayesian';
	/** The learner of some settings. */
	readonly recipe: (settings: Settings) => TabularEstimator;
	/** Of the training rows alone: their numbers count within `train`. */
	readonly folds: readonly Split[];
	/** Figures of predictions of rows held out, from `$workers/metrics`. */
	readonly measure: (predictions: Predictions, held: Examples) => Metrics;
}

/**
 * Chooses settings by inner folds of the training rows: each trial's figures are means over the folds.
 * It is handed nothing but training rows, so no test row can decide. Fit `recipe(best.settings)` on
 * them all afterwards.
 */
export async function tune(
	train: Examples,
	options: TuningOptions,
	run: Run,
): Promise<SearchResult> {
	requireExamples(train);
	requireFolds(options.folds, train.rows.count);
	const { recipe, folds, measure } = options;
	return search(
		proposerOf(options, run),
		(settings, own) => crossValidate(recipe(settings), train, folds, measure, own),
		options,
		run,
	);
}

/** Means of figures over folds, each predicted by a fit that did not see it. */
export async function crossValidate(
	estimator: TabularEstimator,
	train: Examples,
	folds: readonly Split[],
	measure: TuningOptions['measure'],
	run: Run,
): Promise<Metrics> {
	const found: Metrics[] = [];
	for (const [part, fold] of folds.entries()) {
		const held = takeExamples(train, fold.test);
		const own = partOfRun(run, part, folds.length);
		const fitted = await estimator.fit(takeExamples(train, fold.train), own);
		try {
			found.push(measure(await fitted.predict(takeMatrixRows(train.rows, fold.test)), held));
		} finally {
			fitted.dispose();
		}
	}
	const names = Object.keys(found[0] ?? {});
	return Object.fromEntries(
		names.map((name) => [
			name,
			found.reduce((sum, metrics) => sum + (metrics[name] ?? Number.NaN), 0) / found.length,
		]),
	);
}

function proposerOf({ method, space }: TuningOptions, run: Run): Proposer {
	const random = run.random.fork('settings');
	if (method === 'grid') return gridSearch(space);
	return method === 'random' ? randomSearch(space, random) : bayesianSearch(space, random);
}

function requireFolds(folds: readonly Split[], count: number): void {
	if (folds.length === 0) throw new RangeError('there are no inner folds to choose settings on');
	for (const { train, test } of folds) {
		const seen = new Set(train);
		if (test.some((row) => seen.has(row)))
			throw new RangeError('an inner fold trains on a row that it is measured on');
		if (train.some((row) => row >= count) || test.some((row) => row >= count))
			throw new RangeError('an inner fold names a row beyond the training rows');
	}
}
