import {
	type RandomForestSettings,
	randomForest,
	randomForestFrom,
} from '$workers/learners/forest';
import { takeMatrixRows } from '$workers/table/matrix';
import { mixedExamples } from '../support/mixed-examples';
import { conforms } from './learner';

function conformsAs(name: string, settings: Partial<RandomForestSettings>, classes: boolean) {
	conforms(name, () => ({
		estimator: randomForest({ trees: 10, ...settings }),
		from: randomForestFrom,
		train: () => mixedExamples(200, classes),
		query: () => mixedExamples(30, classes).rows,
		pick: takeMatrixRows,
		rows: ({ scores, values }) => Array.from(scores, (score, i) => [score, values[i] as number]),
		poisoned: () => ({ ...mixedExamples(200, classes), targets: new Float64Array(200).fill(NaN) }),
		abilities: ['explains'],
		tolerance: 1e-9,
	}));
}

conformsAs('a random forest of numbers', {}, false);
conformsAs('a random forest of chances', { task: 'classification', maxDepth: 4 }, true);
