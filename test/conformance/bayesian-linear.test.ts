import {
	FittedLinear,
	type LinearObservations,
	bayesianLinear,
	linearPrior,
} from '$workers/learners/bayesian-linear';
import { seededRandom } from '$workers/math/random';
import { type SparseRows, sparseRows, takeRows } from '$workers/table/sparse';
import { conforms } from './learner';

const WIDTH = 9;

function rows(count: number, seed: number): SparseRows {
	const random = seededRandom(seed);
	const row = () =>
		Array.from({ length: WIDTH }, (_, column) => [column, random.normal()] as const).filter(
			() => random.next() < 0.6,
		);
	return sparseRows(Array.from({ length: count }, row), WIDTH);
}

function observations(count: number): LinearObservations {
	const random = seededRandom(3);
	return {
		rows: rows(count, 2),
		targets: Float64Array.from({ length: count }, () => (random.next() < 0.7 ? 1 : -1)),
		weights: Float64Array.from({ length: count }, () => random.next()),
		days: Float64Array.from({ length: count }, () => random.integer(400)),
	};
}

function part({ rows: all, targets, weights, days }: LinearObservations, from: number, to: number) {
	const order = Array.from({ length: to - from }, (_, i) => from + i);
	return {
		rows: takeRows(all, order),
		targets: targets.slice(from, to),
		weights: weights.slice(from, to),
		days: days.slice(from, to),
	};
}

conforms('Bayesian linear regression', () => {
	const prior = linearPrior(rows(60, 1), {
		variances: new Float64Array(WIDTH).fill(0.5),
		together: Uint32Array.of(0, 1, 2, 4, 6, 7),
		backgroundWeight: 3,
	});
	return {
		estimator: bayesianLinear(prior, { halfLifeDays: 90, asOf: 400 }),
		from: (buffer) => FittedLinear.from(buffer),
		train: () => observations(30),
		query: () => rows(12, 5),
		pick: takeRows,
		rows: (scores) => Array.from(scores, (score) => [score]),
		poisoned: () => ({ ...observations(30), targets: new Float64Array(30).fill(Number.NaN) }),
		abilities: ['explains', 'updates', 'forgets'],
		split: (train) => [part(train, 0, 25), part(train, 25, 30)],
		tolerance: 1e-9,
	};
});
