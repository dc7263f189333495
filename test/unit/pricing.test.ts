import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import {
	bestPrice,
	decodeMarkets,
	demandAt,
	estimateLift,
	type LoggedNights,
	type Market,
	marketAt,
	priceCurve,
	priceEffect,
	priceGrid,
	trainPrice,
	usualRules,
} from '$workers/models/pricing';
import { plainRun } from '../conformance/learner';
import {
	FURTHEST_BOOKED,
	type SimulatedMarket,
	simulatedMarket,
} from '../support/simulated-market';

const market = (change: Partial<Market> = {}): Market => ({
	offset: 1,
	usual: 100,
	effect: -2,
	effectDeviation: 0.1,
	link: 'logit',
	spread: 0.4,
	free: 1,
	base: 100,
	current: 100,
	...change,
});
const rules = { minimum: 50, maximum: 200, step: 1, objective: 0 };

describe('the price grid', () => {
	it('runs from half to twice the base in a hundred steps', () => {
		const grid = priceGrid(120);
		expect(grid.length).toBe(100);
		expect(grid[0]).toBeCloseTo(60, 10);
		expect(grid[99]).toBeCloseTo(240, 10);
	});

	it('meets a demand that never rises with price', () => {
		for (const effect of [-3, -0.5, 0.4])
			for (const link of ['logit', 'log'] as const) {
				const here = market({ effect, link, free: 9 });
				const demand = Array.from(priceGrid(100), (price) => demandAt(here, price));
				expect(demand).toEqual([...demand].sort((a, b) => b - a));
			}
	});
});

describe('the best price', () => {
	it('is where revenue peaks, by the first-order condition of the logit', () => {
		// Revenue peaks where -effect * (1 - chance) = 1.
		const here = market({ effectDeviation: 1e-6 });
		const price = bestPrice(here, rules);
		expect(2 * (1 - demandAt(here, price))).toBeCloseTo(1, 1);
	});

	it('keeps the owner’s bounds and steps', () => {
		const price = bestPrice(market(), { ...rules, maximum: 104, step: 5 });
		expect(price).toBe(100);
	});

	it('goes down when occupancy is asked for', () => {
		const prices = [0, 0.5, 1].map((objective) => bestPrice(market(), { ...rules, objective }));
		expect(prices).toEqual([...prices].sort((a, b) => b - a));
		expect(prices[2]).toBeLessThan(prices[0] as number);
	});

	it('stays the present one where demand is not known to fall with price', () => {
		const unsure = market({ effect: -0.3, effectDeviation: 1, current: 117 });
		expect(bestPrice(unsure, rules)).toBe(117);
	});

	it('does not go far beyond what was ever tried', () => {
		const cautious = market({ offset: 4, spread: 0.1 });
		expect(bestPrice(cautious, rules)).toBeLessThanOrEqual(100 * Math.exp(0.4));
	});

	it('hardly matters only where the owner allows it', () => {
		const bounds = { ...rules, minimum: 60, maximum: 75 };
		const { flatFrom, flatTo, suggested } = priceCurve(market(), bounds, 3, 20_000);
		expect(flatFrom).toBeGreaterThanOrEqual(60);
		expect(flatFrom).toBeLessThanOrEqual(suggested);
		expect(flatTo).toBeGreaterThanOrEqual(suggested);
		expect(flatTo).toBeLessThanOrEqual(75);
	});

	it('stands on the curve that the page draws, with the range in which it hardly matters', () => {
		const curve = priceCurve(market(), rules, 3, 20_000);
		expect(curve.flatFrom).toBeLessThanOrEqual(curve.suggested);
		expect(curve.flatTo).toBeGreaterThanOrEqual(curve.suggested);
		curve.revenue.forEach((revenue, i) => {
			expect(revenue).toBeGreaterThanOrEqual((curve.revenueLow[i] as number) - 1e-9);
			expect(revenue).toBeLessThanOrEqual((curve.revenueHigh[i] as number) + 1e-9);
		});
	});
});

describe('the effect of price', () => {
	const random = seededRandom(7);
	const rows = Array.from({ length: 4000 }, (_, row) => ({
		residual: 0.15 * random.normal(),
		offset: random.normal(),
		property: row % 4,
	}));
	const outcomes = rows.map(({ offset, residual }) =>
		Number(random.next() < 1 / (1 + Math.exp(-(offset - 2 * residual)))),
	);
	const found = priceEffect({
		offsets: Float64Array.from(rows, ({ offset }) => offset),
		residuals: Float64Array.from(rows, ({ residual }) => residual),
		outcomes: Float64Array.from(outcomes),
		property: Uint32Array.from(rows, ({ property }) => property),
		cluster: Uint32Array.from(rows, (_, row) => row),
		properties: 4,
		link: 'logit',
	});

	it('is found in what was made by it', () => {
		expect(Math.abs(found.mean + 2)).toBeLessThan(2.5 * found.deviation);
	});

	it('has an error that counts rows moving together once', () => {
		const twice = priceEffect({
			offsets: Float64Array.from([...rows, ...rows], ({ offset }) => offset),
			residuals: Float64Array.from([...rows, ...rows], ({ residual }) => residual),
			outcomes: Float64Array.from([...outcomes, ...outcomes]),
			property: Uint32Array.from([...rows, ...rows], ({ property }) => property),
			cluster: Uint32Array.from([...rows, ...rows], (_, row) => row % rows.length),
			properties: 4,
			link: 'logit',
		});
		expect(twice.deviation / found.deviation).toBeGreaterThan(0.85);
	});
});

