import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCatalogue, encodeCatalogue } from '$workers/data/catalogue-file';
import { FaultError } from '$workers/data/fault';
import { numbers, texts } from '$workers/table/column';
import type { Catalogue, HomeColumns } from '$workers/table/homes';
import { csv, importText, listings } from '../support/csv';

const { catalogue } = await importText(csv(listings(20, (i) => ({ name: `Café ${i} 公寓 🏠` }))));

const changed = (columns: Partial<HomeColumns>): Catalogue => ({
	...catalogue,
	homes: { ...catalogue.homes, columns: { ...catalogue.homes.columns, ...columns } },
});
const spoilt = (name: 'price' | 'latitude' | 'longitude', value: number): Catalogue => {
	const values = Float64Array.from(catalogue.homes.columns[name].values);
	values[3] = value;
	return changed({ [name]: numbers(values) });
};

function faultName(buffer: ArrayBuffer): string {
	try {
		decodeCatalogue(buffer);
		return 'none';
	} catch (error) {
		return error instanceof FaultError ? error.fault.name : `not a fault: ${String(error)}`;
	}
}

describe('the catalogue’s file', () => {
	test('gives back what went in, and the same bytes for the same homes', () => {
		const buffer = encodeCatalogue(catalogue);
		expect(decodeCatalogue(buffer)).toEqual(catalogue);
		expect(encodeCatalogue(decodeCatalogue(buffer))).toEqual(buffer);
	});

	test('keeps a date that is not known', () => {
		const unknown = { ...catalogue, facts: { ...catalogue.facts, asOf: Number.NaN } };
		expect(decodeCatalogue(encodeCatalogue(unknown)).facts.asOf).toBeNaN();
	});

	test.each([
		['no price', spoilt('price', Number.NaN)],
		['a price of nothing', spoilt('price', 0)],
		['a place beyond the pole', spoilt('latitude', 90.5)],
		['no longitude', spoilt('longitude', Number.NaN)],
		['an infinite number', changed({ beds: numbers(new Float32Array(20).fill(Infinity)) })],
		['a column of another type', changed({ host: numbers(new Float64Array(20)) })],
		['a column of another kind', changed({ guests: texts(Array(20).fill('2')) as never })],
		['a key twice', changed({ key: texts(Array(20).fill('airbnb:1')) })],
		['no currency', { ...catalogue, facts: { ...catalogue.facts, currency: '' } }],
	])('with %s is damaged', (_, bad) => {
		expect(() => decodeCatalogue(encodeCatalogue(bad))).toThrow(FaultError);
	});

	test('that is empty, a page or cut off is damaged', () => {
		const page = new TextEncoder().encode('<!doctype html><title>Doorstep</title>').buffer;
		const whole = encodeCatalogue(catalogue);
		for (const buffer of [new ArrayBuffer(0), page, whole.slice(0, -9), whole.slice(9)])
			expect(faultName(buffer)).toBe('CatalogueDamaged');
	});

	test('with any bytes changed gives a sound catalogue or the fault', () => {
		const whole = new Uint8Array(encodeCatalogue(catalogue));
		const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
		fc.assert(
			fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
				const copy = whole.slice();
				for (const [at, byte] of changes) copy[at] = byte;
				expect(['none', 'CatalogueDamaged']).toContain(faultName(copy.buffer));
			}),
			{ numRuns: 1500, seed: 7 },
		);
	});
});
