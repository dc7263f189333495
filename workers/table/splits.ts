import { type Random, shuffle } from '$workers/math/random';

/** Numbers of rows, ascending; no row stands in both. */
export interface Split {
	readonly train: Uint32Array;
	readonly test: Uint32Array;
}

/** As `Split`, with rows on which settings are chosen. */
export interface ThreeWaySplit extends Split {
	readonly valid: Uint32Array;
}

/**
 * Rows drawn at random: by default 70 % to train on, 15 % to choose settings on, 15 % to test on.
 * A RangeError where one of the three would be empty.
 */
export function randomSplit(
	count: number,
	random: Random,
	shares: { readonly valid: number; readonly test: number } = { valid: 0.15, test: 0.15 },
): ThreeWaySplit {
	const valid = Math.round(count * shares.valid);
	const test = Math.round(count * shares.test);
	if (!(valid > 0 && test > 0 && valid + test < count))
		throw new RangeError('too few rows to train, choose and test on: hand in more');
	const order = shuffle(rowsBelow(count), random);
	return {
		test: order.slice(0, test).sort(),
		valid: order.slice(test, test + valid).sort(),
		train: order.slice(test + valid).sort(),
	};
}

/** The fold of a row is its number modulo `folds`: no chance in it, and the same in every program. */
export function moduloFolds(count: number, folds: number): Split[] {
	return foldsOf(
		Uint32Array.from({ length: count }, (_, row) => row % folds),
		folds,
	);
}

/** Folds drawn at random, of equal count (give or take a row). */
export function shuffledFolds(count: number, folds: number, random: Random): Split[] {
	const foldOf = new Uint32Array(count);
	shuffle(rowsBelow(count), random).forEach((row, place) => (foldOf[row] = place % folds));
	return foldsOf(foldOf, folds);
}

/**
 * Folds drawn at random within each class, so that every fold has its share of each. `classes` is a
 * number a row; one with fewer rows than folds is missing from some.
 */
export function stratifiedFolds(
	classes: ArrayLike<number>,
	folds: number,
	random: Random,
): Split[] {
	requireNumbers(classes, 'class');
	const foldOf = new Uint32Array(classes.length);
	let place = 0;
	for (const rows of rowsByValue(classes).values())
		for (const row of shuffle(rows, random)) foldOf[row] = place++ % folds;
	return foldsOf(foldOf, folds);
}

/**
 * Whole groups share a fold: the fold of a group is its number in order of first appearance, modulo
 * `folds`. `groups` is a number a row (the code of a host, say).
 */
export function groupFolds(groups: ArrayLike<number>, folds: number): Split[] {
	requireNumbers(groups, 'group');
	const foldOf = new Uint32Array(groups.length);
	[...rowsByValue(groups).values()].forEach((rows, group) => {
		for (const row of rows) foldOf[row] = group % folds;
	});
	return foldsOf(foldOf, folds);
}

/** Trains on what came before `from` and tests on the rest; times in any one unit. */
export function timeSplit(times: ArrayLike<number>, from: number): Split {
	requireNumbers(times, 'time');
	const rows = rowsBelow(times.length);
	return requireRows({
		train: rows.filter((row) => (times[row] as number) < from),
		test: rows.filter((row) => (times[row] as number) >= from),
	});
}

/**
 * The last `origins` windows of `horizon` steps, each forecast from all that came before it. Windows
 * start `step` apart, a whole horizon if left out. Earliest first. A RangeError where the first has
 * nothing before it.
 */
export function rollingOrigins(
	count: number,
	origins: number,
	horizon: number,
	step = horizon,
): Split[] {
	if (![origins, horizon, step].every((value) => Number.isInteger(value) && value > 0))
		throw new RangeError('origins, horizon and step are whole numbers above 0');
	const first = count - horizon - (origins - 1) * step;
	if (first < 1) throw new RangeError('the series is too short for so many windows');
	return Array.from({ length: origins }, (_, i) => {
		const origin = first + i * step;
		return { train: rowsBelow(origin), test: rowsBelow(horizon).map((ahead) => origin + ahead) };
	});
}

/** One split a fold: its rows to test on, all others to train on. */
function foldsOf(foldOf: Uint32Array, folds: number): Split[] {
	if (!(Number.isInteger(folds) && folds >= 2))
		throw new RangeError('folds are a whole number of at least 2');
	const rows = rowsBelow(foldOf.length);
	return Array.from({ length: folds }, (_, fold) =>
		requireRows({
			train: rows.filter((row) => foldOf[row] !== fold),
			test: rows.filter((row) => foldOf[row] === fold),
		}),
	);
}

function requireRows(split: Split): Split {
	if (split.train.length === 0 || split.test.length === 0)
		throw new RangeError(
			'a part has no rows: hand in more rows (or groups), or ask for fewer folds',
		);
	return split;
}

function requireNumbers(values: ArrayLike<number>, what: string): void {
	for (let row = 0; row < values.length; row++)
		if (Number.isNaN(values[row])) throw new RangeError(`a ${what} is missing: leave the row out`);
}

/** In order of first appearance. */
function rowsByValue(values: ArrayLike<number>): Map<number, number[]> {
	const found = new Map<number, number[]>();
	for (let row = 0; row < values.length; row++) {
		const value = values[row] as number;
		const rows = found.get(value);
		if (rows) rows.push(row);
		else found.set(value, [row]);
	}
	return found;
}

const rowsBelow = (count: number): Uint32Array =>
	Uint32Array.from({ length: count }, (_, row) => row);
