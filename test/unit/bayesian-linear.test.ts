import { describe, expect, it } from 'vitest';
import {
	FittedLinear,
	type LinearObservations,
	linearPrior,
} from '$workers/learners/bayesian-linear';
import { seededRandom } from '$workers/math/random';
import { type SparseRow, sparseRows, takeRows } from '$workers/table/sparse';

const WIDTH = 6;
const ALL = Uint32Array.from({ length: WIDTH }, (_, column) => column);

function denseRows(count: number, seed: number) {
	const random = seededRandom(seed);
	const row = (): SparseRow =>
		Array.from({ length: WIDTH }, (_, column) => [column, random.normal()] as const);
	return sparseRows(Array.from({ length: count }, row), WIDTH);
}

function observed(count: number, seed: number, day = 0): LinearObservations {
	const random = seededRandom(seed);
	return {
		rows: denseRows(count, seed),
		targets: Float64Array.from({ length: count }, () => random.normal()),
		weights: Float64Array.from({ length: count }, () => 0.1 + random.next()),
		days: new Float64Array(count).fill(day),
	};
}

const prior = linearPrior(denseRows(50, 9), {
	variances: new Float64Array(WIDTH).fill(2),
	together: ALL,
	backgroundWeight: 4,
});

function fitted(...parts: LinearObservations[]): FittedLinear {
	const model = new FittedLinear(prior, { halfLifeDays: 100, asOf: 0 });
	for (const part of parts) model.update(part);
	return model;
}

