import { parquetMetadata } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { toParquet } from '$workers/data/exporters/parquet';
import { type AlsOptions, importAlsFactors } from '$workers/data/importers/als';
import { decodePack, encodePack } from '$workers/packs/pack-file';
import { numbers, texts } from '$workers/table/column';
import { table } from '$workers/table/table';
import { type FactorRow, factorsFile, rewritten } from '../support/als-files';

const OPTIONS: AlsOptions = {
	place: 'Sample town',
	version: 7,
	madeAt: Date.UTC(2025, 5, 1),
	unobserved: 0.05,
	penalty: 0.1,
};

const ROWS: FactorRow[] = Array.from({ length: 25 }, (_, row) => ({
	id: 1000 + row,
	features: [row / 8, -row / 4, 0.5, 2 ** -row],
}));

const nameOf = (error: unknown) => (error as { fault: { name: string } }).fault.name;
const refused = (rows: readonly FactorRow[], options = OPTIONS) =>
	importAlsFactors([factorsFile(rows, { number: 'FLOAT' })], options).then(
		() => 'taken',
		(error: unknown) => nameOf(error),
	);

describe('factors that Spark’s ALS left', () => {
	test.each([0, -1, Number.NaN])('do not come in with a penalty of %s', async (penalty) => {
		const file = factorsFile(ROWS, { number: 'FLOAT' });
		await expect(importAlsFactors([file], { ...OPTIONS, penalty })).rejects.toThrow('above 0');
	});

	test.each(['FLOAT', 'DOUBLE'] as const)(
		'come in from lists of %s in several row groups, as another implementation wrote them',
		async (number) => {
			const file = factorsFile(ROWS, { number, rowsOfGroup: 7 });
			const { created_by: by, row_groups: groups } = parquetMetadata(await file.arrayBuffer());
			expect(by).toContain('parquet-rs');
			expect(groups).toHaveLength(4);
			expect(groups[0]?.columns.map(({ meta_data: chunk }) => chunk?.codec)).toEqual([
				'SNAPPY',
				'SNAPPY',
			]);
			const pack = await importAlsFactors([file], OPTIONS);
			expect(pack.keys).toEqual(ROWS.map(({ id }) => String(id)));
			expect(pack.factors).toEqual({
				size: 4,
				unobserved: 0.05,
				penalty: 0.1,
				values: Float32Array.from(ROWS.flatMap(({ features }) => features as number[])),
			});
			expect(pack.header).toMatchObject({
				kind: 'item-factors',
				engine: 'spark-als',
				version: 7,
				privacy: null,
			});
			expect(decodePack(encodePack(pack)).keys).toEqual(pack.keys);
		},
	);

	test('may lie in several files, and ids may be text', async () => {
		const rows = ROWS.map(({ features }, row) => ({ id: `airbnb:${row}`, features }));
		const parts = [rows.slice(0, 10), rows.slice(10)].map((part, at) =>
			factorsFile(part, { number: 'FLOAT', name: `part-${at}.parquet` }),
		);
		expect((await importAlsFactors(parts, OPTIONS)).keys).toEqual(rows.map(({ id }) => id));
	});

	test.each(['Parquet', 'CSV'])(
		'take their keys, and how often each was chosen, from %s',
		async (kind) => {
			const interactions = table({
				guest: numbers(Uint32Array.of(1, 2, 2, 3)),
				property: numbers(Uint32Array.of(1000, 1000, 1002, 1002)),
				key: texts(['airbnb:a', 'airbnb:a', 'airbnb:c', 'airbnb:c']),
				count: numbers(Float64Array.of(3, 1, 2, 2)),
			});
			const rows =
				'guest,property,key,count\n1,1000,airbnb:a,3\n2,1000,airbnb:a,1\n2,1002,airbnb:c,2\n3,1002,airbnb:c,2\n';
			const file =
				kind === 'CSV'
					? new File([rows], 'ids.csv')
					: new File([rewritten(toParquet(interactions, 'interactions'))], 'ids.parquet');
			const pack = await importAlsFactors([factorsFile(ROWS, { number: 'FLOAT' })], {
				...OPTIONS,
				ids: [file],
				idColumn: 'property',
			});
			expect(pack.keys).toEqual(['airbnb:a', 'airbnb:c']);
			expect([...pack.chosen]).toEqual([0.5, 0.5]);
			expect(pack.factors?.values).toHaveLength(8);
		},
	);

	test('are refused where a number, a vector or an id is missing or not finite', async () => {
		const good = ROWS[0] as FactorRow;
		expect(await refused([good])).toBe('taken');
		expect(await refused([good, { id: 1, features: [1, null, 3, 4] }])).toBe('ParquetDamaged');
		expect(await refused([good, { id: 1, features: null }])).toBe('ParquetDamaged');
		expect(await refused([good, { id: null, features: [1, 2, 3, 4] }])).toBe('ParquetDamaged');
		expect(await refused([good, { id: 1, features: [1, Number.NaN, 3, 4] }])).toBe(
			'ParquetDamaged',
		);
		expect(await refused([good, { id: 1, features: [1, 2, 3] }])).toBe('ParquetDamaged');
		expect(await refused([good, good])).toBe('ParquetDamaged');
		expect(await refused([good], { ...OPTIONS, version: 0 })).toBe('ParquetDamaged');
	});

	test('are refused where the file is of something else, or cut off', async () => {
		const whole = await factorsFile(ROWS, { number: 'FLOAT' }).arrayBuffer();
		const other = toParquet(table({ id: numbers(Int32Array.of(1)) }), 'other');
		const flat = toParquet(
			table({ id: numbers(Int32Array.of(1)), features: numbers(Float32Array.of(1)) }),
			'flat',
		);
		const take = (bytes: ArrayBuffer) =>
			importAlsFactors([new File([bytes], 'x.parquet')], OPTIONS).then(() => '', nameOf);
		expect(await take(whole.slice(0, -9))).toBe('ParquetDamaged');
		expect(await take(new TextEncoder().encode('id,features\n1,2').buffer)).toBe('ParquetDamaged');
		expect(await take(other)).toBe('ColumnMissing');
		expect(await take(flat)).toBe('ParquetDamaged');
	});
});
