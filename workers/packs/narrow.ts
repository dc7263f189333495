import type { NumberArray } from '$workers/table/column';

/** Above so many numbers eight bits each have to do: 50,000 homes then fit into 8 MB. */
const MANY = 1_000_000;
/** No weight is larger than this: a sum of many stays far from what a double can hold. */
export const LARGEST = 1e6;
const MIDDLE = 128;

/** Numbers in few bits: each is `step × scale` of its row. */
export interface Narrow {
	/** I16: the step itself. U8: the step and 128. */
	readonly steps: Int16Array | Uint8Array;
	/** Of each row. */
	readonly scales: Float32Array;
}

/**
 * Rows of numbers in 16 or 8 bits each: the largest of a row, by size, becomes the largest step. What
 * comes back is off by at most half a step: 1/65,534 of the row's largest, or 1/254 where there are
 * more than a million numbers.
 *
 * @param ends where each row ends in `values`
 * @throws RangeError where a number is not finite, or too large
 */
export function narrow(values: Float32Array, ends: Uint32Array): Narrow {
	const wide = values.length <= MANY;
	const most = wide ? 32_767 : 127;
	const steps = wide ? new Int16Array(values.length) : new Uint8Array(values.length);
	const scales = new Float32Array(ends.length);
	let at = 0;
	ends.forEach((end, row) => {
		const largest = largestOf(values, at, end);
		const scale = Math.fround(largest / most);
		scales[row] = scale;
		for (; at < end; at++) {
			const step = scale > 0 ? Math.round((values[at] as number) / scale) : 0;
			steps[at] = Math.max(-most, Math.min(most, step)) + (wide ? 0 : MIDDLE);
		}
	});
	return { steps, scales };
}

function largestOf(values: Float32Array, from: number, to: number): number {
	let largest = 0;
	for (let at = from; at < to; at++) {
		const size = Math.abs(values[at] as number);
		if (!(size <= LARGEST)) throw new RangeError('a number of the pack is not finite or too large');
		if (size > largest) largest = size;
	}
	return largest;
}

/**
 * The inverse of `narrow`.
 *
 * @throws RangeError where a scale is not finite, negative or too large, or the lengths disagree
 */
export function widen(steps: NumberArray, scales: NumberArray, ends: Uint32Array): Float32Array {
	const middle = middleOf(steps);
	const most = middle ? 127 : 32_767;
	if (!(scales instanceof Float32Array)) throw new RangeError('its scales are of another type');
	if (scales.length !== ends.length || (ends.at(-1) ?? 0) !== steps.length)
		throw new RangeError('its numbers and its rows disagree');
	const values = new Float32Array(steps.length);
	let at = 0;
	for (let row = 0; row < ends.length; row++) {
		const scale = scales[row] as number;
		if (!(scale >= 0 && scale * most <= LARGEST * 1.001))
			throw new RangeError('it holds a number that is not finite or too large');
		const end = ends[row] as number;
		for (; at < end; at++) values[at] = ((steps[at] as number) - middle) * scale;
	}
	return values;
}

function middleOf(steps: NumberArray): number {
	if (steps instanceof Int16Array) return 0;
	if (steps instanceof Uint8Array) return MIDDLE;
	throw new RangeError('its numbers are of another type');
}
