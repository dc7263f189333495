import { describe, expect, test } from 'vitest';
import { hash64, hexOf } from '$workers/data/importers/books/hash64';
import { isPersonal } from '$workers/data/importers/books/personal';
import { plainName } from '$workers/data/importers/books/plain-name';
import { AMBIGUOUS, readDay } from '$workers/data/importers/books/read-day';
import { readInstant } from '$workers/data/importers/books/read-instant';
import {
	NOT_READ,
	readAmount,
	readAnyNumber,
	readNumber,
} from '$workers/data/importers/books/read-number';
import { readStatus } from '$workers/data/importers/books/statuses';
import { BOOKING_STATUSES } from '$workers/table/bookings';

describe('days', () => {
	const FIRST = 20_089;
	test.each([
		'2025-01-01',
		'2025/1/1',
		'2025.01.01',
		'20250101',
		'01.01.2025',
		'1/1/2025',
		'1-1-25',
		'2025-01-01T23:59:59-08:00',
		'2025-01-01 08:00',
		'1 January 2025',
		'1. Januar 2025',
		'1 janvier 2025',
		'1 de enero de 2025',
		'1 gen 2025',
		'1 de janeiro de 2025',
		'Wed, 1 Jan 2025',
		'January 1, 2025',
		'Jan. 1st, 2025',
		'45658',
		'45658.75',
		'1735689600',
		'1735689600000',
	])('%s is the first of 2025', (text) => {
		expect(readDay(text, {})).toBe(FIRST);
	});

	test.each([
		'2025-02-30',
		'31.04.2025',
		'29/02/2025',
		'2025-13-01',
		'0001-01-01',
		'9999-12-31',
		'13/13/2025',
		'1 Foo 2025',
		'soon',
		'12',
		'-1',
		'1e9',
		'2025-01',
		`2025-01-01 ${'x'.repeat(100)}`,
	])('%s is no day', (text) => {
		expect(readDay(text, {})).toBe(NOT_READ);
		expect(readDay(text, { dayFirst: true })).toBe(NOT_READ);
	});

	test('that can be read in two ways are read in neither, until somebody says', () => {
		expect(readDay('03/04/2025', {})).toBe(AMBIGUOUS);
		expect(readDay('03/04/2025', { dayFirst: true })).toBe(20_181);
		expect(readDay('03/04/2025', { dayFirst: false })).toBe(20_151);
		expect(readDay('13/04/2025', {})).toBe(20_191);
		expect(readDay('13/04/2025', { dayFirst: false })).toBe(NOT_READ);
	});

	test('that are missing are not a number', () => {
		for (const text of ['', 'NULL', 'NA', 'N/A', 'null', 'NaN'])
			expect(readDay(text, {})).toBeNaN();
	});
});

describe('instants', () => {
	const NOON = Date.UTC(2025, 2, 30, 12);
	test.each([
		['2025-03-30T12:00:00Z', NOON],
		['2025-03-30T12:00:00', NOON],
		['2025-03-30 14:00 +02:00', NOON],
		['2025-03-30T12:00:00.250Z', NOON + 250],
		['30.03.2025 12:00', NOON],
		['2025-03-30 12:00 PM', NOON],
		['2025-03-30 12:00 AM', NOON - 43_200_000],
		[String(NOON), NOON],
		[String(NOON / 1000), NOON],
		['2025-03-30', NOON - 43_200_000],
		['2025-03-30T25:00:00', NOT_READ],
	])('%s', (text, instant) => {
		expect(readInstant(text, {})).toBe(instant);
	});
});

