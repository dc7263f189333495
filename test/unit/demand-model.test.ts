import { beforeAll, describe, expect, it } from 'vitest';
import type { DemandAnswer, DemandSeries } from '$lib/contracts/insight';
import { seededRandom } from '$workers/math/random';
import { trainDemand } from '$workers/models/demand';
import { stayAdvice } from '$workers/models/demand/advice';
import { backtestOf } from '$workers/models/demand/figures';
import type { OpenStays } from '$workers/models/demand/occupancy';
import type { CardBody } from '$workers/models/trained';
import { booksWith, fillingBookings } from '../support/filling-books';

const FIRST = 17_000;
const AS_OF = FIRST + 420;
const run = () => ({
	cancelled: () => false,
	random: seededRandom(1),
	onProgress: () => undefined,
});

describe('demand of books that fill by a known law', () => {
	let answer: DemandAnswer;
	let card: CardBody;
	beforeAll(async () => {
		const books = booksWith(fillingBookings(FIRST, AS_OF), AS_OF, 3);
		const result = await trainDemand(books, run(), { step: 12 });
		if (!result.ready) throw new Error(result.missing.reason);
		({ answer, card } = result);
	});

	it('beats the same weekday of last year', () => {
		const [rmse] = card.backtest.figures;
		expect(rmse?.name).toBe('rmse');
		expect(rmse?.value).toBeLessThan(rmse?.naive as number);
		expect(card.backtest.beatsNaive).toBe(true);
	});

	it('forecasts 30 days of each property, those without a booking too', () => {
		expect(answer.origin).toBe(AS_OF);
		expect(answer.days).toHaveLength(30);
		expect(answer.series.map(({ property }) => property).sort()).toEqual([0, 1, 2]);
		const [busy, , empty] = answer.series;
		expect(busy?.expected[0]).toBeGreaterThan(1);
		expect(empty?.expected.every((value) => value >= 0 && value < 0.2)).toBe(true);
	});

	it('keeps the order of its bounds, and occupancy between 0 and 1', () => {
		for (const { expected, low, high, occupancy } of answer.series)
			expected.forEach((value, i) => {
				expect(low[i]).toBeLessThanOrEqual(value);
				expect(high[i]).toBeGreaterThanOrEqual(value);
				expect(occupancy[i]).toBeGreaterThanOrEqual(0);
				expect(occupancy[i]).toBeLessThanOrEqual(1);
			});
	});

	it('explains the logarithm of what the first week expects', () => {
		for (const { expected, why } of answer.series) {
			const mean = expected.subarray(0, 7).reduce((sum, value) => sum + value, 0) / 7;
			const sum = why.reduce((all, { share }) => all + share, 0);
			expect(sum).toBeCloseTo(Math.log(Math.max(1e-6, mean)), 8);
		}
	});
});

describe('advice on stays', () => {
	const home: DemandSeries = {
		property: 4,
		title: 'home 4',
		destination: 'hill',
		units: 1,
		expected: new Float64Array(30).fill(0.1),
		low: new Float64Array(30),
		high: new Float64Array(30).fill(1),
		booked: new Float64Array(30),
		occupancy: new Float64Array(30).fill(0.5),
		rmse: 1,
		naiveRmse: 1,
		why: [],
	};
	const stays: OpenStays = {
		units: 1,
		inHouse: new Float64Array(30),
		coming: [
			{ ahead: 0, nights: 5 },
			{ ahead: 7, nights: 4 },
		],
		longer: Float64Array.from({ length: 31 }, (_, nights) => 0.5 ** nights),
		minimum: 3,
		usual: 0.5,
		shortArrivals: (nights) => 0.1 * nights,
	};

	it('offers two nights between two bookings where the minimum is three', () => {
		const [advice, ...others] = stayAdvice([home], [stays], AS_OF);
		expect(others).toEqual([]);
		expect(advice).toMatchObject({
			property: 4,
			from: AS_OF + 5,
			to: AS_OF + 6,
			do: 'shorten-stay',
			minimumNights: 2,
			because: 'gap-between-bookings',
		});
		expect(advice?.nights.value).toBeCloseTo(2 * (1 - Math.exp(-0.4)), 10);
	});

	it('offers shorter stays on weak nights, with an estimate inside its interval', () => {
		const weak = { ...home, occupancy: home.occupancy.map((share, i) => (i > 20 ? 0.1 : share)) };
		const advice = stayAdvice([weak], [stays], AS_OF);
		expect(advice.map(({ because }) => because)).toContain('weak-days');
		for (const { nights } of advice) {
			expect(nights.low).toBeLessThanOrEqual(nights.value);
			expect(nights.high).toBeGreaterThanOrEqual(nights.value);
		}
	});

	it('leaves a home alone whose guests may stay a night', () => {
		expect(stayAdvice([home], [{ ...stays, minimum: 1 }], AS_OF)).toEqual([]);
	});
});

describe('demand of books that say less', () => {
	it('says what is missing', async () => {
		const none = await trainDemand(booksWith([], AS_OF), run());
		expect(none).toEqual({ ready: false, missing: { reason: 'NoBookings' } });
		const weeks = await trainDemand(booksWith(fillingBookings(AS_OF - 14, AS_OF), AS_OF), run());
		expect(weeks).toMatchObject({ ready: false, missing: { reason: 'TooShort', have: 14 } });
	});

	it('has no card with a figure that is not a number', () => {
		const errors = {
			rmse: Number.NaN,
			pooledRmse: 1,
			mae: 1,
			bySeries: new Float64Array(1),
			byOrigin: new Float64Array(1),
		};
		const coverage = { promised: 0.8, held: 0.8, count: 1 };
		expect(() => backtestOf(errors, errors, coverage, [1])).toThrow(RangeError);
	});
});
