import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { FaultError } from '$workers/data/fault';
import { lengthOf } from '$workers/table/column';
import { type Content, bookings, lookAndRead, plainMapping, read, zipOf } from '../support/books';
import { csv } from '../support/csv';

const seed = 20_260_101;
const rows = bookings(6, (i) => ({ property: `Home "${i}", by the mill` }));
const sound = csv(rows);

/** Books whose columns fit together, or a fault; nothing else, and no trace. */
async function isBooksOrFault(content: Content): Promise<void> {
	const before = Object.getOwnPropertyNames(Object.prototype).join();
	for (const reading of [
		() => read(content, plainMapping({ extras: ['channel'] })),
		() => lookAndRead(content).then(({ books }) => books),
	])
		await check(reading);
	expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
}

async function check(reading: () => ReturnType<typeof read>): Promise<void> {
	try {
		const { rows, report, extras, propertyKeys } = await reading();
		const refused = report.refused.reduce((sum, one) => sum + one.rows, 0);
		expect(report.rowsFit + refused).toBe(report.rowsRead);
		expect(rows.count).toBe(report.rowsFit);
		for (const column of Object.values(extras)) expect(lengthOf(column)).toBe(rows.count);
		const { property } = rows.columns;
		if (property?.type === 'number')
			expect(property.values.every((number) => number < propertyKeys.length)).toBe(true);
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		expect(error.fault.message.length).toBeGreaterThan(10);
		expect(error.fault.next.length).toBeGreaterThan(10);
	}
}

const AWKWARD = [
	'"',
	'""',
	'"\n',
	',',
	';',
	'\r',
	'\n',
	'\0',
	'\uFEFF',
	'__proto__',
	'1e999',
	'-',
	'[',
	'{',
	'}',
	'01/02/2025',
	'2025-02-30',
	'€',
	'\\u',
];

/** A text with pieces replaced by what is awkward. */
const spoiltText = (text: string) =>
	fc
		.array(
			fc.record({
				at: fc.nat(text.length),
				length: fc.nat(40),
				by: fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary', maxLength: 12 })),
			}),
			{ minLength: 1, maxLength: 4 },
		)
		.map((changes) =>
			changes.reduce(
				(now, { at, length, by }) => now.slice(0, at) + by + now.slice(at + length),
				text,
			),
		);

/** Bytes with some changed, and possibly cut off. */
const spoiltBytes = (bytes: Uint8Array<ArrayBuffer>) =>
	fc
		.record({
			changes: fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }),
			end: fc.oneof(fc.constant(bytes.length), fc.nat(bytes.length)),
		})
		.map(({ changes, end }) => {
			const copy = bytes.slice();
			for (const [at, byte] of changes) copy[at] = byte;
			return copy.slice(0, Math.max(end, 4));
		});

const packed = new Uint8Array(gzipSync(sound));
const zip = zipOf([{ name: 'bookings.csv', content: sound }]);
const parquet = new Uint8Array(
	parquetWriteBuffer({
		columnData: Object.keys(rows[0] ?? {}).map((name) => ({
			name,
			data: rows.map((row) => row[name] ?? ''),
			type: 'STRING' as const,
		})),
	}),
);
const json = JSON.stringify(rows);

describe('whatever a file holds, there are books or a fault', () => {
	test.each<[string, fc.Arbitrary<Content>, number]>([
		['any bytes', fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes)), 300],
		['CSV with awkward pieces', spoiltText(sound), 250],
		['JSON with awkward pieces', spoiltText(json), 250],
		[
			'objects a line, with awkward pieces',
			spoiltText(rows.map((row) => JSON.stringify(row)).join('\n')),
			300,
		],
		['JSON of anything', fc.json({ maxDepth: 4 }), 300],
		['gzip with bytes changed', spoiltBytes(packed), 150],
		['zip with bytes changed', spoiltBytes(zip), 300],
		['Parquet with bytes changed', spoiltBytes(parquet), 400],
	])('%s', async (_, contents, numRuns) => {
		await fc.assert(fc.asyncProperty(contents, isBooksOrFault), { numRuns, seed });
	});
});
