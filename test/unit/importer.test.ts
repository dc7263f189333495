import { describe, expect, test } from 'vitest';
import { nameAt } from '$workers/table/column';
import { parseCivilDay } from '$workers/table/civil';
import { importListings } from '$workers/data/importers';
import { asFile, csv, gzipped, importText, listing, listings, quietRun } from '../support/csv';

describe('a good file', () => {
	test('becomes columns; host names and links are not among them', async () => {
		const { catalogue, report } = await importText(csv([listing()]));
		const { columns, count } = catalogue.homes;
		expect(count).toBe(1);
		expect(columns.key.values).toEqual(['airbnb:1']);
		expect(columns.title.values).toEqual(['Quiet rooms by the mill']);
		expect(nameAt(columns.neighbourhood, 0)).toBe('Millbrook');
		expect(columns.price.values).toEqual(Float64Array.of(100));
		expect(columns.bathrooms.values).toEqual(Float32Array.of(1));
		expect(columns.amenities.names).toEqual(['Wifi', 'Kitchen']);
		expect(columns.listed_on.values).toEqual(Float64Array.of(parseCivilDay('2024-02-29')));
		expect(catalogue.facts).toEqual({
			place: '',
			currency: 'USD',
			period: 'night',
			asOf: parseCivilDay('2024-06-22'),
			sample: false,
		});
		expect(JSON.stringify([columns, report])).not.toContain('Nobody');
		expect(report).toMatchObject({ rowsRead: 1, rowsKept: 1, refused: [], currencyAssumed: true });
		expect(report.columnsKept).not.toContain('host_name');
		expect(report.columnsIgnored).toBe(1);
	});

	test('reads the same packed, with a byte order mark, and with other ends of line', async () => {
		const rows = listings(5, (i) => ({ name: `Home, "number" ${i}` }));
		const { catalogue: plain } = await importText(csv(rows));
		const mixed = csv(rows)
			.replace(/\n/g, () => '\r\n')
			.replace('\r\n', '\r');
		const variants = [
			gzipped(csv(rows)),
			`\uFEFF${csv(rows)}`,
			csv(rows, { end: '\r\n' }),
			csv(rows, { end: '\r' }),
			mixed,
			csv(rows, { delimiter: ';' }),
			csv(rows, { delimiter: '\t' }),
			csv(rows).trimEnd(),
			`\n\n${csv(rows)}\n\n`,
		];
		for (const variant of variants) expect((await importText(variant)).catalogue).toEqual(plain);
	});

	test('reads a packed file of two parts whole, or refuses it whole', async () => {
		const text = csv(listings(40));
		const half = text.indexOf('\n', text.length / 2) + 1;
		const parts = [gzipped(text.slice(0, half)), gzipped(text.slice(half))];
		const file = asFile(new Uint8Array(Buffer.concat(parts)));
		const outcome = await importListings(file, {}, quietRun).then(
			({ report }) => report.rowsKept,
			(error: Error) => error.name,
		);
		expect([40, 'FileUnreadable']).toContain(outcome);
	});

	test('has batches that end anywhere', async () => {
		const rows = listings(3000, (i) => ({ name: `Æther, "${i}"\r\nroom ${'é'.repeat(i % 90)}` }));
		const { catalogue, report } = await importText(csv(rows, { end: '\r\n' }));
		expect(report.rowsKept).toBe(3000);
		expect(catalogue.homes.columns.title.values[2999]).toBe(`Æther, "2999" room ${'é'.repeat(29)}`);
	});

	test('keeps ids that numbers would alter apart', async () => {
		const ids = ['9007199254740993', '9007199254740992', '7.2E+17'];
		const { catalogue } = await importText(csv(ids.map((id) => listing({ id }))));
		expect(catalogue.homes.columns.key.values).toEqual(ids.map((id) => `airbnb:${id}`));
	});

	test('numbers hosts in order of appearance', async () => {
		const rows = ['9', '4', '9', ''].map((host_id, i) => listing({ id: String(i), host_id }));
		const { catalogue } = await importText(csv(rows));
		expect(catalogue.homes.columns.host.values).toEqual(Uint32Array.of(0, 1, 0, 2));
	});

	test('may be the short file of visualisations', async () => {
		const columns = [
			'id',
			'name',
			'host_id',
			'neighbourhood',
			'latitude',
			'longitude',
			'room_type',
			'price',
		];
		const text = csv([{ ...listing({ price: '120' }), neighbourhood: 'Old Town' }], { columns });
		const { catalogue } = await importText(text);
		expect(nameAt(catalogue.homes.columns.neighbourhood, 0)).toBe('Old Town');
		expect(nameAt(catalogue.homes.columns.property_type, 0)).toBe('Entire home/apt');
		expect(catalogue.homes.columns.guests.values[0]).toBeNaN();
	});

	test('keeps amenities of at least one home in a hundred', async () => {
		const rows = listings(300, (i) => ({
			amenities: JSON.stringify(['Wifi', ...(i < 3 ? ['Piano'] : []), ...(i < 2 ? ['Harp'] : [])]),
		}));
		const { catalogue } = await importText(csv(rows));
		expect(catalogue.homes.columns.amenities.names).toEqual(['Wifi', 'Piano']);
	});

	test('names its place by its area column, or by what its titles say', async () => {
		const areas = listings(3, () => ({ neighbourhood: 'Doorville, Anywhere, Noland' }));
		expect((await importText(csv(areas))).catalogue.facts.place).toBe('Doorville');
		const titles = listings(3, () => ({ name: 'Home in Doorville · ★4.5 · 1 bedroom' }));
		expect((await importText(csv(titles))).catalogue.facts.place).toBe('Doorville');
	});

	test('says its currency, is told it, or has it assumed', async () => {
		const facts = async (price: string, currency?: string) => {
			const { catalogue, report } = await importText(csv([listing({ price })]), { currency });
			return [catalogue.facts.currency, report.currencyAssumed];
		};
		expect(await facts('1.234,00 €')).toEqual(['EUR', false]);
		expect(await facts('SGD 120')).toEqual(['SGD', false]);
		expect(await facts('$120.00', 'sgd')).toEqual(['SGD', false]);
		expect(await facts('$120.00')).toEqual(['USD', true]);
	});
});

