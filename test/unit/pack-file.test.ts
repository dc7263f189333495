import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BACK, FRONT, wrap } from '$workers/packs/envelope';
import { decodePack, encodePack } from '$workers/packs/pack-file';
import type { ModelPack } from '$workers/packs/pack';
import { decodeTensors, encodeTensors, type Tensors } from '$workers/table/tensors';
import { factorsPack, KEYS, packHeader, weightsPack } from '../support/packs';

/** A pack's arrays after a change, in a new envelope. */
function changed(pack: ModelPack, change: (tensors: Tensors) => Partial<Tensors>): ArrayBuffer {
	const file = encodePack(pack);
	const tensors = decodeTensors(file.slice(FRONT, file.byteLength - BACK));
	return wrap(encodeTensors({ ...tensors, ...change(tensors) }));
}

const withHeader = (header: unknown) =>
	changed(weightsPack(KEYS), ({ metadata }) => ({
		metadata: { ...metadata, header: JSON.stringify(header) },
	}));

const withArrays = (arrays: Tensors['arrays']) =>
	changed(weightsPack(KEYS), (tensors) => ({ arrays: { ...tensors.arrays, ...arrays } }));

describe('a pack as a file', () => {
	test('comes back as it was: names, header, shares, rows', () => {
		const pack = weightsPack(KEYS);
		const back = decodePack(encodePack(pack));
		expect(back.header).toEqual(pack.header);
		expect(back.keys).toEqual(pack.keys);
		expect(back.chosen).toEqual(pack.chosen);
		expect(back.also?.starts).toEqual(pack.also?.starts);
		expect(back.also?.columns).toEqual(pack.also?.columns);
		expect(back.next?.columns).toEqual(pack.next?.columns);
		expect(back.factors).toBeNull();
	});

	test('rounds weights by less than 1/65,534 of the largest of their row', () => {
		const pack = weightsPack(KEYS);
		const back = decodePack(encodePack(pack));
		pack.next?.values.forEach((value, at) => {
			expect(Math.abs((back.next?.values[at] as number) - value)).toBeLessThanOrEqual(
				0.5 / 65_534 + 1e-7,
			);
		});
	});

	test('comes back with its factors, and how they fold in', () => {
		const pack = factorsPack(KEYS, 5);
		const back = decodePack(encodePack(pack));
		expect(back.factors).toMatchObject({ size: 5, unobserved: 0.1, penalty: 0.02 });
		pack.factors?.values.forEach((value, at) => {
			expect(Math.abs((back.factors?.values[at] as number) - value)).toBeLessThan(1 / 65_000);
		});
		expect(back.also).toBeNull();
	});

	test('of 50,000 homes takes at most 8 MB', () => {
		const keys = Array.from(
			{ length: 50_000 },
			(_, row) => `airbnb:${(10n ** 18n + BigInt(row)).toString()}`,
		);
		expect(encodePack(factorsPack(keys, 64)).byteLength).toBeLessThan(8e6);
	});

	test('is not written where it could not be read', () => {
		const poisoned = weightsPack(KEYS);
		poisoned.also?.values.fill(Number.NaN, 0, 1);
		expect(() => encodePack(poisoned)).toThrow('not finite');
		expect(() => encodePack(weightsPack(['one\ntwo', 'three']))).toThrow(RangeError);
		expect(() => encodePack(weightsPack(['one', 'one']))).toThrow('twice');
		expect(() => encodePack(weightsPack(['one', '']))).toThrow('no name');
		expect(() => encodePack(weightsPack(['one'], { version: 0 }))).toThrow('version');
		expect(() => encodePack(weightsPack(['one'], { kind: 'item-factors' }))).toThrow('kind');
	});
});

