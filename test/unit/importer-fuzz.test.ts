import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaultError } from '$workers/data/fault';
import { decodeCatalogue, encodeCatalogue } from '$workers/data/catalogue-file';
import { importListings } from '$workers/data/importers';
import { asFile, csv, gzipped, listings, quietRun } from '../support/csv';

const seed = 20_240_622;

/** A table whose homes all have a place and a price, or a fault; nothing else, and no trace. */
async function isTableOrFault(content: string | Uint8Array<ArrayBuffer>): Promise<void> {
	const before = Object.getOwnPropertyNames(Object.prototype).join();
	try {
		const { catalogue, report } = await importListings(asFile(content), {}, quietRun);
		const refused = report.refused.reduce((sum, { rows }) => sum + rows, 0);
		expect(report.rowsKept + refused).toBe(report.rowsRead);
		// The file's own checks: no NaN in prices or places, no code without a name, no key twice.
		expect(decodeCatalogue(encodeCatalogue(catalogue)).homes.count).toBe(report.rowsKept);
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		expect(error.fault.message.length).toBeGreaterThan(10);
		expect(error.fault.next.length).toBeGreaterThan(10);
	}
	expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
}

describe('whatever a file holds, there is a table or a fault', () => {
	const sound = csv(listings(6, (i) => ({ name: `Home "${i}", by the mill` })));

	test('any bytes', async () => {
		const content = fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes));
		await fc.assert(fc.asyncProperty(content, isTableOrFault), { numRuns: 700, seed });
	});

	test('a sound file with a piece replaced by what is awkward', async () => {
		const awkward = fc.oneof(
			fc.constantFrom(
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
			),
			fc.string({ unit: 'binary', maxLength: 12 }),
		);
		const change = fc.record({ at: fc.nat(sound.length), length: fc.nat(60), by: awkward });
		const changed = fc
			.array(change, { minLength: 1, maxLength: 4 })
			.map((changes) =>
				changes.reduce(
					(text, { at, length, by }) => text.slice(0, at) + by + text.slice(at + length),
					sound,
				),
			);
		await fc.assert(fc.asyncProperty(changed, isTableOrFault), { numRuns: 1000, seed });
	});

	test('a packed file with bytes changed or cut off', async () => {
		const packed = gzipped(sound);
		const spoilt = fc
			.record({ at: fc.nat(packed.length - 1), byte: fc.nat(255), end: fc.nat(packed.length) })
			.map(({ at, byte, end }) => {
				const copy = packed.slice();
				copy[at] = byte;
				return copy.slice(0, Math.max(end, 2));
			});
		await fc.assert(fc.asyncProperty(spoilt, isTableOrFault), { numRuns: 300, seed });
	});
});
