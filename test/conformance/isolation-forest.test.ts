import { isolationForest, isolationForestFrom } from '$workers/learners/isolation-forest';
import { takeMatrixRows } from '$workers/table/matrix';
import { smallTable } from '../support/small-table';
import { conforms } from './learner';

conforms('an isolation forest', () => ({
	estimator: isolationForest({ trees: 20, sample: 64 }),
	from: isolationForestFrom,
	train: () => smallTable(120),
	query: () => smallTable(9, 'query'),
	pick: takeMatrixRows,
	rows: (scores) => Array.from(scores, (score) => [score]),
	poisoned() {
		const rows = smallTable(120);
		rows.columns[0]?.values.fill(Number.POSITIVE_INFINITY, 3, 4);
		return rows;
	},
}));
