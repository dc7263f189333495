import { describe, expect, it } from 'vitest';
import { hashText } from '$workers/math/random';
import { itemsAt, nameAt } from '$workers/table/column';
import { encodeTable } from '$workers/table/encode';
import { type HomeTable, values } from '$workers/table/homes';
import { sampleTown } from '$workers/sample/homes';
import { nightlyPrice } from '$workers/sample/prices';
import { NEIGHBOURHOODS } from '$workers/sample/town';

const { homes, facts } = sampleTown({ seed: 7 });
const rows = Array.from({ length: homes.count }, (_, row) => row);
const read = (name: Parameters<typeof values>[1], row: number) =>
	values(homes, name)[row] as number;
const has = (row: number, amenity: string) =>
	itemsAt(homes.columns.amenities, row).includes(homes.columns.amenities.names.indexOf(amenity));
const kind = (row: number) => nameAt(homes.columns.property_type, row);
const title = (row: number) => homes.columns.title.values[row] as string;
const mean = (numbers: readonly number[]) =>
	numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const bytesOf = (table: HomeTable) =>
	hashText(new TextDecoder('latin1').decode(encodeTable(table)));

describe('the homes of the sample town', () => {
	it('are 2,000, labelled as sample, in dollars a month', () => {
		expect(homes.count).toBe(2000);
		expect(facts).toMatchObject({ sample: true, currency: 'USD', period: 'month' });
	});

	it('are the same bytes for the same seed, and others for another', () => {
		expect(bytesOf(sampleTown({ seed: 7 }).homes)).toBe(bytesOf(homes));
		expect(bytesOf(sampleTown({ seed: 8 }).homes)).not.toBe(bytesOf(homes));
	});

	it('are as many as asked for, with keys of their own', () => {
		const many = sampleTown({ seed: 1, homes: 50_000 }).homes;
		expect(many.count).toBe(50_000);
		expect(new Set(many.columns.key.values).size).toBe(50_000);
		expect(sampleTown({ seed: 1, homes: 0 }).homes.count).toBe(0);
	});

	it('have whole, possible attributes', () => {
		const possible = (row: number) => {
			const rating = read('rating', row);
			const rated = !Number.isNaN(rating);
			return (
				read('price', row) > 300 &&
				read('guests', row) >= 1 &&
				read('beds', row) >= 1 &&
				read('bathrooms', row) >= 1 &&
				read('listed_on', row) <= facts.asOf &&
				rated === read('reviews', row) >= 3 &&
				(!rated || (rating >= 1 && rating <= 5))
			);
		};
		expect(rows.filter((row) => !possible(row))).toEqual([]);
	});

	it('stand in every neighbourhood, each within some kilometres of its centre', () => {
		for (const [code, { name }] of NEIGHBOURHOODS.entries()) {
			const own = rows.filter((row) => homes.columns.neighbourhood.codes[row] === code);
			expect(own.length, name).toBeGreaterThan(40);
			const latitudes = own.map((row) => read('latitude', row));
			const centre = mean(latitudes);
			expect(Math.max(...latitudes.map((latitude) => Math.abs(latitude - centre)))).toBeLessThan(
				0.04,
			);
		}
	});

	it('are of six kinds, and have hosts of 1 to 30 homes, numbered as they appear', () => {
		expect(new Set(rows.map(kind)).size).toBe(6);
		const counts = new Map<number, number>();
		let next = 0;
		for (const row of rows) {
			const host = read('host', row);
			expect(host).toBeLessThanOrEqual(next);
			if (host === next) next++;
			counts.set(host, (counts.get(host) ?? 0) + 1);
		}
		expect(Math.max(...counts.values())).toBeLessThanOrEqual(30);
		expect([...counts.values()].filter((count) => count === 1).length).toBeGreaterThan(
			counts.size / 3,
		);
	});

	it('have titles that are true of them', () => {
		for (const row of rows) {
			if (title(row).includes('garden')) expect(has(row, 'Garden')).toBe(true);
			if (title(row).includes('balcony')) expect(has(row, 'Balcony')).toBe(true);
			if (title(row).startsWith('Two-bed')) expect(read('bedrooms', row)).toBe(2);
			if (title(row).startsWith('Studio')) expect(kind(row)).toBe('Studio');
			expect(title(row).startsWith('Room in')).toBe(
				nameAt(homes.columns.room_type, row) === 'Private room',
			);
		}
		expect(new Set(homes.columns.title.values).size).toBeGreaterThan(250);
	});

	it('cost more with more bedrooms, a balcony, and a better address', () => {
		const flats = rows.filter(
			(row) => title(row).includes('flat') && !title(row).startsWith('Room'),
		);
		const averagePrice = (own: readonly number[]) =>
			mean(own.map((row) => Math.log(read('price', row))));
		const ofBedrooms = (bedrooms: number) =>
			averagePrice(flats.filter((row) => read('bedrooms', row) === bedrooms));
		expect(ofBedrooms(2)).toBeGreaterThan(ofBedrooms(1) + 0.1);
		expect(ofBedrooms(3)).toBeGreaterThan(ofBedrooms(2) + 0.1);
		const twoBeds = flats.filter((row) => read('bedrooms', row) === 2);
		const inPlace = (name: string) =>
			averagePrice(twoBeds.filter((row) => nameAt(homes.columns.neighbourhood, row) === name));
		expect(inPlace('Tern Harbour')).toBeGreaterThan(inPlace('Ferrygate') + 0.1);
		const withBalcony = (wanted: boolean) =>
			averagePrice(twoBeds.filter((row) => has(row, 'Balcony') === wanted));
		expect(withBalcony(true)).toBeGreaterThan(withBalcony(false));
	});

	it('are rated by what they are worth: dearer than their like, better rated', () => {
		const flats = rows.filter(
			(row) => kind(row) === 'Flat' && read('bedrooms', row) === 2 && read('reviews', row) > 20,
		);
		const sorted = flats.toSorted((a, b) => read('price', a) - read('price', b));
		const third = Math.floor(sorted.length / 3);
		const rating = (own: readonly number[]) => mean(own.map((row) => read('rating', row)));
		expect(rating(sorted.slice(-third))).toBeGreaterThan(rating(sorted.slice(0, third)));
	});

	it('bring a month of rent in some twelve nights', () => {
		expect(nightlyPrice(1740)).toBe(142);
	});
});
