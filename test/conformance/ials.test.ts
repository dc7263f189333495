import { FittedIals, ials } from '$workers/learners/ials';
import { takeRows } from '$workers/table/sparse';
import { plantedTastes } from '../support/planted-tastes';
import { rankedRows } from '../support/ranked-rows';
import { conforms } from './learner';

const SHAPE = { people: 40, groups: 3, each: 6, own: 0.6, other: 0.1 };

conforms('iALS', () => ({
	estimator: ials({ size: 6, sweeps: 4, block: 4, ridge: 0.05 }),
	from: (buffer) => FittedIals.from(buffer),
	train: () => plantedTastes(SHAPE),
	query: () => ({ histories: plantedTastes({ ...SHAPE, people: 7 }, 2), count: 5 }),
	pick: ({ histories, count }, rows) => ({ histories: takeRows(histories, rows), count }),
	rows: rankedRows,
	poisoned: () => {
		const train = plantedTastes(SHAPE);
		return { ...train, values: train.values.fill(Number.NaN, 3, 4) };
	},
	abilities: ['explains'],
}));