describe('numbers and amounts', () => {
	test.each([
		['12', 12],
		['-1.5', -1.5],
		['.5', 0.5],
		['15 %', 15],
		['Infinity', NOT_READ],
		['1e3', NOT_READ],
		['0x10', NOT_READ],
		['1,5', NOT_READ],
	])('%s in a field', (text, value) => {
		expect(readNumber(text)).toBe(value);
	});

	test('with a comma before the decimals', () => {
		expect(readNumber('1.234,5', true)).toBe(1234.5);
		expect(readNumber('1,5', true)).toBe(1.5);
		expect(readAmount('1.234', true)).toEqual({ amount: 1234, currency: '' });
		expect(readAmount('1,234', false)).toEqual({ amount: 1234, currency: '' });
		expect(readAmount('1.234 €', false).amount).toBeCloseTo(1.234, 12);
		expect(readAmount('1.234,50 €', true)).toEqual({ amount: 1234.5, currency: 'EUR' });
		expect(readAmount('$1,234.50', false)).toEqual({ amount: 1234.5, currency: '' });
	});

	test.each([
		['245.5 EUR', { amount: 245.5, currency: 'EUR' }],
		['SGD 120', { amount: 120, currency: 'SGD' }],
		['-6.38', { amount: -6.38, currency: '' }],
		['12 to 15', { amount: NOT_READ, currency: '' }],
		['', { amount: Number.NaN, currency: '' }],
	])('%s as an amount', (text, amount) => {
		expect(readAmount(text)).toEqual(amount);
	});

	test('of a column keep their value or are no numbers', () => {
		expect(readAnyNumber('1e3')).toBe(1000);
		expect(readAnyNumber('007')).toBe(7);
		expect(readAnyNumber('9007199254740991')).toBe(9007199254740991);
		for (const text of ['9007199254740993', '1e999', '1e-400', 'Infinity', '1_000'])
			expect(readAnyNumber(text)).toBe(NOT_READ);
	});
});

test.each([
	['Past guest', 'checked out'],
	['Check-Out', 'checked out'],
	['Abgereist', 'checked out'],
	['Ancien voyageur', 'checked out'],
	['Canceled by guest', 'cancelled'],
	['cancelled_by_hotel', 'cancelled'],
	['Annulée par le voyageur', 'cancelled'],
	['Storniert', 'cancelled'],
	['no_show', 'no-show'],
	['No-Show', 'no-show'],
	['ok', 'confirmed'],
	['Confirmed', 'confirmed'],
	['Currently hosting', 'confirmed'],
])('the status “%s” is %s', (text, status) => {
	expect(BOOKING_STATUSES[readStatus(text)]).toBe(status);
});

describe('columns that name or describe a person', () => {
	test.each([
		'Guest name',
		'Guest Name(s)',
		'guestName',
		'Booked by',
		'Contact',
		'Phone number',
		'E-Mail',
		'email_address',
		'Address',
		'Remarks',
		'comments',
		'Vorname',
		'Nom',
		'host_name',
		'reviewer_name',
		'date_of_birth',
		'special requests',
		'host_picture_url',
	])('%s', (name) => {
		expect(isPersonal(name)).toBe(true);
	});

	test.each([
		'Listing',
		'name',
		'adults',
		'guests',
		'guest_id',
		'country',
		'total_of_special_requests',
		'customer_type',
		'Booked',
		'Booked on',
		'Unit type',
	])('not %s', (name) => {
		expect(isPersonal(name)).toBe(false);
	});

	test('or hold addresses and telephone numbers, whatever they are called', () => {
		expect(isPersonal('reference', ['ann@example.org'])).toBe(true);
		expect(isPersonal('reference', ['+49 30 1234567'])).toBe(true);
		expect(isPersonal('reference', ['2025-01-01', '4000000001'])).toBe(false);
	});
});

test('names of columns are compared without case, accents and signs', () => {
	expect(plainName('Date d’arrivée')).toBe('date d arrivee');
	expect(plainName('# of adults')).toBe('number of adults');
	expect(plainName('arrivalDate')).toBe('arrival date');
	expect(plainName(' Commission %')).toBe('commission');
});

test('hashes of 100,000 like texts are all different, and the same each time', () => {
	const seen = new Set(Array.from({ length: 100_000 }, (_, i) => hexOf(hash64(`other:B${i}`))));
	expect(seen.size).toBe(100_000);
	expect(hexOf(hash64('other:B1'))).toBe(hexOf(hash64('other:B1')));
	expect(hexOf(hash64(''))).toMatch(/^[0-9a-f]{16}$/);
});
