import type { Examples } from '$workers/learners/tabular';
import { seededRandom } from '$workers/math/random';
import { type Matrix, categoryColumn, matrix, numberColumn } from '$workers/table/matrix';

/**
 * Two numbers and a category, with values missing and now and then a weight of 2; made so that a
 * straight line fits them well, but not perfectly.
 */
export function smallTable(count: number, seed: number | string = 1): Matrix {
	const random = seededRandom(`small table ${seed}`);
	const size = Float64Array.from({ length: count }, () => 40 + 15 * random.normal());
	const age = Float64Array.from({ length: count }, (_, row) =>
		row % 7 === 3 ? Number.NaN : random.integer(30),
	);
	const quarter = Float64Array.from({ length: count }, (_, row) =>
		row % 11 === 5 ? Number.NaN : random.integer(3),
	);
	return matrix([
		numberColumn('size', size),
		numberColumn('age', age),
		categoryColumn('quarter', quarter, ['harbour', 'hill', 'park']),
	]);
}

/** What the table's rows are worth, with noise. */
export function smallValues(rows: Matrix, seed: number | string = 1): Float64Array {
	const random = seededRandom(`small values ${seed}`);
	const [size, age, quarter] = rows.columns.map(({ values }) => values);
	return Float64Array.from({ length: rows.count }, (_, row) => {
		const years = age?.[row] as number;
		const base = 0.1 * ((size?.[row] as number) - 40) - 0.05 * (Number.isNaN(years) ? 15 : years);
		return base + (quarter?.[row] === 1 ? 1 : 0) + 0.5 * random.normal();
	});
}

export function smallRegression(count: number, seed: number | string = 1): Examples {
	const rows = smallTable(count, seed);
	return {
		rows,
		targets: smallValues(rows, seed),
		weights: Float64Array.from({ length: count }, (_, row) => (row % 5 === 0 ? 2 : 1)),
	};
}

/** Class 1 where the worth is above that of a usual row. */
export function smallClasses(count: number, seed: number | string = 1): Examples {
	const train = smallRegression(count, seed);
	return { ...train, targets: train.targets.map((value) => (value > -0.4 ? 1 : 0)) };
}

/** With a target that is not a number. */
export function poisonedExamples(train: Examples): Examples {
	const targets = train.targets.slice();
	targets[1] = Number.NaN;
	return { ...train, targets };
}
