import { describe, expect, test } from 'vitest';
import { amenityName, readAmenities } from '$workers/data/importers/amenities';
import {
	bedroomsInTitle,
	readBathrooms,
	readNumber,
	readTitle,
} from '$workers/data/importers/cells';
import { civilDay, parseCivilDay } from '$workers/table/civil';
import { parseMoney } from '$workers/table/money';

describe('civil dates', () => {
	test('count days from 1970-01-01', () => {
		expect(parseCivilDay('1970-01-01')).toBe(0);
		expect(parseCivilDay('1969-12-31')).toBe(-1);
		expect(parseCivilDay('2024-02-29')).toBe(Date.UTC(2024, 1, 29) / 86_400_000);
	});

	test('agree with UTC on every day of two hundred years', () => {
		const first = civilDay(1900, 1, 1);
		for (let day = first; day < first + 73_000; day += 13)
			expect(parseCivilDay(new Date(day * 86_400_000).toISOString().slice(0, 10))).toBe(day);
	});

	test.each(['2025-02-30', '2023-02-29', '2025-13-01', '2025-00-10', '0001-01-01', '9999-12-31'])(
		'%s is no day',
		(text) => expect(parseCivilDay(text)).toBeNaN(),
	);

	test.each(['01/02/2025', '45658', '1735689600000', '', 'today'])(
		'%s is no date that we guess at',
		(text) => expect(parseCivilDay(text)).toBeNaN(),
	);
});

describe('money', () => {
	test.each([
		['$1,234.00', 1234, '', '$'],
		['1.234,00 €', 1234, 'EUR', '€'],
		['SGD 120', 120, 'SGD', 'SGD'],
		['1 234,50', 1234.5, '', ''],
		['1\u202f234,50 €', 1234.5, 'EUR', '€'],
		["1'234.50 CHF", 1234.5, 'CHF', 'CHF'],
		['$1,234', 1234, '', '$'],
		['1.234 €', 1234, 'EUR', '€'],
		['70.125', 70.125, '', ''],
		['1,234,567.8', 1234567.8, '', ''],
		['-$5.00', -5, '', '$'],
		['$-5', -5, '', '$'],
		['US$70', 70, 'USD', 'US$'],
		['£0.50', 0.5, 'GBP', '£'],
		['0', 0, '', ''],
	])('%s is read', (text, amount, currency, sign) => {
		expect(parseMoney(text)).toEqual({ amount, currency, sign });
	});

	test.each([
		'NaN',
		'Infinity',
		'1e999',
		'1e-400',
		'free',
		'',
		'1.2.3',
		'12,34,56',
		'5 to 7',
		'$',
		'0x10',
	])('%s is no amount', (text) => expect(parseMoney(text)).toBeNull());
});

describe('cells', () => {
	test('numbers are plain decimals, with a point or a comma', () => {
		expect([' 4.56 ', '42,365', '-71.06', '100%'].map(readNumber)).toEqual([
			4.56, 42.365, -71.06, 100,
		]);
		expect(['', 'N/A'].map(readNumber)).toEqual([NaN, NaN]);
		expect(['1e999', 'Infinity', '0x10', 'two', '1.2.3'].map(readNumber)).toEqual(
			Array(5).fill(null),
		);
	});

	test('bathrooms and bedrooms are read from words', () => {
		expect(['1.5 shared baths', 'Half-bath', 'Shared half-bath', ''].map(readBathrooms)).toEqual([
			1.5,
			0.5,
			0.5,
			NaN,
		]);
		expect(
			['Home · 2 bedrooms · 3 beds', 'Sunny studio', 'Large 3BR', 'By the 2nd bridge'].map(
				bedroomsInTitle,
			),
		).toEqual([2, 0, 3, NaN]);
	});

	test('titles lose what cannot be seen and keep what looks like markup as text', () => {
		expect(readTitle(' A\u202Eb\u200B \n c <img src=x> ')).toBe('Ab c <img src=x>');
		expect(readTitle('x'.repeat(300))).toHaveLength(200);
	});

	test('spellings of an amenity fold into one name', () => {
		const spellings = ['43 inch HDTV with Netflix', 'TV with standard cable', 'HDTV'];
		expect(new Set(spellings.map(amenityName))).toEqual(new Set(['TV']));
		expect(amenityName('Dove  body soap')).toBe('Body soap');
		expect(amenityName('Free driveway parking on premises – 2 spaces')).toBe(
			'Free parking on premises',
		);
		expect(amenityName('Dryer –\u00A0In unit')).toBe('Dryer');
		expect(amenityName('Hair dryer')).toBe('Hair dryer');
		expect(amenityName('Coffee maker: Nespresso')).toBe('Coffee maker');
		expect(amenityName('Pack ’n play/Travel crib - always at the listing')).toBe('Travel crib');
		expect(amenityName('Air conditioning')).toBe('Air conditioning');
		expect(amenityName('Sea view')).toBe('Sea view');
	});

	test('amenities come as JSON or in the older form; anything else is none', () => {
		expect(readAmenities('["Wifi", 3, "TV"]')).toEqual(['Wifi', 'TV']);
		expect(readAmenities('{Wifi,"Hot tub"}')).toEqual(['Wifi', 'Hot tub']);
		expect(readAmenities('[not json')).toEqual([]);
		expect(readAmenities('')).toEqual([]);
	});
});
