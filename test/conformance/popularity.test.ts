import type { Interactions } from '$workers/learners/interactions';
import { type DatedInteractions, FittedPopularity, popularity } from '$workers/learners/popularity';
import { seededRandom } from '$workers/math/random';
import { takeRows } from '$workers/table/sparse';
import { plantedTastes } from '../support/planted-tastes';
import { rankedRows } from '../support/ranked-rows';
import { conforms } from './learner';

const SHAPE = { people: 40, groups: 3, each: 6, own: 0.6, other: 0.1 };

function dated(interactions: Interactions, seed = 5): DatedInteractions {
	const random = seededRandom(seed);
	return {
		interactions,
		days: Float64Array.from(interactions.values, () => 20_000 + random.integer(400)),
	};
}

function part(train: DatedInteractions, from: number, to: number): DatedInteractions {
	const { starts } = train.interactions;
	const order = Array.from({ length: to - from }, (_, i) => from + i);
	return {
		interactions: takeRows(train.interactions, order),
		days: train.days.slice(starts[from], starts[to]),
	};
}

conforms('popularity', () => ({
	estimator: popularity({ halfLifeDays: 90, asOf: 20_400 }),
	from: (buffer) => FittedPopularity.from(buffer),
	train: () => dated(plantedTastes(SHAPE)),
	query: () => ({ histories: plantedTastes({ ...SHAPE, people: 7 }, 2), count: 5 }),
	pick: ({ histories, count }, rows) => ({ histories: takeRows(histories, rows), count }),
	rows: rankedRows,
	poisoned: () => {
		const train = dated(plantedTastes(SHAPE));
		return { ...train, days: train.days.fill(Number.NaN, 3, 4) };
	},
	abilities: ['updates', 'forgets'],
	split: (train) => [part(train, 0, 31), part(train, 31, 40)],
	tolerance: 1e-9,
}));
