import { describe, expect, it } from 'vitest';
import { decodePlain, encodePlain } from '$workers/table/plain';
import { encodeTensors } from '$workers/table/tensors';

describe('plain data as a buffer', () => {
	it('comes back as it was, arrays and odd numbers among it', () => {
		const value = {
			name: 'forecast',
			days: Int32Array.of(1, 2, 3),
			values: Float64Array.of(0.5, Number.NaN, Infinity),
			nested: [
				{ low: Number.NaN, high: -Infinity },
				null,
				true,
				'text',
				{ codes: Uint8Array.of(7) },
			],
		};
		expect(decodePlain(encodePlain(value))).toEqual(value);
	});

	it('is the same for the same value', () => {
		const value = { a: Float32Array.of(1), b: 'x' };
		expect(new Uint8Array(encodePlain(value))).toEqual(new Uint8Array(encodePlain(value)));
	});

	it('refuses a buffer that holds something else', () => {
		expect(() => decodePlain(encodeTensors({ arrays: {}, metadata: {} }))).toThrow(RangeError);
	});
});
