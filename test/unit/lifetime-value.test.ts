import { describe, expect, it } from 'vitest';
import type { LifetimeAnswer } from '$lib/contracts/insight';
import {
	guestsOn,
	lifetimeFromBuffer,
	outcomesBetween,
	purchaseLog,
	statesOn,
	trainLifetimeValue,
	valuesOf,
} from '$workers/models/lifetime-value';
import { isLost, keptShare, revenueBetween } from '$workers/models/lifetime-value/bookings';
import { levelOf } from '$workers/models/lifetime-value/level';
import { actionsFor, segmentOf } from '$workers/models/lifetime-value/segments';
import { sharesOfMean, sharesOfProduct } from '$workers/models/lifetime-value/shares';
import type { Trained } from '$workers/models/trained';
import { sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';
import { numbers } from '$workers/table/column';
import { sliceTable, table } from '$workers/table/table';
import { plainRun } from '../conformance/learner';

const books = sampleBooks({ seed: 5, guests: 1100, managed: 9 });
const trained = await trainLifetimeValue(books, plainRun());

function ready(outcome: Trained<LifetimeAnswer>) {
	if (!outcome.ready) throw new Error(`not ready: ${outcome.missing.reason}`);
	return outcome;
}

const total = (values: readonly { readonly share: number }[]) =>
	values.reduce((sum, { share }) => sum + share, 0);

/** Trains a year before the end of small books, and looks at what came. */
async function nextYear(seed: number) {
	const small = sampleBooks({ seed, guests: 800, managed: 7 });
	const now = small.asOf - 365;
	const { answer } = ready(await trainLifetimeValue(small, plainRun(), { now }));
	const revenue = revenueBetween(small, now, small.asOf, small.asOf);
	const holds = (brought: number, { low, high }: { low: number; high: number }) =>
		brought >= low && brought <= high;
	const known = guestsOn(small, now).states.customers;
	const brought = known.reduce((sum, guest) => sum + (revenue[guest] as number), 0);
	const held = answer.guests.filter(({ guest, value }) => holds(revenue[guest] as number, value));
	return {
		isTotalHeld: holds(brought, answer.total),
		guestsHeld: held.length / answer.guests.length,
	};
}

describe('lifetime value', () => {
	it('orders and sizes guests better than what they spent before', () => {
		const { figures, beatsNaive } = ready(trained).card.backtest;
		expect(beatsNaive).toBe(true);
		for (const { value, naive, better } of figures)
			expect(better === 'lower' ? value < naive : value > naive).toBe(true);
	});

	it('holds in its interval what the next year brings, mostly: of all guests, and of each', async () => {
		const seeds = [1, 2, 3, 4, 5];
		let totals = 0;
		for (const seed of seeds) {
			const { isTotalHeld, guestsHeld } = await nextYear(seed);
			totals += Number(isTotalHeld);
			expect(guestsHeld).toBeGreaterThan(0.75);
		}
		expect(totals).toBeGreaterThanOrEqual(3);
	});

	it('explains every guest in money', () => {
		for (const { factors, value } of ready(trained).answer.guests)
			expect(total(factors)).toBeCloseTo(value.value, 6);
	});

	it('puts each guest in one segment, and all money in the total', () => {
		const { answer } = ready(trained);
		const count = answer.segments.reduce((sum, { guests }) => sum + guests, 0);
		const money = answer.segments.reduce((sum, { value }) => sum + value, 0);
		expect(count).toBe(answer.count);
		expect(money).toBeCloseTo(answer.total.value, 4);
		expect(answer.guests.length).toBeLessThanOrEqual(500);
	});

	it('uses the candidate that came nearest, and names all', () => {
		const { answer, card } = ready(trained);
		const errors = answer.candidates.map(({ decileWape }) => decileWape);
		expect(errors).toEqual(errors.toSorted((a, b) => a - b));
		expect(card.learner).toBe(answer.candidates[0]?.learner);
		expect(answer.candidates.map(({ learner }) => learner).sort()).toEqual([
			'blend',
			'boosted-trees',
			'purchases',
		]);
	});

	it('comes back from its buffer as it was', async () => {
		const { answer, buffer, card } = ready(trained);
		const model = lifetimeFromBuffer(buffer);
		const guests = guestsOn(books, books.asOf);
		const values = (await valuesOf(model, guests, 365)).get(card.learner as 'purchases');
		for (const { guest, value } of answer.guests)
			expect(values?.[guests.states.customers.indexOf(guest)]).toBe(value.value);
		expect(() => lifetimeFromBuffer(buffer.slice(0, -16))).toThrow(RangeError);
	});

	it('is the same again with the same seed, and reports progress that never goes back', async () => {
		const shares: number[] = [];
		const run = plainRun(1, { onProgress: ({ done, total: all }) => shares.push(done / all) });
		const again = ready(await trainLifetimeValue(books, run));
		expect(again.answer).toEqual(ready(trained).answer);
		expect(new Uint8Array(again.buffer)).toEqual(new Uint8Array(ready(trained).buffer));
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
	});

	it('stops when cancelled', async () => {
		let asked = 0;
		const run = plainRun(1, { cancelled: () => ++asked > 50 });
		await expect(trainLifetimeValue(books, run)).rejects.toMatchObject({ name: 'Cancelled' });
	});
});

describe('books that do not tell', () => {
	const missing = async (change: Partial<Books>, now?: number) => {
		const outcome = await trainLifetimeValue(
			{ ...books, ...change },
			plainRun(),
			now === undefined ? {} : { now },
		);
		return outcome.ready ? undefined : outcome.missing.reason;
	};
	const withGuests = (guest: (row: number) => number) =>
		table({
			...books.bookings.columns,
			guest: numbers(Uint32Array.from({ length: books.bookings.count }, (_, row) => guest(row))),
		});

	it('have no guests', async () => {
		const guests = sliceTable(books.guests, 0, 0);
		expect(await missing({ guests, bookings: withGuests(() => 0) })).toBe('NoGuests');
		expect(await missing({ bookings: withGuests(() => 0) })).toBe('NoGuests');
	});

	it('have guests who came once each', async () => {
		const count = books.guests.count;
		const bookings = sliceTable(
			withGuests((row) => row),
			0,
			count,
		);
		expect(await missing({ bookings })).toBe('NoGuests');
	});

	it('are too short, or hold too few who came back', async () => {
		const { booked_on } = books.bookings.columns;
		const recent = booked_on.values.findIndex((day) => day >= books.asOf - 150);
		const short = sliceTable(books.bookings, recent, books.bookings.count);
		expect(await missing({ bookings: short })).toBe('TooShort');
		expect(await missing({ bookings: sliceTable(books.bookings, 0, 60) })).toBe('TooFewBookings');
	});

	it('are empty', async () => {
		expect(await missing({ bookings: sliceTable(books.bookings, 0, 0) })).toBe('NoGuests');
	});
});

describe('bookings as purchases', () => {
	it('are one a day and customer', () => {
		const log = purchaseLog(3, [2, 0, 0, 2], [9, 5, 5, 7], [1, 10, 20, 2]);
		expect(Array.from(log.starts)).toEqual([0, 1, 1, 3]);
		expect(Array.from(log.day)).toEqual([5, 7, 9]);
		expect(Array.from(log.amount)).toEqual([30, 2, 1]);
	});

	it('are histories in weeks, and outcomes after them', () => {
		const log = purchaseLog(2, [0, 0, 0, 1], [0, 14, 35, 40], [5, 6, 7, 8]);
		const states = statesOn(log, 21);
		expect(Array.from(states.customers)).toEqual([0]);
		expect([states.frequency[0], states.recency[0], states.age[0]]).toEqual([1, 2, 3]);
		expect([states.repeats.mean[0], states.all.mean[0]]).toEqual([6, 5.5]);
		const { purchases, spend } = outcomesBetween(log, states.customers, 21, 60);
		expect([purchases[0], spend[0]]).toEqual([1, 7]);
	});

	it('bring nothing once they are known to be lost', () => {
		const day = books.asOf - 200;
		const revenue = revenueBetween(books, 0, day, day);
		const { columns } = books.bookings;
		const kept = Array.from(columns.total.values).filter(
			(_, row) =>
				(columns.arrives_on.values[row] as number) < day &&
				(columns.booked_on.values[row] as number) < day &&
				!isLost(books.bookings, row, day),
		);
		const sure = kept.reduce((sum, money) => sum + money, 0);
		expect(revenue.reduce((sum, money) => sum + money, 0)).toBeGreaterThanOrEqual(sure);
		expect(keptShare(books, day)).toBeGreaterThan(0.7);
		expect(keptShare(books, day)).toBeLessThan(0.95);
	});
});

describe('shares', () => {
	it('of a product sum to it, and give an equal factor nothing', () => {
		const shares = sharesOfProduct([0.9, 3, 200], [0.5, 3, 150]);
		expect(total(shares)).toBeCloseTo(0.9 * 3 * 200, 9);
		expect(shares[1]?.share).toBe(0);
		expect(shares.at(-1)).toEqual({ feature: 'base', share: 225 });
	});

	it('of a logarithm become shares of the mean', () => {
		const shares = sharesOfMean([
			{ feature: 'a', share: 0.4 },
			{ feature: 'b', share: -0.1 },
			{ feature: 'base', share: 2 },
		]);
		expect(total(shares)).toBeCloseTo(Math.exp(2.3), 9);
		expect((shares[0]?.share as number) / (shares[1]?.share as number)).toBeCloseTo(-4, 9);
	});
});

describe('the level', () => {
	it('is none without a past', () => {
		expect(levelOf([]).factor).toBe(1);
		expect(levelOf([]).deviation).toBeGreaterThan(0.1);
	});

	it('is shrunk to none, the more the past disagrees', () => {
		const steady = levelOf([1.2, 1.2, 1.2]).factor;
		const torn = levelOf([0.9, 1.2, 1.6]).factor;
		expect(steady).toBeGreaterThan(1.05);
		expect(steady).toBeLessThan(1.2);
		expect(torn).toBeLessThan(steady);
	});
});

describe('what to do about a guest', () => {
	const guest = {
		alive: 0.9,
		bookings: 4,
		tenure: 500,
		isTop: false,
		throughSite: false,
		lastWasLost: false,
	};

	it('follows from where the guest stands', () => {
		expect(segmentOf(guest)).toBe('Loyal');
		expect(segmentOf({ ...guest, isTop: true })).toBe('High value');
		expect(segmentOf({ ...guest, bookings: 1, tenure: 20 })).toBe('New');
		expect(segmentOf({ ...guest, alive: 0.4 })).toBe('Fading');
		expect(segmentOf({ ...guest, alive: 0.1, isTop: true })).toBe('Gone');
	});

	it('leaves those in peace who are gone, and asks first who fell through', () => {
		expect(actionsFor({ ...guest, alive: 0.1, lastWasLost: true })).toEqual(['leave-alone']);
		expect(actionsFor({ ...guest, alive: 0.4, lastWasLost: true })).toEqual([
			'ask-what-went-wrong',
			'offer-return',
		]);
		expect(actionsFor({ ...guest, throughSite: true })).toEqual(['thank', 'invite-direct']);
	});
});
