import { expect, test } from 'vitest';
import type { HomeFilter } from '$lib/contracts';
import { homeHref, keyFromHash, searchFromHash, searchHash } from '$lib/ui/words/address';

const FILTER: HomeFilter = { priceTo: 120, bedroomsFrom: 2, amenities: ['Wifi', 'a & b=c'] };

test('a search comes back from its address as it was', () => {
	expect(searchFromHash(searchHash(FILTER, 'price-up'))).toEqual({
		filter: FILTER,
		order: 'price-up',
	});
});

test('words that were typed never stand in an address', () => {
	expect(searchHash({ ...FILTER, text: 'quiet' }, 'fit')).toBe(searchHash(FILTER, 'fit'));
	expect(searchFromHash('#text="quiet"')).toEqual({ filter: {}, order: 'fit' });
});

test('parts of an address that can’t be read are left out', () => {
	expect(searchFromHash('#priceTo=much&roomTypes=[1]&order="upwards"')).toEqual({
		filter: {},
		order: 'fit',
	});
});

test('the key of a home comes back from its address as it was', () => {
	const address = homeHref({ key: 'airbnb:1 #?%é' });
	expect(keyFromHash(new URL(address, 'http://localhost').hash)).toBe('airbnb:1 #?%é');
});
