import { describe, expect, it } from 'vitest';
import {
	FittedPurchases,
	FittedSpend,
	type Histories,
	type PurchaseKind,
	gammaGamma,
	purchaseModel,
} from '$workers/learners/lifetime';
import { beta, exponential, gamma } from '$workers/math/draw';
import { seededRandom } from '$workers/math/random';
import { plainRun } from '../conformance/learner';

const KINDS: readonly PurchaseKind[] = ['bgnbd', 'mbgnbd'];
const TRUTH = { r: 0.8, alpha: 6, a: 0.9, b: 2.2 };

/** Customers who buy and leave as the models say; `weight` is that of a standard normal trait. */
function simulate(kind: PurchaseKind, count: number, seed: number, weight = 0): Histories {
	const random = seededRandom(seed);
	const frequency = new Float64Array(count);
	const recency = new Float64Array(count);
	const age = frequency.map(() => 20 + 40 * random.next());
	const trait = frequency.map(() => random.normal());
	for (let row = 0; row < count; row++) {
		const rate = (gamma(TRUTH.r, random) / TRUTH.alpha) * Math.exp(weight * (trait[row] as number));
		const leaves = beta(TRUTH.a, TRUTH.b, random);
		let at = 0;
		let there = kind === 'bgnbd' || random.next() >= leaves;
		while (there) {
			at += exponential(random) / rate;
			if (at > (age[row] as number)) break;
			frequency[row] = (frequency[row] as number) + 1;
			recency[row] = at;
			there = random.next() >= leaves;
		}
	}
	return weight ? { frequency, recency, age, traits: [trait] } : { frequency, recency, age };
}

function withParameters(kind: PurchaseKind, r: number, alpha: number, a: number, b: number) {
	const none = new Float64Array();
	return new FittedPurchases({
		kind,
		coefficients: Float64Array.of(r, alpha, a, b).map(Math.log),
		factor: new Float64Array(16),
		scale: { means: none, deviations: none },
		logLikelihood: 0,
	});
}

const one = (frequency: number, recency: number, age: number, horizon: number) => ({
	frequency: Float64Array.of(frequency),
	recency: Float64Array.of(recency),
	age: Float64Array.of(age),
	horizon,
});

const sum = (values: ArrayLike<number>) =>
	Array.from(values).reduce((all, value) => all + value, 0);

describe.each(KINDS)('%s', (kind) => {
	it('finds the parameters that its customers were made from', async () => {
		const { parameters } = await purchaseModel(kind).fit(simulate(kind, 3000, 1), plainRun());
		expect(parameters.r / parameters.alpha).toBeCloseTo(TRUTH.r / TRUTH.alpha, 1);
		const { a, b } = parameters;
		expect(Math.abs(a / (a + b) - TRUTH.a / (TRUTH.a + TRUTH.b))).toBeLessThan(0.05);
		expect(Math.abs(Math.log(parameters.r / TRUTH.r))).toBeLessThan(0.25);
	});

	it('finds how a trait changes the rate', async () => {
		const fitted = await purchaseModel(kind).fit(simulate(kind, 1500, 2, 0.5), plainRun());
		const traits = [Float64Array.of(0, 1)];
		const two = {
			frequency: Float64Array.of(0, 0),
			recency: Float64Array.of(0, 0),
			age: Float64Array.of(5, 5),
			traits,
		};
		const [usual = 1, more = 1] = fitted.rates(two);
		expect(Math.log(more / usual)).toBeGreaterThan(0.4);
		expect(Math.log(more / usual)).toBeLessThan(0.6);
	});

	it('expects what its own futures bring on average', async () => {
		const histories = simulate(kind, 400, 3);
		const fitted = await purchaseModel(kind).fit(histories, plainRun());
		const query = { ...histories, horizon: 50 };
		const random = seededRandom(4);
		const futures = Array.from({ length: 60 }, () => sum(fitted.simulate(query, random)));
		const mean = sum(futures) / futures.length;
		expect(Math.abs(sum(fitted.forecast(query).expected) / mean - 1)).toBeLessThan(0.03);
	});

	it('expects nothing of no time, and more of more', async () => {
		const fitted = await purchaseModel(kind).fit(simulate(kind, 300, 5), plainRun());
		const at = (horizon: number) => fitted.forecast(one(3, 20, 30, horizon)).expected[0] as number;
		expect(at(0)).toBeCloseTo(0, 12);
		expect(at(10)).toBeLessThan(at(20));
		expect(at(20)).toBeLessThan(at(2000));
	});

	it('believes less in somebody who has been silent for longer', async () => {
		const fitted = await purchaseModel(kind).fit(simulate(kind, 300, 6), plainRun());
		const alive = (recency: number) => fitted.forecast(one(4, recency, 40, 1)).alive[0] as number;
		expect(alive(10)).toBeLessThan(alive(25));
		expect(alive(25)).toBeLessThan(alive(40));
	});

	it('has no other answer where a is 1, or a + b is, than beside it', () => {
		const expected = (a: number, b: number) =>
			withParameters(kind, 0.5, 5, a, b).forecast(one(0, 0, 30, 26)).expected[0] as number;
		const between = (expected(0.999, 2) + expected(1.001, 2)) / 2;
		expect(expected(1, 2)).toBeCloseTo(between, 6);
		expect(expected(1.00001, 2)).toBeCloseTo(between, 4);
		const sides = (expected(0.4, 0.599) + expected(0.4, 0.601)) / 2;
		expect(expected(0.4, 0.6)).toBeCloseTo(sides, 5);
	});

	it('learns where nobody ever leaves', async () => {
		const random = seededRandom(8);
		const age = new Float64Array(300).fill(30);
		const frequency = age.map(() => 5 + random.integer(10));
		const recency = age.map(() => 29.5);
		const fitted = await purchaseModel(kind).fit({ frequency, recency, age }, plainRun());
		expect(fitted.forecast(one(9, 29.5, 30, 10)).alive[0]).toBeGreaterThan(0.9);
	});

	it('refuses a history in which nobody came back', async () => {
		const age = Float64Array.of(3, 4);
		const none = { frequency: new Float64Array(2), recency: new Float64Array(2), age };
		await expect(purchaseModel(kind).fit(none, plainRun())).rejects.toThrow(RangeError);
	});
});

