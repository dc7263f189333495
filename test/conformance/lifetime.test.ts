import {
	FittedPurchases,
	FittedSpend,
	type Histories,
	type PurchaseKind,
	type Spending,
	gammaGamma,
	purchaseModel,
	takeHistories,
} from '$workers/learners/lifetime';
import { gamma } from '$workers/math/draw';
import { seededRandom } from '$workers/math/random';
import { conforms } from './learner';

function histories(count: number, seed: number): Histories {
	const random = seededRandom(seed);
	const age = Float64Array.from({ length: count }, () => 5 + random.integer(30));
	const frequency = age.map(() => Math.max(0, random.integer(6) - 2));
	const recency = age.map((whole, row) => (frequency[row] ? whole * random.next() : 0));
	const traits = [age.map(() => random.normal())];
	return { frequency, recency, age, traits };
}

function spending(count: number, seed: number): Spending {
	const random = seededRandom(seed);
	return {
		count: Float64Array.from({ length: count }, () => random.integer(4)),
		mean: Float64Array.from({ length: count }, () => 20 + 30 * gamma(2, random)),
	};
}

for (const kind of ['bgnbd', 'mbgnbd'] satisfies PurchaseKind[])
	conforms(kind, () => ({
		estimator: purchaseModel(kind),
		from: (buffer) => FittedPurchases.from(buffer),
		train: () => histories(60, 2),
		query: () => ({ ...histories(12, 3), horizon: 20 }),
		pick: (query, rows) => takeHistories(query, rows),
		rows: ({ expected, alive }) => Array.from(expected, (value, row) => [value, alive[row] ?? 0]),
		poisoned: () => ({ ...histories(60, 2), recency: new Float64Array(60).fill(Number.NaN) }),
	}));

conforms('gamma-gamma', () => ({
	estimator: gammaGamma(),
	from: (buffer) => FittedSpend.from(buffer),
	train: () => spending(60, 2),
	query: () => spending(12, 3),
	pick: ({ count, mean }, rows) => ({
		count: Float64Array.from(rows, (row) => count[row] as number),
		mean: Float64Array.from(rows, (row) => mean[row] as number),
	}),
	rows: ({ mean }) => Array.from(mean, (value) => [value]),
	poisoned: () => ({ ...spending(60, 2), mean: new Float64Array(60).fill(Number.NaN) }),
}));
