import { shuffle } from '$workers/math/random';
import type { Random } from '$workers/math/random';
import type { MatrixColumn } from '$workers/table/matrix';
import type { Examples } from '../tabular';
import { type RatedColumn, placesIn } from './view';

/** Rows of the mean of all that each level's own mean is mixed with (Micci-Barreca 2001). */
const PRIOR_ROWS = 20;
const FOLDS = 5;

/** A level's mean target and count, learned from all training rows; for new rows. */
export function learnRates(column: MatrixColumn, targets: Float64Array): RatedColumn {
	const { name, levels } = column;
	const places = placesIn(levels, column);
	const { rates, counts } = meansOf(places, levels.length + 1, targets, () => true);
	return { as: 'rated', name, levels, rates, counts: counts.map(Math.log1p) };
}

/** For training rows: the rate of a row's level among the rows of other folds. */
export function ratesOutOfFold(
	column: MatrixColumn,
	{ targets }: Examples,
	random: Random,
): Float64Array {
	const places = placesIn(column.levels, column);
	const folds = shuffle(
		Uint8Array.from(targets, (_, row) => row % FOLDS),
		random,
	);
	const values = new Float64Array(targets.length);
	for (let fold = 0; fold < FOLDS; fold++) {
		const { rates } = meansOf(
			places,
			column.levels.length + 1,
			targets,
			(row) => folds[row] !== fold,
		);
		folds.forEach((own, row) => {
			if (own === fold) values[row] = rates[places[row] as number] as number;
		});
	}
	return values;
}

function meansOf(
	places: Uint32Array,
	count: number,
	targets: Float64Array,
	keep: (row: number) => boolean,
) {
	const sums = new Float64Array(count);
	const counts = new Float64Array(count);
	let total = 0;
	let rows = 0;
	places.forEach((place, row) => {
		if (!keep(row)) return;
		sums[place] = (sums[place] as number) + (targets[row] as number);
		counts[place] = (counts[place] as number) + 1;
		total += targets[row] as number;
		rows++;
	});
	const mean = total / rows;
	const rates = sums.map(
		(sum, place) => (sum + PRIOR_ROWS * mean) / ((counts[place] as number) + PRIOR_ROWS),
	);
	return { rates, counts };
}
