import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HomeFilter, HomeOrder } from '$lib/contracts';
import { buildSearch } from '$workers/search';
import { isWithinTypos } from '$workers/search/typos';
import { itemsAt, nameAt } from '$workers/table/column';
import type { HomeTable } from '$workers/table/homes';
import { type Listing, csv, importText, listing, listings } from '../support/csv';

const summary = { currency: 'EUR', period: 'night' } as const;

/** Homes are numbered from 10, so that no row passes for a number. */
async function searchOver(rows: readonly Listing[]) {
	const { homes } = (await importText(csv(rows))).catalogue;
	const properties = Uint32Array.from({ length: homes.count }, (_, row) => row + 10);
	return { homes, properties, search: buildSearch({ homes, properties, summary }) };
}

const rows = [
	{ name: 'Café loft with view', neighbourhood_cleansed: 'Millbrook', price: '$90', bedrooms: '0' },
	{
		name: 'House by the mill',
		neighbourhood_cleansed: 'Old Harbour',
		price: '$200',
		bedrooms: '3',
	},
	{
		name: 'Garden room',
		neighbourhood_cleansed: 'Millbrook',
		price: '$60',
		room_type: 'Private room',
	},
	{
		name: 'Large family flat',
		neighbourhood_cleansed: 'São Pedro',
		price: '$150',
		accommodates: '6',
	},
	{
		name: 'Attic',
		neighbourhood_cleansed: 'Old Harbour',
		price: '$60',
		amenities: '["Wifi", "Hot tub"]',
	},
].map((change, i) => listing({ id: String(i + 1), ...change }));
const { search } = await searchOver(rows);

const found = (filter: HomeFilter, order: HomeOrder = 'fit') =>
	Array.from(search.search(filter, order).properties);

describe('filters', () => {
	test('none lets all through, in catalogue order', () => {
		expect(found({})).toEqual([10, 11, 12, 13, 14]);
		expect(found({ roomTypes: [], amenities: [], text: ' ' })).toEqual([10, 11, 12, 13, 14]);
	});

	test.each([
		[{ priceFrom: 90, priceTo: 150 }, [10, 13]],
		[{ roomTypes: ['Private room'] }, [12]],
		[{ bedroomsFrom: 2 }, [11]],
		[{ guestsFrom: 3 }, [13]],
		[{ amenities: ['Wifi', 'Hot tub'] }, [14]],
		[{ amenities: ['Moat'] }, []],
		[{ neighbourhoods: ['Millbrook', 'São Pedro'] }, [10, 12, 13]],
		[{ only: [14, 10, 99] }, [10, 14]],
		[{ only: [] }, []],
		[{ neighbourhoods: ['Millbrook'], priceTo: 80 }, [12]],
	])('%o', (filter, expected) => expect(found(filter)).toEqual(expected));
});

describe('orders', () => {
	test('by price, equal prices in catalogue order', () => {
		expect(found({}, 'price-up')).toEqual([12, 14, 10, 13, 11]);
		expect(found({}, 'price-down')).toEqual([11, 13, 10, 12, 14]);
	});

	test('by rating, then by how many gave it, unknown last; by date, unknown last', async () => {
		const told = [
			{ review_scores_rating: '', first_review: '' },
			{ review_scores_rating: '4.8', number_of_reviews: '3', first_review: '2023-01-01' },
			{ review_scores_rating: '4.8', number_of_reviews: '9', first_review: '2024-01-01' },
			{ review_scores_rating: '4.9', number_of_reviews: '1', first_review: '2022-01-01' },
		];
		const rated = (await searchOver(listings(4, (i) => told[i] ?? {}))).search;
		expect(Array.from(rated.search({}, 'rating').properties)).toEqual([13, 12, 11, 10]);
		expect(Array.from(rated.search({}, 'newest').properties)).toEqual([12, 11, 13, 10]);
	});
});

