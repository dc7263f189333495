import { describe, expect, test } from 'vitest';
import type { AreaPortrait } from '$lib/contracts';
import { areaParagraphs, areaSays } from '$lib/ui/words/areas';
import { areaPortraits } from '$workers/search/area-portraits';
import { type Listing, csv, importText, listing } from '../support/csv';

/** Homes of one place: prices 100, 101, ... from `from` on, every `every`th with a sauna. */
function homesOf(
	neighbourhood: string,
	count: number,
	{ every = Number.POSITIVE_INFINITY, from = 100, latitude = '52.50' } = {},
): Listing[] {
	return Array.from({ length: count }, (_, i) =>
		listing({
			id: String(i),
			name: `Home ${i}`,
			neighbourhood_cleansed: neighbourhood,
			price: `$${from + i}`,
			latitude,
			longitude: '13.40',
			amenities: i % every === 0 ? '["Wifi", "Sauna"]' : '["Wifi"]',
		}),
	);
}

async function portraitsOf(...places: Listing[][]): Promise<AreaPortrait[]> {
	const rows = places.flat().map((row, i) => ({ ...row, id: String(i + 1) }));
	return areaPortraits((await importText(csv(rows))).catalogue.homes);
}

const money = { currency: 'USD', period: 'night' } as const;

describe('portraits of places', () => {
	test('tell quartiles, and the price against homes that are alike everywhere', async () => {
		// 41 homes at 100 to 140 and 41 at 200 to 240: the middle of all is 170.
		const [first, second] = await portraitsOf(
			homesOf('Old Harbour', 41),
			homesOf('Millbrook', 41, { from: 200 }),
		);
		expect(first?.neighbourhood).toBe('Millbrook');
		expect(first?.price).toEqual({ quarter: 210, middle: 220, threeQuarters: 230 });
		expect(first?.priceOfAlike).toBeCloseTo(220 / 170);
		expect(second?.priceOfAlike).toBeCloseTo(120 / 170);
	});

	test('leave out places with fewer than 12 homes, and put those with most homes first', async () => {
		const portraits = await portraitsOf(
			homesOf('Small', 11),
			homesOf('Middle', 12),
			homesOf('Large', 30),
		);
		expect(portraits.map(({ homes, neighbourhood }) => [neighbourhood, homes])).toEqual([
			['Large', 30],
			['Middle', 12],
		]);
	});

	test('name what is clearly more frequent in a place, and seldom elsewhere, with both shares', async () => {
		const [here, there] = await portraitsOf(
			homesOf('Baths', 41, { every: 2 }),
			homesOf('Plain', 40, { every: 20 }),
		);
		const shares = { value: 'Sauna', here: 21 / 41, elsewhere: 2 / 40 };
		expect(here?.more).toEqual([shares]);
		expect(here?.fewer).toEqual([]);
		expect(there?.fewer).toEqual([{ value: 'Sauna', here: 2 / 40, elsewhere: 21 / 41 }]);
	});

	test('name nothing that chance brings: every eighth against every tenth of forty', async () => {
		const portraits = await portraitsOf(
			homesOf('One', 40, { every: 8 }),
			homesOf('Other', 40, { every: 10 }),
		);
		expect(portraits.map(({ fewer, more }) => [...fewer, ...more])).toEqual([[], []]);
	});

	test('know the nearest places, nearest first', async () => {
		const portraits = await portraitsOf(
			homesOf('South', 12, { latitude: '52.50' }),
			homesOf('North', 12, { latitude: '52.60' }),
			homesOf('Middle', 12, { latitude: '52.53' }),
		);
		const south = portraits.find(({ neighbourhood }) => neighbourhood === 'South');
		expect(south?.nearest.map(({ neighbourhood }) => neighbourhood)).toEqual(['Middle', 'North']);
		expect(south?.nearest[0]?.away).toBeCloseTo(0.03 * 111_320, -2);
	});
});

describe('the words of a place', () => {
	const portrait: AreaPortrait = {
		neighbourhood: 'Old Harbour',
		homes: 212,
		price: { quarter: 118, middle: 143, threeQuarters: 174 },
		priceOfAlike: 1.12,
		kinds: [{ value: 'Flat', here: 0.64, elsewhere: 0.51 }],
		more: [{ value: 'Waterfront', here: 0.43, elsewhere: 0.12 }],
		fewer: [{ value: 'Garden', here: 0.02, elsewhere: 0.2 }],
		nearest: [
			{ neighbourhood: 'Millbrook', away: 1200 },
			{ neighbourhood: 'Mint Quarter', away: 1900 },
		],
	};

	test('say what was counted, and where', () => {
		expect(areaSays(portrait, money, 'en-US')).toBe('212 homes, half of them $118 to $174 a night');
		expect(areaParagraphs(portrait, money, 'Porto', 'en-US')).toEqual([
			'Half of its 212 homes ask $118 to $174 a night, the middle one $143. Like for like, the same kind of room with as many bedrooms, that is 12% more than in all of Porto.',
			'The listings call themselves “Flat” (64% here, 51% elsewhere) more than anything else.',
			'More often than elsewhere they name waterfront (43% here, 12% elsewhere). More seldom: garden (2% here, 20% elsewhere).',
			'Nearest, from middle to middle: Millbrook (1.2 km) and Mint Quarter (1.9 km).',
		]);
	});

	test('leave out what the catalogue does not tell', () => {
		const unknown = { quarter: Number.NaN, middle: Number.NaN, threeQuarters: Number.NaN };
		const bare = { ...portrait, price: unknown, kinds: [], more: [], fewer: [], nearest: [] };
		expect(areaSays(bare, money)).toBe('212 homes');
		expect(areaParagraphs(bare, money, 'Porto')).toEqual([]);
	});

	test('do not call a price dearer that nobody would find so', () => {
		const [first] = areaParagraphs({ ...portrait, priceOfAlike: 0.98 }, money, 'Porto', 'en-US');
		expect(first).toMatch(/that is about as much as in all of Porto\.$/);
	});
});