describe('a row that is no home', () => {
	test.each([
		['NoPrice', 'price', { price: '' }],
		['NoPrice', 'price', { price: '$0.00' }],
		['OutOfRange', 'price', { price: '-$5' }],
		['NotANumber', 'price', { price: 'NaN' }],
		['NotANumber', 'price', { price: '1e999' }],
		['NoPlace', 'latitude', { latitude: '' }],
		['NoPlace', 'longitude', { longitude: '181' }],
		['NoPlace', 'latitude', { latitude: '0', longitude: '0' }],
		['NotANumber', 'latitude', { latitude: 'north' }],
		['NoId', 'id', { id: ' ' }],
		['Repeated', 'id', { id: '1' }],
		['OutOfRange', 'minimum_nights', { minimum_nights: '0' }],
		['OutOfRange', 'accommodates', { accommodates: '-2' }],
		['NotANumber', 'beds', { beds: 'some' }],
		['FieldTooLong', 'amenities', { amenities: 'x'.repeat(65_537) }],
	] as const)('%s in %s is refused with row and column', async (reason, column, change) => {
		const rows = [listing(), listing({ id: '2', ...change }), listing({ id: '3' })];
		const { report, catalogue } = await importText(csv(rows));
		expect(report.refused).toEqual([{ reason, column, rows: 1 }]);
		expect(report.examples).toEqual([{ row: 2, column, reason }]);
		expect(catalogue.homes.columns.key.values).toEqual(['airbnb:1', 'airbnb:3']);
	});

	test('has fields too few or too many', async () => {
		const text = `${csv([listing()])}2,short\n${csv([listing({ id: '3' })]).split('\n')[1]},more\n`;
		const { report } = await importText(text);
		expect(report.rowsRead).toBe(3);
		expect(report.examples).toEqual([
			{ row: 2, column: 'name', reason: 'Ragged' },
			{ row: 3, column: '21', reason: 'Ragged' },
		]);
	});

	test('has text after a closing quote', async () => {
		const text = csv(listings(3)).replace('\n2,Quiet rooms by the mill', '\n2,"Quiet" rooms"');
		const { report } = await importText(text);
		expect(report).toMatchObject({ rowsRead: 3, rowsKept: 2 });
		expect(report.refused[0]?.reason).toBe('Ragged');
	});

	test('may be kept without a price when evaluating', async () => {
		const { catalogue } = await importText(csv([listing({ price: '' })]), { keepUnpriced: true });
		expect(catalogue.homes.columns.price.values[0]).toBeNaN();
	});

	test('shows as an example at most twenty times, and counts always', async () => {
		const rows = listings(60, (i) => (i < 50 ? { price: '' } : {}));
		const { report } = await importText(csv(rows));
		expect(report.examples).toHaveLength(20);
		expect(report.refused).toEqual([{ reason: 'NoPrice', column: 'price', rows: 50 }]);
		expect(report.rowsKept + 50).toBe(report.rowsRead);
	});
});

describe('odd column names', () => {
	test('that objects treat specially are columns like others', async () => {
		const text = csv([{ __proto__x: '', ...listing() }]).replace('__proto__x', '__proto__');
		const before = Object.getOwnPropertyNames(Object.prototype);
		const { report } = await importText(text);
		expect(report.rowsKept).toBe(1);
		expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
		expect(
			(await importText(csv([{ constructor: 'x', toString: 'y', ...listing() }] as never))).report
				.rowsKept,
		).toBe(1);
	});

	test('twice: the first counts', async () => {
		const [header = '', row = ''] = csv([listing()]).split('\n');
		const { catalogue } = await importText(`${header},price\n${row},$7.00\n`);
		expect(catalogue.homes.columns.price.values[0]).toBe(100);
	});
});

describe('cancelling and progress', () => {
	test('progress reaches the size of the file, and stops with a fault when cancelled', async () => {
		const file = asFile(csv(listings(4000)));
		const seen: number[] = [];
		await importListings(file, {}, { ...quietRun, onProgress: ({ done }) => seen.push(done) });
		expect(seen.at(-1)).toBe(file.size);
		expect(seen).toEqual([...seen].sort((a, b) => a - b));
		let asked = 0;
		const cancelled = () => ++asked > 1;
		await expect(importListings(file, {}, { ...quietRun, cancelled })).rejects.toMatchObject({
			name: 'Cancelled',
		});
		const packed = asFile(gzipped(csv(listings(4000))));
		await expect(
			importListings(packed, {}, { ...quietRun, cancelled: () => true }),
		).rejects.toMatchObject({ name: 'Cancelled' });
	});
});
