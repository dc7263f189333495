import { beforeAll, describe, expect, test } from 'vitest';
import type { ChanceAnswer, Share } from '$lib/contracts/insight';
import { seededRandom } from '$workers/math/random';
import {
	bookingMatrix,
	trainCancellation,
	trainConversion,
	visitMatrix,
	visitsOf,
} from '$workers/models/conversion';
import type { Trained } from '$workers/models/trained';
import { sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';
import { nameAt, numbers } from '$workers/table/column';
import { emptyBooks } from '$workers/table/empty-books';
import { table } from '$workers/table/table';
import { plainRun } from '../conformance/learner';

const books = sampleBooks({ seed: 3, managed: 8, guests: 900, years: 2 });
const DAY = 86_400_000;

type Ready = Extract<Trained<ChanceAnswer>, { ready: true }>;
const ready = (trained: Trained<ChanceAnswer>): Ready => {
	if (!trained.ready) throw new Error(`not ready: ${trained.missing.reason}`);
	return trained;
};
const sumOf = (shares: readonly Share[]) => shares.reduce((sum, { share }) => sum + share, 0);
const shareOf = (shares: readonly Share[], name: string) =>
	shares.find(({ feature }) => feature === name)?.share ?? Number.NaN;

/** Spaces in the car park are noted on arrival, of guests who come. */
function withParking(of: Books): Books {
	const random = seededRandom('parking');
	const { status } = of.bookings.columns;
	const parking = Float64Array.from({ length: of.bookings.count }, (_, row) =>
		Number(nameAt(status, row) === 'checked out' && random.next() < 0.8),
	);
	return { ...of, extras: { parking: numbers(parking) } };
}

describe('cancellation', () => {
	let trained: Ready;
	beforeAll(async () => {
		trained = ready(await trainCancellation(books, plainRun(1)));
	});

	test('is told for bookings to come, most money at stake first', () => {
		const { rows } = trained.answer;
		const { arrives_on, status } = books.bookings.columns;
		expect(rows.length).toBeGreaterThan(0);
		for (const { id, day, chance } of rows) {
			const row = books.bookings.columns.booking_id.values.findIndex((own) => own === id);
			expect(arrives_on.values[row]).toBe(day);
			expect(nameAt(status, row)).toBe('confirmed');
			expect(chance.low).toBeLessThanOrEqual(chance.value);
			expect(chance.high).toBeGreaterThanOrEqual(chance.value);
		}
		const stakes = rows.map(({ amount, chance }) => amount * chance.value);
		expect(stakes).toEqual([...stakes].sort((a, b) => b - a));
	});

	test('gives impacts that sum to the chance', () => {
		for (const { impacts, chance } of trained.answer.rows)
			expect(sumOf(impacts)).toBeCloseTo(chance.value, 9);
	});

	test('is held against the best single column, on the last days', () => {
		const { backtest } = trained.card;
		expect(backtest.protocol).toBe('last-months');
		expect(backtest.figures.map(({ name }) => name)).toEqual(['auc', 'logloss', 'brier']);
		expect(backtest.beatsNaive).toBe(true);
		expect(trained.card.suspects).toEqual([]);
	});

	test('gives the same bytes for the same seed', async () => {
		const again = ready(await trainCancellation(books, plainRun(1)));
		expect(new Uint8Array(again.buffer)).toEqual(new Uint8Array(trained.buffer));
	});

	test('refuses a column that was filled in on arrival, and does without it', async () => {
		const { card } = ready(await trainCancellation(withParking(books), plainRun(1)));
		expect(card.suspects).toMatchObject([
			{ column: 'parking', verdict: 'refused', reason: 'NeverWithOutcome' },
		]);
		expect(card.features).not.toContain('parking');
	});

	test('uses of a guest nothing that came later', () => {
		const asOf = books.asOf - 200;
		const { columns } = books.bookings;
		const early = Uint32Array.from(columns.booked_on.values.keys()).filter(
			(row) => (columns.booked_on.values[row] as number) < asOf,
		);
		const later = {
			...books,
			bookings: table({
				...columns,
				cancelled_on: numbers(
					Float64Array.from(columns.cancelled_on.values, (day) => (day < asOf ? day : asOf + 1)),
				),
			}),
		};
		const before = bookingMatrix(books).columns;
		bookingMatrix(later).columns.forEach(({ values, name }, i) => {
			for (const row of early)
				expect(values[row], name).toBe((before[i]?.values as Float64Array)[row]);
		});
	});

	test('says what is missing of books without bookings', async () => {
		const none = await trainCancellation(emptyBooks('EUR'), plainRun(1));
		expect(none).toEqual({ ready: false, missing: { reason: 'NoBookings' } });
	});

	test('says so where nothing was ever cancelled', async () => {
		const { columns } = books.bookings;
		const out = columns.status.names.indexOf('checked out');
		const status = { ...columns.status, codes: columns.status.codes.slice().fill(out) };
		const kept = { ...books, bookings: table({ ...columns, status }) };
		expect(await trainCancellation(kept, plainRun(1))).toMatchObject({
			ready: false,
			missing: { reason: 'OneClass', have: 0 },
		});
	});

	test('stops when cancelled', async () => {
		const run = plainRun(1, { cancelled: () => true });
		await expect(trainCancellation(books, run)).rejects.toMatchObject({ name: 'Cancelled' });
	});
});

describe('conversion', () => {
	test('reaches what the project was founded on, on the sample, with factors in log-odds', async () => {
		const { answer, card } = ready(await trainConversion(books, plainRun(1)));
		const [area] = card.backtest.figures;
		expect(area).toMatchObject({ name: 'auc', target: 0.75 });
		expect(area?.value).toBeGreaterThan(0.75);
		expect(card.backtest.beatsNaive).toBe(true);
		const [row] = answer.rows;
		expect(shareOf(row?.factors ?? [], 'base')).toBeLessThan(0);
		expect(sumOf(row?.impacts ?? [])).toBeCloseTo(row?.chance.value ?? Number.NaN, 9);
	});

	test('sees the thirteen features of a visit', () => {
		const { columns } = visitMatrix(books, visitsOf(books));
		expect(columns.map(({ name }) => name)).toEqual([
			'view_count',
			'click_count',
			'time_on_page',
			'property_type',
			'price',
			'rating',
			'photos_count',
			'is_repeat',
			'country',
			'device_type',
			'dow',
			'time_of_day',
			'referrer',
		]);
	});

	test('does not know a guest by the booking that the visit ends in', () => {
		const visits = visitsOf(books);
		const { guest, booked_on } = books.bookings.columns;
		visits.guest.forEach((own, visit) => {
			if (own < 0) return;
			const day = Math.floor((visits.instant[visit] as number) / DAY);
			const earlier = guest.values.some(
				(of: number, row: number) => of === own && (booked_on.values[row] as number) < day,
			);
			expect(earlier).toBe(true);
		});
		const booked = visits.booked.reduce((sum, value) => sum + value, 0);
		const { kind } = books.engagement.columns;
		const code = kind.names.indexOf('booking');
		expect(booked).toBe(kind.codes.filter((own) => own === code).length);
	});

	test('says what is missing where nobody counted looks', async () => {
		const { engagement } = emptyBooks('EUR');
		const none = await trainConversion({ ...books, engagement }, plainRun(1));
		expect(none).toEqual({ ready: false, missing: { reason: 'NoEngagement' } });
	});
});
