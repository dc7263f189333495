import { FittedItemKnn, itemKnn } from '$workers/learners/item-knn';
import { takeRows } from '$workers/table/sparse';
import { plantedTastes } from '../support/planted-tastes';
import { rankedRows } from '../support/ranked-rows';
import { conforms } from './learner';

const SHAPE = { people: 40, groups: 3, each: 6, own: 0.6, other: 0.1 };
const rowsFrom = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, i) => from + i);

conforms('item-kNN', () => ({
	estimator: itemKnn({ neighbours: 7, shrinkage: 2, saturation: 1.2 }),
	from: (buffer) => FittedItemKnn.from(buffer),
	train: () => plantedTastes(SHAPE),
	query: () => ({ histories: plantedTastes({ ...SHAPE, people: 7 }, 2), count: 5 }),
	pick: ({ histories, count }, rows) => ({ histories: takeRows(histories, rows), count }),
	rows: rankedRows,
	poisoned: () => {
		const train = plantedTastes(SHAPE);
		return { ...train, values: train.values.fill(Number.NaN, 3, 4) };
	},
	abilities: ['explains', 'updates', 'forgets'],
	split: (train) => [takeRows(train, rowsFrom(0, 31)), takeRows(train, rowsFrom(31, 40))],
}));
