import {
	type DecisionTreeSettings,
	decisionTree,
	decisionTreeFrom,
} from '$workers/learners/forest';
import { takeMatrixRows } from '$workers/table/matrix';
import { mixedExamples } from '../support/mixed-examples';
import { conforms } from './learner';

function conformsAs(name: string, settings: Partial<DecisionTreeSettings>, classes: boolean) {
	conforms(name, () => ({
		estimator: decisionTree(settings),
		from: decisionTreeFrom,
		train: () => mixedExamples(200, classes),
		query: () => mixedExamples(30, classes).rows,
		pick: takeMatrixRows,
		rows: ({ scores, values }) => Array.from(scores, (score, i) => [score, values[i] as number]),
		poisoned: () => ({ ...mixedExamples(200, classes), targets: new Float64Array(200).fill(NaN) }),
		abilities: ['explains'],
		tolerance: 1e-9,
	}));
}

conformsAs('a decision tree of numbers', { maxLeaves: 6 }, false);
conformsAs('a decision tree of chances', { task: 'classification' }, true);