describe('words', () => {
	test.each([
		['cafe', [10]],
		['CAFÉ', [10]],
		['sao ped', [13]],
		['hot tub', [14]],
		['studio in millbrook', [10]],
		['milbrook', [10, 12]],
		['harbuor', [11, 14]],
		['apartment with wifi in old harbour', [11, 14]],
		['zzzzzzzz', []],
	])('%s', (text, expected) => expect(found({ text })).toEqual(expected));

	test('found in titles and neighbourhoods come before those in beginnings of words', () => {
		expect(found({ text: 'mill' }, 'relevance')).toEqual([11, 10, 12]);
	});

	test('of which no home has all find those with most of them', () => {
		expect(found({ text: 'attic garden wifi' })).toEqual([12, 14]);
	});

	test('differ by a typing error when a letter is added, left out, changed or swapped', () => {
		expect(
			['garde', 'gardenn', 'gardin', 'gadren'].every((word) => isWithinTypos(word, 'garden', 1)),
		).toBe(true);
		expect(['gard', 'gradne', 'harden s'].some((word) => isWithinTypos(word, 'garden', 1))).toBe(
			false,
		);
	});
});

describe('facets', () => {
	test('leave out their own filter and keep the others', () => {
		const { facets } = search.search(
			{ neighbourhoods: ['Millbrook'], roomTypes: ['Private room'] },
			'fit',
		);
		expect(facets.neighbourhoods).toEqual([{ name: 'Millbrook', count: 1 }]);
		expect(facets.roomTypes).toEqual([
			{ name: 'Entire home/apt', count: 1 },
			{ name: 'Private room', count: 1 },
		]);
		expect(facets.prices.counts.reduce((sum, count) => sum + count, 0)).toBe(1);
	});

	test('show what is chosen even where nothing is left', () => {
		const { facets } = search.search({ amenities: ['Hot tub'], priceFrom: 1000 }, 'fit');
		expect(facets.amenities).toEqual([{ name: 'Hot tub', count: 0 }]);
	});

	test('of prices count every home in one bin, the dearest in the last', () => {
		const { prices } = search.search({ priceTo: 70 }, 'fit').facets;
		expect(prices.counts.reduce((sum, count) => sum + count, 0)).toBe(5);
		expect(prices.from).toBe(60);
		expect(prices.counts[0]).toBe(2);
		expect(prices.counts.at(-1)).toBeGreaterThan(0);
	});
});

describe('a home', () => {
	test('is told by number and by key', () => {
		const home = search.home(11);
		expect(home).toMatchObject({
			property: 11,
			key: 'airbnb:2',
			title: 'House by the mill',
			price: { amount: 200, currency: 'EUR', period: 'night' },
			rating: 4.5,
			hostHomes: 5,
			amenities: ['Wifi', 'Kitchen'],
		});
		expect(search.byKey('airbnb:2')).toEqual(home);
		expect([search.home(1), search.byKey('airbnb:99'), search.byKey('__proto__')]).toEqual([
			null,
			null,
			null,
		]);
	});

	test('is drawn from its attributes', async () => {
		const kinds = [
			{ property_type: 'Entire townhouse', amenities: '["Elevator", "Patio or balcony"]' },
			{ property_type: 'Private room in home', amenities: '["Backyard", "Beach access"]' },
			{ property_type: 'Entire loft', name: 'Loft on the 4th floor, downtown' },
			{ property_type: 'Tiny home' },
			{ property_type: 'Entire rental unit', bedrooms: '0' },
			{ property_type: 'Entire condo' },
		];
		const drawn = (await searchOver(listings(6, (i) => kinds[i] ?? {}))).search;
		const drawings = kinds.map((_, i) => drawn.home(i + 10)?.drawing);
		expect(drawings.map((drawing) => drawing?.type)).toEqual([
			'terraced',
			'detached',
			'loft',
			'cabin',
			'studio',
			'flat',
		]);
		expect(drawings[0]).toMatchObject({ lift: true, balcony: true, garden: false });
		expect(drawings[1]).toMatchObject({ garden: true, waterfront: true, setting: 'coast' });
		expect(drawings[2]).toMatchObject({ floor: 3, setting: 'downtown' });
	});

	test('stands on the map where it is, in points that can be given away', () => {
		const points = search.mapPoints();
		expect(Array.from(points.properties)).toEqual([10, 11, 12, 13, 14]);
		expect(points.latitudes[0]).toBe(50.1);
		expect(points.names[points.neighbourhoods[3] ?? 0]).toBe('São Pedro');
		structuredClone(points, { transfer: [points.latitudes.buffer, points.properties.buffer] });
		expect(search.mapPoints().latitudes[0]).toBe(50.1);
	});
});