describe('the lift', () => {
	/** Nights whose revenue falls with the price by a law; the model is told another one. */
	function logged(wrong: number, spread = 0.15): LoggedNights {
		const random = seededRandom(3);
		const residual = Float64Array.from({ length: 6000 }, () => spread * random.normal());
		const law = (log: number) => 100 * (1 + 0.8 * log);
		const told = (log: number) => wrong * law(log);
		const wanted = residual.map(() => spread);
		return {
			residual,
			spread: residual.map(() => spread),
			wanted,
			revenue: residual.map((log) => law(log) + 5 * random.normal()),
			expectedAsked: residual.map(told),
			expectedWanted: wanted.map(told),
			cluster: Uint32Array.from(residual, (_, i) => i >> 2),
		};
	}

	it('is what the wanted prices really would have brought', () => {
		const lift = estimateLift(logged(1), seededRandom(1));
		expect(lift.verdict).toBe('gain');
		expect(lift.revenue.value).toBeCloseTo(0.12, 2);
	});

	it('holds where the model is wrong, since the nights themselves say so', () => {
		const lift = estimateLift(logged(0.5), seededRandom(1));
		expect(Math.abs(lift.revenue.value - 0.12)).toBeLessThan(0.03);
	});

	it('is not claimed where prices were always the same', () => {
		const lift = estimateLift(logged(1, 0.001), seededRandom(1));
		expect(lift.verdict).toBe('too-little-variation');
		expect(lift.revenue.value).toBeNaN();
	});
});

describe('a pricing model of a market whose law is known', () => {
	let simulated: SimulatedMarket;
	let trained: Awaited<ReturnType<typeof trainPrice>>;
	beforeAll(async () => {
		simulated = simulatedMarket({ homes: 8, level: 1 });
		trained = await trainPrice(simulated.books, plainRun());
	}, 60_000);

	/**
	 * Expected revenue of the nights to come, by the law, at prices of a kind: of those nights about
	 * which the books know nothing yet, so that the law is the whole truth.
	 */
	function revenue(priceOf: (home: number, day: number, market: Market) => number): number {
		if (!trained.ready) throw new Error('the model has no answer');
		const markets = decodeMarkets(trained.buffer);
		let sum = 0;
		simulated.base.forEach((_, home) => {
			for (let ahead = FURTHEST_BOOKED; ahead < markets.days; ahead++) {
				const day = markets.first + ahead;
				const price = priceOf(home, day, marketAt(markets, home, ahead));
				sum += price * simulated.chance(home, day, price);
			}
		});
		return sum;
	}

	const base = (home: number) => simulated.base[home] as number;
	/** The whole grid of the seed, and no owner to bound it. */
	const suggested = (home: number, _: number, here: Market) =>
		bestPrice(here, { minimum: 0.5 * base(home), maximum: 2 * base(home), step: 0, objective: 0 });
	const best = (home: number, day: number) => {
		const worth = (price: number) => price * simulated.chance(home, day, price);
		return Array.from(priceGrid(base(home))).reduce((found, price) =>
			worth(price) > worth(found) ? price : found,
		);
	};

	it('reaches 95 % of the best possible revenue', () => {
		expect(revenue(suggested) / revenue(best)).toBeGreaterThan(0.95);
	});

	it('beats the base price by more than 5 %', () => {
		expect(revenue(suggested) / revenue(base)).toBeGreaterThan(1.05);
	});

	it('claims no lift beyond what the past can show', () => {
		if (!trained.ready) throw new Error('the model has no answer');
		const { lift } = trained.answer;
		expect(lift.revenue.low).toBeLessThan(lift.revenue.high);
		expect(lift.verdict).toBe('gain');
		expect(trained.card.backtest.beatsNaive).toBe(true);
	});

	it('gives reasons that sum to the suggestion', () => {
		if (!trained.ready) throw new Error('the model has no answer');
		for (const { days } of trained.answer.properties)
			for (const { free, suggested: price, why } of days)
				if (free > 0) expect(why.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(price, 6);
	});

	it('goes to a buffer that prices the same', () => {
		if (!trained.ready) throw new Error('the model has no answer');
		const markets = decodeMarkets(trained.buffer);
		const first = trained.answer.properties[0];
		const day = first?.days.findIndex(({ free }) => free > 0) ?? 0;
		const here = marketAt(markets, first?.property ?? 0, day);
		expect(bestPrice(here, usualRules(here.base))).toBe(first?.days[day]?.suggested);
	});
});

describe('a pricing model without enough to learn from', () => {
	it('says how many days it has and needs', async () => {
		const { books } = simulatedMarket({ homes: 2, days: 14 });
		expect(await trainPrice(books, plainRun())).toMatchObject({
			ready: false,
			missing: { reason: 'TooShort', have: 14 },
		});
	});

	it('claims nothing where prices never changed', async () => {
		const { books } = simulatedMarket({ homes: 3, days: 200, trial: 0 });
		const trained = await trainPrice(books, plainRun());
		if (!trained.ready) throw new Error('the model has no answer');
		expect(trained.answer.lift.verdict).toBe('too-little-variation');
	});
});