const largestDifference = (a: Float64Array, b: Float64Array) =>
	Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe('Bayesian linear regression', () => {
	it('of one column is the ratio known from the textbook', () => {
		// Rows 1 and -1: mean 0, mean square 1. Precision 1/2 + 3 + 2, moment 2 × 1 × 1.
		const rows = sparseRows([[[0, 1]], [[0, -1]]], 1);
		const one = linearPrior(rows, {
			variances: Float64Array.of(2),
			together: Uint32Array.of(0),
			backgroundWeight: 3,
		});
		const model = new FittedLinear(one, { halfLifeDays: 10, asOf: 0 });
		const observation = {
			rows: takeRows(rows, [0]),
			targets: Float64Array.of(1),
			weights: Float64Array.of(2),
			days: Float64Array.of(0),
		};
		model.update(observation);
		expect(model.weights()[0]).toBeCloseTo(2 / 5.5, 12);
		expect(model.deviation(rows, 0)).toBeCloseTo(Math.sqrt(1 / 5.5), 12);
	});

	it('solves the normal equations: the gradient of the penalised squares is zero', () => {
		const data = observed(20, 1);
		const model = fitted(data);
		const weights = model.weights();
		const scores = model.scores(data.rows);
		const { precision, means } = prior;
		for (let column = 0; column < WIDTH; column++) {
			let gradient = 0;
			for (let other = 0; other < WIDTH; other++)
				gradient += precision[column * WIDTH + other]! * weights[other]!;
			for (let row = 0; row < 20; row++) {
				const value = data.rows.values[row * WIDTH + column]! - means[column]!;
				gradient += data.weights[row]! * (scores[row]! - data.targets[row]!) * value;
			}
			expect(Math.abs(gradient)).toBeLessThan(1e-9);
		}
	});

	it('forgets to within 1e-9 what a fit without gives, one by one or many at once', () => {
		const kept = observed(15, 2);
		const query = denseRows(10, 4);
		const expected = fitted(kept).scores(query);
		for (const count of [1, 40]) {
			const more = observed(count, 3);
			const model = fitted(kept, more);
			expect(largestDifference(model.scores(query), expected)).toBeGreaterThan(1e-3);
			model.forget(more);
			expect(largestDifference(model.scores(query), expected)).toBeLessThan(1e-9);
		}
	});

	it('stays exact through a thousand acts and second thoughts', () => {
		const kept = observed(3, 20);
		const model = fitted(kept);
		for (let seed = 100; seed < 600; seed++) model.update(observed(1, seed));
		for (let seed = 599; seed >= 100; seed -= 2) model.forget(observed(1, seed));
		for (let seed = 100; seed < 600; seed += 2) model.forget(observed(1, seed));
		const query = denseRows(10, 4);
		expect(largestDifference(model.scores(query), fitted(kept).scores(query))).toBeLessThan(1e-9);
		expect(model.deviation(query, 0)).toBeCloseTo(fitted(kept).deviation(query, 0), 9);
	});

	it('counts an observation of one half-life ago half', () => {
		const query = denseRows(5, 6);
		const recent = observed(4, 5, 0);
		const half = { ...recent, weights: recent.weights.map((weight) => weight / 2) };
		const aged = fitted({ ...recent, days: new Float64Array(4).fill(-100) });
		expect(largestDifference(aged.scores(query), fitted(half).scores(query))).toBeLessThan(1e-12);
		const advanced = fitted(recent);
		advanced.advance(100);
		expect(largestDifference(advanced.scores(query), fitted(half).scores(query))).toBeLessThan(
			1e-12,
		);
	});

	it('is less sure of what it saw less', () => {
		const data = observed(30, 7);
		const before = fitted().deviation(data.rows, 0);
		const model = fitted(data);
		expect(model.deviation(data.rows, 0)).toBeLessThan(before);
		expect(model.differenceDeviation(data.rows, 3, 3)).toBe(0);
	});

	it('draws weights with its own mean and deviation', () => {
		const model = fitted(observed(10, 8));
		const random = seededRandom(1);
		const draws = Array.from({ length: 4000 }, () => model.sample(random)[2]!);
		const mean = draws.reduce((sum, draw) => sum + draw / draws.length, 0);
		const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2 / draws.length, 0);
		const deviation = model.directionDeviation([[2, 1]]);
		expect(Math.abs(mean - model.weights()[2]!)).toBeLessThan(4 * (deviation / Math.sqrt(4000)));
		expect(Math.sqrt(variance) / deviation).toBeCloseTo(1, 1);
	});

	it('learns columns alone as if there were no others', () => {
		const rows = sparseRows(
			[
				[
					[0, 1],
					[1, 2],
				],
				[[0, 1]],
			],
			2,
		);
		const apart = linearPrior(rows, {
			variances: Float64Array.of(1, 4),
			together: new Uint32Array(),
			backgroundWeight: 0,
		});
		const model = new FittedLinear(apart, { halfLifeDays: 1, asOf: 0 });
		model.update({
			rows: takeRows(rows, [0]),
			targets: Float64Array.of(1),
			weights: Float64Array.of(1),
			days: Float64Array.of(0),
		});
		// Moment 1 × 2 over precision 1/4 + 2²; moment 1 over 1 + 1.
		expect(model.weights()[1]).toBeCloseTo(2 / 4.25, 12);
		expect(model.weights()[0]).toBeCloseTo(1 / 2, 12);
	});

	it('scales what it says of uncertainty by the noise, and no score', () => {
		const data = observed(30, 4);
		const [quiet, loud] = [0.5, 2].map((noise) => {
			const model = new FittedLinear(prior, { halfLifeDays: 30, asOf: 0, noise });
			model.update(data);
			return model;
		});
		expect(loud?.scores(data.rows)).toEqual(quiet?.scores(data.rows));
		expect(
			(loud?.deviation(data.rows, 0) ?? 0) / (quiet?.deviation(data.rows, 0) ?? 1),
		).toBeCloseTo(4, 12);
	});

	it('refuses observations that do not fit together', () => {
		const data = observed(3, 1);
		expect(() => fitted({ ...data, weights: Float64Array.of(1) })).toThrow(RangeError);
		expect(() => fitted({ ...data, weights: Float64Array.of(1, -1, 1) })).toThrow(RangeError);
	});
});