it('expects of a customer what Fader, Hardie and Lee (2005, note on Excel) work out by hand', () => {
	const published = withParameters('bgnbd', 0.243, 4.414, 0.793, 2.426);
	expect(published.forecast(one(2, 30.43, 38.86, 39)).expected[0]).toBeCloseTo(1.226, 3);
});

it('knows that BG/NBD keeps whoever bought once, and MBG/NBD does not', async () => {
	const histories = simulate('mbgnbd', 600, 9);
	const alive = async (kind: PurchaseKind) => {
		const fitted = await purchaseModel(kind).fit(histories, plainRun());
		return fitted.forecast(one(0, 0, 40, 1)).alive[0];
	};
	expect(await alive('bgnbd')).toBe(1);
	expect(await alive('mbgnbd')).toBeLessThan(0.8);
});

describe('gamma-gamma', () => {
	const truth = { p: 5, q: 4, gamma: 40 };
	const random = seededRandom(1);
	const count = Float64Array.from({ length: 4000 }, () => random.integer(6));
	const mean = count.map((x) => {
		const rate = gamma(truth.q, random) / truth.gamma;
		return x > 0 ? gamma(truth.p * x, random) / x / rate : 0;
	});

	it('finds the parameters that its customers were made from', async () => {
		const { parameters } = await await gammaGamma().fit({ count, mean }, plainRun());
		expect(Math.abs(Math.log(parameters.p / truth.p))).toBeLessThan(0.15);
		expect(Math.abs(Math.log(parameters.q / truth.q))).toBeLessThan(0.15);
		expect(Math.abs(Math.log(parameters.gamma / truth.gamma))).toBeLessThan(0.2);
	});

	it('expects what all spend of whom it does not know, and their own of whom it knows well', async () => {
		const fitted = await gammaGamma().fit({ count, mean }, plainRun());
		const { p, q, gamma: scale } = fitted.parameters;
		const { mean: expected } = fitted.forecast({
			count: Float64Array.of(0, 1e6),
			mean: Float64Array.of(0, 30),
		});
		expect(expected[0]).toBeCloseTo((p * scale) / (q - 1), 9);
		expect(expected[1]).toBeCloseTo(30, 2);
	});

	it('expects what its own futures bring on average', async () => {
		const fitted = await gammaGamma().fit({ count, mean }, plainRun());
		const futures = fitted.simulate({ count, mean }, new Uint32Array(count.length).fill(2), random);
		expect(sum(futures) / sum(fitted.forecast({ count, mean }).mean) / 2).toBeCloseTo(1, 1);
	});
});

it('refuses bytes that are damaged or of another learner', async () => {
	const purchases = await purchaseModel('bgnbd').fit(simulate('bgnbd', 100, 1), plainRun());
	expect(() => FittedSpend.from(purchases.toBuffer())).toThrow(RangeError);
	expect(() => FittedPurchases.from(purchases.toBuffer().slice(0, -8))).toThrow(RangeError);
	expect(() => FittedPurchases.from(new ArrayBuffer(3))).toThrow(RangeError);
});
