import { beforeAll, describe, expect, it } from 'vitest';
import type { RevenueAnswer } from '$lib/contracts/insight';
import { ledgerOf, outcomesOf } from '$workers/features/books';
import { seededRandom } from '$workers/math/random';
import { protocolOf } from '$workers/models/on-the-books';
import { rowsTable } from '$workers/models/on-the-books/rows-table';
import { walk } from '$workers/models/on-the-books/walk';
import { type OriginErrors, meansOf } from '$workers/models/revenue/figures';
import { trainRevenue } from '$workers/models/revenue';
import type { CardBody } from '$workers/models/trained';
import type { Books } from '$workers/table/bookings';
import { CancelledError } from '$workers/learners/contract';
import { type PlainBooking, booksWith, fillingBookings } from '../support/filling-books';

const FIRST = 17_000;
const AS_OF = FIRST + 500;
/** In one destination, which halves the work. */
const filling = () => fillingBookings(FIRST, AS_OF).map((booking) => ({ ...booking, property: 0 }));
const run = () => ({
	cancelled: () => false,
	random: seededRandom(1),
	onProgress: () => undefined,
});

async function trained(books: Books): Promise<{ answer: RevenueAnswer; card: CardBody }> {
	const result = await trainRevenue(books, run(), { step: 15 });
	if (!result.ready) throw new Error(result.missing.reason);
	return result;
}

describe('revenue of books that fill by a known law', () => {
	let answer: RevenueAnswer;
	let card: CardBody;
	beforeAll(async () => {
		({ answer, card } = await trained(booksWith(filling(), AS_OF)));
	});

	it('beats the same weekday of last year, by far', () => {
		const [wape30d] = card.backtest.figures;
		expect(wape30d?.name).toBe('wape30d');
		expect(wape30d?.value).toBeLessThan(0.5 * (wape30d?.naive as number));
		expect(card.backtest.beatsNaive).toBe(true);
		expect(answer.knows).toBe('books');
	});

	it('forecasts 90 days from the day on which the books were taken', () => {
		expect(answer.origin).toBe(AS_OF);
		expect(Array.from(answer.forecast.ds)).toEqual(Array.from({ length: 90 }, (_, i) => AS_OF + i));
		expect(answer.forecast.yhat.every((value) => value > 0)).toBe(true);
	});

	it('keeps the order of its bounds', () => {
		const { yhat, yhat_lower, yhat_upper, lowerHalf, upperHalf } = answer.forecast;
		yhat.forEach((value, i) => {
			const bounds = [yhat_lower[i], lowerHalf[i], value, upperHalf[i], yhat_upper[i]];
			expect(bounds).toEqual([...bounds].sort((a, b) => (a as number) - (b as number)));
		});
	});

	it('explains the total of 30 days to the last cent', () => {
		const sum = answer.why.reduce((all, { share }) => all + share, 0);
		expect(sum).toBeCloseTo(answer.totals[0]?.total.value as number, 4);
	});

	it('says the same again with the same seed', async () => {
		const again = await trained(booksWith(filling(), AS_OF));
		expect(again.answer.forecast.yhat).toEqual(answer.forecast.yhat);
		expect(again.card.backtest).toEqual(card.backtest);
	});
});

describe('the walk over past days', () => {
	it('is not touched by what came after the day of a forecast', async () => {
		const forecasts = async (bookings: readonly PlainBooking[], until: number) => {
			const books = booksWith(bookings, AS_OF);
			const { total } = books.bookings.columns;
			const ledger = ledgerOf(books, {
				value: (row) => total.values[row] as number,
				series: () => 0,
				seriesCount: 1,
			});
			const end = AS_OF - 1;
			const known = { ledger, outcomes: outcomesOf(ledger, end), holidays: new Int32Array(0) };
			const looks = Array.from({ length: 30 }, (_, i) => FIRST + 100 + 10 * i);
			const rows = await rowsTable(known, looks, 30, end, run());
			const base = rows.parts.expected;
			const recipe = { base, loss: 'squared', mostRows: 2000 } as const;
			const { trees } = await walk(rows, recipe, [FIRST + 200, FIRST + 300], run());
			return trees.subarray(0, (looks.findIndex((day) => day > until) || 0) * 30);
		};
		const bookings = filling();
		const until = FIRST + 320;
		const later = bookings.map((booking) =>
			booking.arrives - booking.lead > until ? { ...booking, total: 5_000 } : booking,
		);
		expect(await forecasts(later, until)).toEqual(await forecasts(bookings, until));
	});
});

describe('books that say less', () => {
	it('that end with their last arrival are forecast from the calendar, and say so', async () => {
		const whole = filling().filter(({ arrives }) => arrives < AS_OF - 3);
		const { answer, card } = await trained(booksWith(whole, AS_OF));
		expect(answer.knows).toBe('calendar');
		expect(answer.origin).toBe(AS_OF - 3);
		expect(card.backtest.figures.map(({ name }) => name)).toContain('calendarWape30d');
	});

	it('that repeat last year show last year, since nothing beats it', async () => {
		const bookings: PlainBooking[] = [];
		for (let arrives = FIRST; arrives < AS_OF + 300; arrives++)
			for (let i = 0; i < 3 + (((arrives % 364) * 7919) % 11); i++)
				bookings.push({ arrives, lead: 0, nights: 1, total: 100, property: 0 });
		const end = AS_OF + 299;
		const { answer, card } = await trained(
			booksWith([...bookings, { ...(bookings[0] as PlainBooking), arrives: end, lead: 5 }], end),
		);
		expect(card.backtest.beatsNaive).toBe(false);
		const lastYear = (day: number) => 100 * (3 + (((day % 364) * 7919) % 11));
		expect(answer.forecast.yhat[10]).toBe(lastYear(end + 10));
	});

	it('are told what they lack', async () => {
		const none = await trainRevenue(booksWith([], AS_OF), run());
		expect(none).toEqual({ ready: false, missing: { reason: 'NoBookings' } });
		const weeks = fillingBookings(AS_OF - 14, AS_OF);
		const few = await trainRevenue(booksWith(weeks, AS_OF), run());
		expect(few).toMatchObject({ ready: false, missing: { reason: 'TooShort', have: 14 } });
	});

	it('stop training when told to', async () => {
		const books = booksWith(filling(), AS_OF);
		const cancelled = { ...run(), cancelled: () => true };
		await expect(trainRevenue(books, cancelled)).rejects.toThrow(CancelledError);
	});
});

describe('the protocol', () => {
	it('starts 457 days after the first arrival and ends 90 before the last', () => {
		const first = 16_617;
		const last = 17_409;
		const bookings = [first, last].map((arrives) => ({
			arrives,
			lead: 3,
			nights: 1,
			total: 1,
			property: 0,
		}));
		const protocol = protocolOf(booksWith(bookings, last + 1), 90);
		if ('missing' in protocol) throw new Error('missing');
		expect(protocol.origins[0]).toBe(Date.UTC(2016, 8, 30) / 86_400_000);
		expect(protocol.origins.at(-1)).toBeLessThanOrEqual(Date.UTC(2017, 5, 2) / 86_400_000);
		expect(protocol.origins).toHaveLength(9);
		expect(protocol.cut).toBe(true);
	});
});

describe('figures', () => {
	it('refuse what is not a number', () => {
		const whole: OriginErrors = { origin: 1, mape30d: 0.1, wape30d: 0.1, t30: 0, t60: 0, t90: 0 };
		expect(meansOf([whole]).wape30d).toBe(0.1);
		expect(() => meansOf([whole, { ...whole, mape30d: Number.NaN }])).toThrow(RangeError);
	});
});
