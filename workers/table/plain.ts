import type { NumberArray } from './column';
import { decodeTensors, encodeTensors } from './tensors';

/**
 * Plain data with typed arrays in it (an answer of a model, say) as one buffer. Arrays go beside the
 * JSON as they are; numbers that JSON has no word for are spelled out.
 */
export function encodePlain(value: unknown): ArrayBuffer {
	const arrays: Record<string, NumberArray> = {};
	const text = JSON.stringify(value, (_, part: unknown) => {
		if (ArrayBuffer.isView(part)) {
			const name = `a${Object.keys(arrays).length}`;
			arrays[name] = part as unknown as NumberArray;
			return { [ARRAY]: name };
		}
		if (typeof part === 'number' && !Number.isFinite(part)) return { [NUMBER]: String(part) };
		return part;
	});
	return encodeTensors({ arrays, metadata: { plain: text } });
}

/** The inverse of `encodePlain`; a RangeError where the bytes are something else. */
export function decodePlain(buffer: ArrayBuffer): unknown {
	const { arrays, metadata } = decodeTensors(buffer);
	if (metadata.plain === undefined) throw new RangeError('plain: the buffer holds something else');
	return JSON.parse(metadata.plain, (_, part: unknown) => {
		if (typeof part !== 'object' || part === null) return part;
		if (ARRAY in part) return arrayNamed(arrays, (part as Marked)[ARRAY]);
		if (NUMBER in part) return Number((part as Marked)[NUMBER]);
		return part;
	});
}

/** Marks that no field of ours is called. */
const ARRAY = '$array';
const NUMBER = '$number';
type Marked = Record<typeof ARRAY | typeof NUMBER, string>;

/** A copy of its own, so that the array can be transferred. */
function arrayNamed(arrays: Readonly<Record<string, NumberArray>>, name: string): NumberArray {
	const array = arrays[name];
	if (!array) throw new RangeError(`plain: the array ${name} is missing`);
	return array.slice();
}
