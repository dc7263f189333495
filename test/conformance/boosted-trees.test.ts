import {
	type BoostedTreesSettings,
	boostedTrees,
	boostedTreesFrom,
} from '$workers/learners/boosted-trees';
import { takeMatrixRows } from '$workers/table/matrix';
import { mixedExamples } from '../support/mixed-examples';
import { conforms } from './learner';

function conformsAs(name: string, settings: Partial<BoostedTreesSettings>, classes: boolean) {
	conforms(name, () => ({
		estimator: boostedTrees({ rounds: 12, ...settings }),
		from: boostedTreesFrom,
		train: () => mixedExamples(200, classes),
		query: () => mixedExamples(30, classes).rows,
		pick: takeMatrixRows,
		rows: ({ scores, values }) => Array.from(scores, (score, i) => [score, values[i] as number]),
		poisoned: () => ({ ...mixedExamples(200, classes), targets: new Float64Array(200).fill(NaN) }),
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
