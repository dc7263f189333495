import { ROW_FEATURES } from '$workers/features/books';
import {
	type BoostedTreesSettings,
	boostedTrees,
	type FittedTrees,
} from '$workers/learners/boosted-trees';
import type { Run } from '$workers/learners/contract';
import type { CivilDay } from '$workers/table/civil';
import { type Matrix, matrix, numberColumn, takeValues } from '$workers/table/matrix';
import { type RowsTable, firstRow, knownRows } from './rows-table';

/** How a forecast is made of rows: a rule of thumb, which trees correct. */
export interface Recipe {
	/** The rule of thumb, row by row, in the unit of the truth. */
	readonly base: Float64Array;
	/**
	 * `squared`: trees learn what is to be added, in usual days. `poisson`: what to multiply by, for
	 * counts.
	 */
	readonly loss: 'squared' | 'poisson';
	/** At most so many rows a fit; a random part of them where there are more. */
	readonly mostRows: number;
}

/**
 * For some ten thousand strongly related rows: leaves of at least 60, shrunk. What was compared stands
 * in docs/models/revenue-and-demand.md.
 */
const SETTINGS: Partial<BoostedTreesSettings> = {
	rounds: 100,
	learningRate: 0.07,
	maxDepth: 5,
	minChildWeight: 60,
	lambda: 20,
	subsample: 0.7,
	columnsByTree: 0.5,
	maxBins: 64,
};
const POISSON_SETTINGS: Partial<BoostedTreesSettings> = { ...SETTINGS, loss: 'poisson' };

/** A count that is expected to be less is expected to be this. */
const LEAST_COUNT = 0.02;

export interface Walked {
	/** Forecasts by trees; NaN on days before the first fit. */
	readonly trees: Float64Array;
	/** Of the last cut. */
	readonly fitted: FittedTrees;
	readonly settings: Readonly<Record<string, number | string | boolean>>;
}

/**
 * Walks forward: fits on the evening of each of `cuts` what is known then, and forecasts with it from
 * that day to the next cut. So no forecast of a row has seen a day that was still to come.
 */
export async function walk(
	rows: RowsTable,
	recipe: Recipe,
	cuts: readonly CivilDay[],
	run: Run,
): Promise<Walked> {
	const trees = new Float64Array(rows.truth.length).fill(Number.NaN);
	const recipeSettings = recipe.loss === 'poisson' ? POISSON_SETTINGS : SETTINGS;
	const learner = boostedTrees(recipeSettings);
	let fitted: FittedTrees | undefined;
	for (const [i, cut] of cuts.entries()) {
		const own = part(run, i, cuts.length, `cut ${cut}`);
		fitted = await learner.fit(examplesOf(rows, recipe, cut, own), own);
		const next = cuts[i + 1] ?? Number.POSITIVE_INFINITY;
		await forecast(rows, recipe, fitted, trees, (day) => day >= cut && day < next);
	}
	if (!fitted) throw new RangeError('a walk needs a day to start from');
	return { trees, fitted, settings: learner.params };
}

function examplesOf(rows: RowsTable, recipe: Recipe, cut: CivilDay, run: Run) {
	const taken = knownRows(rows, cut, recipe.mostRows, run.random.fork('rows'));
	const truth = takeValues(rows.truth, taken);
	const base = takeValues(recipe.base, taken);
	const scale = takeValues(rows.parts.scale, taken);
	const matrixOfRows = rowsMatrix(rows, taken);
	if (recipe.loss === 'poisson')
		return { rows: matrixOfRows, targets: truth, offsets: base.map(logCount) };
	const targets = truth.map((value, i) => (value - (base[i] as number)) / (scale[i] as number));
	return { rows: matrixOfRows, targets };
}

async function forecast(
	rows: RowsTable,
	recipe: Recipe,
	fitted: FittedTrees,
	trees: Float64Array,
	when: (day: CivilDay) => boolean,
): Promise<void> {
	const width = rows.seriesCount * rows.horizon;
	for (const [place, day] of rows.days.entries()) {
		if (!when(day)) continue;
		const start = firstRow(rows, place);
		const taken = Uint32Array.from({ length: width }, (_, i) => start + i);
		const { scores } = await fitted.predict(rowsMatrix(rows, taken));
		scores.forEach((score, i) => {
			trees[start + i] = forecastOf(rows, recipe, start + i, score);
		});
	}
}

/** The forecast that a score of the trees stands for. */
function forecastOf(rows: RowsTable, recipe: Recipe, row: number, score: number): number {
	const base = recipe.base[row] as number;
	if (recipe.loss === 'poisson') return Math.exp(logCount(base) + score);
	return Math.max(0, base + score * (rows.parts.scale[row] as number));
}

export const logCount = (count: number) => Math.log(Math.max(LEAST_COUNT, count));

export function rowsMatrix(rows: RowsTable, taken: Uint32Array): Matrix {
	return matrix(
		ROW_FEATURES.map(({ name }, i) =>
			numberColumn(name, takeValues(rows.columns[i] as Float64Array, taken)),
		),
	);
}

/** A part of a run, of `count` equal ones, with randomness of its own. */
export function part(run: Run, place: number, count: number, name: string): Run {
	return {
		cancelled: run.cancelled,
		random: run.random.fork(name),
		onProgress: ({ done, total }) =>
			run.onProgress({ done: (place + done / total) / count, total: 1 }),
	};
}