describe('a price among others', () => {
	test('is compared in its neighbourhood when there are twelve like it', async () => {
		const { search: town } = await searchOver(listings(14, (i) => ({ price: `$${(i + 1) * 10}` })));
		expect(town.priceContext(10)).toEqual({
			likes: 13,
			lowest: 20,
			quarter: 50,
			threeQuarters: 110,
			highest: 140,
			sameNeighbourhood: true,
			sameBedrooms: true,
			roomType: 'Entire home/apt',
		});
	});

	test('is compared more widely when there are fewer, and not at all when it is alone', async () => {
		const { search: town } = await searchOver(
			listings(20, (i) => ({
				neighbourhood_cleansed: i < 5 ? 'A' : 'B',
				room_type: i === 19 ? 'Shared room' : 'Private room',
			})),
		);
		expect(town.priceContext(10)).toMatchObject({
			likes: 18,
			sameNeighbourhood: false,
			sameBedrooms: true,
		});
		expect(town.priceContext(29)).toBeNull();
		expect(town.priceContext(1)).toBeNull();
	});
});

describe('a search agrees with looking at every home', () => {
	const choices = {
		room_type: ['Entire home/apt', 'Private room', 'Shared room'],
		neighbourhood_cleansed: ['A', 'B', 'C', 'D'],
		amenities: ['[]', '["Wifi"]', '["Wifi","TV"]', '["TV","Pool"]'],
	};
	const pick = (from: readonly string[], i: number) => from[i % from.length] ?? '';

	test('whatever the filter', async () => {
		const town = await searchOver(
			listings(240, (i) => ({
				room_type: pick(choices.room_type, i * 7),
				neighbourhood_cleansed: pick(choices.neighbourhood_cleansed, i >> 1),
				amenities: pick(choices.amenities, i >> 3),
				price: `$${20 + ((i * 37) % 400)}`,
				bedrooms: i % 9 ? String(i % 5) : '',
				accommodates: String(1 + (i % 6)),
			})),
		);
		const some = (names: readonly string[]) => fc.subarray([...names]);
		const filters: fc.Arbitrary<HomeFilter> = fc.record(
			{
				priceFrom: fc.nat(400),
				priceTo: fc.nat(400),
				roomTypes: some(choices.room_type),
				bedroomsFrom: fc.nat(5),
				guestsFrom: fc.nat(7),
				amenities: some(['Wifi', 'TV', 'Pool']),
				neighbourhoods: some(choices.neighbourhood_cleansed),
				only: fc.array(fc.nat(260), { maxLength: 100 }),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(filters, (filter) => {
				const answer = town.search.search(filter, 'fit');
				expect(Array.from(answer.properties)).toEqual(naive(town.homes, filter));
				const others = { ...filter, roomTypes: undefined };
				const all = naive(town.homes, others);
				for (const { name, count } of answer.facets.roomTypes)
					expect(count).toBe(naive(town.homes, { ...others, roomTypes: [name] }).length);
				const counted = answer.facets.roomTypes.reduce((sum, { count }) => sum + count, 0);
				expect(counted).toBe(all.length);
			}),
			{ numRuns: 300, seed: 11 },
		);
	});

	function naive(homes: HomeTable, filter: HomeFilter): number[] {
		const { price, bedrooms, guests, room_type, neighbourhood, amenities } = homes.columns;
		const numbers = Array.from({ length: homes.count }, (_, row) => row + 10);
		return numbers.filter((property) => {
			const row = property - 10;
			const has = [...itemsAt(amenities, row)].map((item) => amenities.names[item]);
			const among = (wanted: readonly string[] | undefined, name: string) =>
				!wanted?.length || wanted.includes(name);
			return (
				(price.values[row] ?? 0) >= (filter.priceFrom ?? 0) &&
				(price.values[row] ?? 0) <= (filter.priceTo ?? Infinity) &&
				(!filter.bedroomsFrom || (bedrooms.values[row] ?? 0) >= filter.bedroomsFrom) &&
				(!filter.guestsFrom || (guests.values[row] ?? 0) >= filter.guestsFrom) &&
				among(filter.roomTypes, nameAt(room_type, row)) &&
				among(filter.neighbourhoods, nameAt(neighbourhood, row)) &&
				(filter.amenities ?? []).every((name) => has.includes(name)) &&
				(!filter.only || filter.only.includes(property))
			);
		});
	}
});
