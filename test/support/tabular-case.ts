import type { Examples, FittedTabular, TabularEstimator } from '$workers/learners/tabular';
import { type Matrix, takeMatrixRows } from '$workers/table/matrix';
import type { LearnerCase } from '../conformance/learner';
import type { Predictions } from '$workers/learners/tabular';
import { poisonedExamples, smallTable } from './small-table';

type Case = LearnerCase<Examples, Matrix, Predictions>;

/** What the conformance suite needs of a learner of small tables, but for its `from` and abilities. */
export function tabularCase(
	estimator: TabularEstimator,
	train: () => Examples,
	from: (buffer: ArrayBuffer) => FittedTabular | Promise<FittedTabular>,
): Case {
	return {
		estimator,
		from,
		train,
		query: () => smallTable(9, 'query'),
		pick: takeMatrixRows,
		rows: ({ scores, values }) =>
			Array.from(scores, (score, row) => [score, values[row] as number]),
		poisoned: () => poisonedExamples(train()),
		tolerance: 1e-9,
	};
}
