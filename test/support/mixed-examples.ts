import type { Examples } from '$workers/learners/tabular';
import { seededRandom } from '$workers/math/random';
import { categoryColumn, matrix, numberColumn } from '$workers/table/matrix';

const LEVELS = ['flat', 'house', 'loft', 'studio', 'villa', 'yurt'];

/** Two number columns and a category, some of it missing, with targets that depend on all three. */
export function mixedExamples(count: number, classes: boolean): Examples {
	const random = seededRandom('mixed');
	const draw = (make: () => number) => Float64Array.from({ length: count }, make);
	const missing = (value: number) => (random.next() < 0.1 ? NaN : value);
	const size = draw(() => missing(random.normal()));
	const nights = draw(() => random.integer(14));
	const kind = draw(() => missing(random.integer(LEVELS.length)));
	const targets = size.map((value, row) => {
		const score = (value || 0.5) + (nights[row] as number) / 7 + ((kind[row] || 0) % 2) - 1.5;
		return classes ? Number(score + random.normal() > 0) : score + random.normal() / 10;
	});
	return {
		rows: matrix([
			numberColumn('size', size),
			numberColumn('nights', nights),
			categoryColumn('kind', kind, LEVELS),
		]),
		targets,
	};
}