describe('a file that is no pack', () => {
	test.each([
		['shorter than any pack', new ArrayBuffer(7), 'begin'],
		['of something else', new TextEncoder().encode('PAR1'.repeat(40)).buffer, 'begin'],
		['cut off', encodePack(weightsPack(KEYS)).slice(0, -1), 'cut off'],
		['with another format', changed(weightsPack(KEYS), () => ({ metadata: {} })), 'format'],
		['with an array too many', withArrays({ code: Uint8Array.of(1) }), 'array that no pack has'],
		[
			'with a share that is NaN',
			withArrays({ chosen: Float32Array.of(0.1, Number.NaN, 0, 0) }),
			'not finite',
		],
		[
			'with a share that is negative',
			withArrays({ chosen: Float32Array.of(-0.1, 0, 0, 0) }),
			'negative',
		],
		['with too few shares', withArrays({ chosen: Float32Array.of(1) }), 'shares'],
		[
			'with a scale that is NaN',
			withArrays({ 'also.scales': Float32Array.of(1, Number.NaN, 1, 1) }),
			'not finite',
		],
		[
			'with a scale that is infinite',
			withArrays({ 'also.scales': Float32Array.of(1, Infinity, 1, 1) }),
			'not finite',
		],
		[
			'with a home out of range',
			withArrays({ 'also.columns': Uint16Array.of(0, 1, 2, 4) }),
			'does not have',
		],
		[
			'with rows that go back',
			withArrays({ 'also.starts': Uint32Array.of(0, 3, 1, 3, 4) }),
			'ends before',
		],
		[
			'with rows that do not add up',
			withArrays({ 'also.starts': Uint32Array.of(0, 1, 2, 3, 9) }),
			'disagree',
		],
		[
			'with numbers of another type',
			withArrays({ 'also.steps': Float64Array.of(1, 2, 3, 4) }),
			'another type',
		],
		[
			'with names that are not UTF-8',
			withArrays({ vocabulary: Uint8Array.of(0xff, 0xfe) }),
			'UTF-8',
		],
	])('%s is refused', (_, file, says) => {
		expect(() => decodePack(file)).toThrow(RangeError);
		expect(() => decodePack(file)).toThrow(says);
	});

	test.each<[string, unknown]>([
		['format', { ...packHeader(), format: 2 }],
		['version', { ...packHeader(), version: '3' }],
		['version', { ...packHeader(), version: 1.5 }],
		['madeAt', { ...packHeader(), madeAt: null }],
		['place', { ...packHeader(), place: 'x'.repeat(201) }],
		['place', { ...packHeader(), place: 'left\u202Eright' }],
		['kind', { ...packHeader(), kind: 'code' }],
		['privacy.epsilon', { ...packHeader(), privacy: { ...packHeader().privacy, epsilon: 0 } }],
		['counts', { ...packHeader(), counts: [] }],
		['metrics', { ...packHeader(), metrics: [{ name: 'auc' }] }],
		['schema', { ...packHeader(), schema: { 'a\u0000b': 1 } }],
		['audit.auc', { ...packHeader(), audit: { ...packHeader().audit, auc: 2 } }],
		[
			'provenance.sample',
			{ ...packHeader(), provenance: { ...packHeader().provenance, sample: 1 } },
		],
	])('a header with a wrong %s is refused by that name', (name, header) => {
		expect(() => decodePack(withHeader(header))).toThrow(name);
	});

	test('fields of the header that are not known are left out', () => {
		const header = decodePack(withHeader({ ...packHeader(), script: 'alert(1)' })).header;
		expect(header).toEqual(packHeader());
	});

	test('with bytes changed or cut anywhere is read, or refused with a reason: never anything else', () => {
		const whole = [encodePack(weightsPack(KEYS)), encodePack(factorsPack(KEYS))];
		const before = Object.getOwnPropertyNames(Object.prototype);
		fc.assert(
			fc.property(
				fc.constantFrom(...whole),
				fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
				fc.option(fc.nat(), { freq: 4 }),
				(file, flips, cut) => {
					const bytes = new Uint8Array(
						file.slice(0, cut === null ? undefined : cut % file.byteLength),
					);
					for (const [at, value] of flips) if (bytes.length) bytes[at % bytes.length] = value;
					// The size is put right, so that more than the envelope is tried.
					if (bytes.length >= 16)
						new DataView(bytes.buffer).setBigUint64(8, BigInt(bytes.length), true);
					try {
						const pack = decodePack(bytes.buffer);
						const numbers = [pack.chosen, pack.also?.values ?? [], pack.factors?.values ?? []];
						return numbers.every((values) => values.every((value) => Number.isFinite(value)));
					} catch (error) {
						return error instanceof RangeError && error.message.length > 10;
					}
				},
			),
			{ numRuns: 3000 },
		);
		expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
	});
});
