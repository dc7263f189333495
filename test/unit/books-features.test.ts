import { describe, expect, it } from 'vitest';
import { curvesOn, ledgerOf, outcomesOf, rowsOn, snapshotOn } from '$workers/features/books';
import type { Books } from '$workers/table/bookings';
import {
	CANCELLED_ONE_IN,
	LONGEST_LEAD,
	type PlainBooking,
	booksWith,
	fillingBookings,
} from '../support/filling-books';

const FIRST = 17_000;
const AS_OF = FIRST + 420;
const DAY = FIRST + 400;

function knownOf(books: Books) {
	const { total, property } = books.bookings.columns;
	const ledger = ledgerOf(books, {
		value: (row) => total.values[row] as number,
		series: (row) => property.values[row] as number,
		seriesCount: 2,
	});
	return { ledger, outcomes: outcomesOf(ledger, books.asOf - 1), holidays: new Int32Array(0) };
}

describe('what the books knew on a day', () => {
	const bookings = fillingBookings(FIRST, AS_OF);

	it('is not touched by what came later', () => {
		const altered: PlainBooking[] = bookings.flatMap((booking) => {
			const { arrives, lead, cancelledAhead } = booking;
			if (arrives - lead > DAY) return arrives % 3 ? [{ ...booking, total: 9_999 }] : [];
			if (arrives <= DAY || (cancelledAhead !== undefined && arrives - cancelledAhead <= DAY))
				return [booking];
			return [{ ...booking, cancelledAhead: cancelledAhead === undefined ? 0 : undefined }];
		});
		expect(altered).not.toEqual(bookings);
		const one = rowsOn(knownOf(booksWith(bookings, AS_OF)), DAY, 60);
		const other = rowsOn(knownOf(booksWith(altered, AS_OF)), DAY, 60);
		expect(other).toEqual(one);
	});

	it('counts a booking from the day it was made to the day before it was cancelled', () => {
		const own: PlainBooking[] = [
			{ arrives: 120, lead: 10, nights: 1, total: 70, property: 0, cancelledAhead: 4 },
			{ arrives: 90, lead: 1, nights: 1, total: 10, property: 1 },
		];
		const { ledger } = knownOf(booksWith(own, 130));
		const value = (day: number) => snapshotOn(ledger, day, 20).value[120 - day];
		expect([109, 110, 115, 116].map(value)).toEqual([0, 70, 70, 0]);
	});

	it('takes a no-show for a guest until the day of arrival', () => {
		const books = booksWith([{ arrives: 120, lead: 10, nights: 1, total: 70, property: 0 }], 130);
		const noShow = books.bookings.columns.status.names.indexOf('no-show');
		books.bookings.columns.status.codes[0] = noShow;
		const { ledger, outcomes } = knownOf(books);
		expect(snapshotOn(ledger, 119, 5).value[1]).toBe(70);
		expect(outcomes.values.reduce((sum, value) => sum + value, 0)).toBe(0);
	});

	it('recovers how bookings are kept and how they still come', () => {
		const { ledger, outcomes } = knownOf(booksWith(bookings, AS_OF));
		const reach = 70;
		const curves = curvesOn(ledger, outcomes, DAY, reach);
		const kept = curves.kept[20] as number;
		expect(kept).toBeGreaterThan(1 - 1 / CANCELLED_ONE_IN - 0.03);
		expect(kept).toBeLessThan(1 - 1 / CANCELLED_ONE_IN + 0.03);
		const days = [DAY - 120, DAY - 60, DAY].map((day) => curvesOn(ledger, outcomes, day, reach));
		const pickup = (ahead: number) =>
			days.reduce(
				(sum, one) =>
					sum + (one.pickup[ahead] as number) + (one.pickup[reach + 1 + ahead] as number),
				0,
			);
		for (const ahead of [10, 30, 50])
			expect(pickup(ahead) / pickup(reach)).toBeCloseTo(ahead / (LONGEST_LEAD + 1), 1);
	});
});
