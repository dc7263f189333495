import {
	type BoostedTreesSettings,
	boostedTrees,
	boostedTreesFrom,
} from '$workers/learners/boosted-trees';
import type { Examples } from '$workers/learners/tabular';
import { seededRandom } from '$workers/math/random';
import { categoryColumn, matrix, numberColumn, takeMatrixRows } from '$workers/table/matrix';
import { conforms } from './learner';

const LEVELS = ['flat', 'house', 'loft', 'studio', 'villa', 'yurt'];

function examples(count: number, classes: boolean): Examples {
	const random = seededRandom('trees');
	const draw = (make: () => number) => Float64Array.from({ length: count }, make);
	const missing = (value: number) => (random.next() < 0.1 ? NaN : value);
	const size = draw(() => missing(random.normal()));
	const nights = draw(() => random.integer(14));
	const kind = draw(() => missing(random.integer(LEVELS.length)));
	const targets = Float64Array.from(size, (value, row) => {
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

function conformsAs(name: string, settings: Partial<BoostedTreesSettings>, classes: boolean) {
	conforms(name, () => ({
		estimator: boostedTrees({ rounds: 12, ...settings }),
		from: boostedTreesFrom,
		train: () => examples(300, classes),
		query: () => takeMatrixRows(examples(40, classes).rows, [...Array(40).keys()]),
		pick: takeMatrixRows,
		rows: ({ scores, values }) => Array.from(scores, (score, i) => [score, values[i] as number]),
		poisoned: () => ({ ...examples(300, classes), targets: new Float64Array(300).fill(NaN) }),
		abilities: ['explains'],
		tolerance: 1e-9,
	}));
}

conformsAs('boosted trees of squared loss', { subsample: 0.7, columnsByTree: 0.7 }, false);
conformsAs(
	'boosted trees of logistic loss',
	{ loss: 'logistic', earlyStopping: 3, validationShare: 0.2 },
	true,
);
conformsAs(
	'boosted trees of quantile loss',
	{ loss: 'quantile', growth: 'leaf', maxLeaves: 8 },
	false,
);
