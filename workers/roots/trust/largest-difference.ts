/**
 * The largest difference between two numbers that stand in the same place of two plain values (with
 * typed arrays in them). Infinity where a place is missing on one side or holds something else; two
 * missing numbers agree.
 */
export function largestDifference(left: unknown, right: unknown): number {
	if (typeof left === 'number' && typeof right === 'number') return apart(left, right);
	if (!isObject(left) || !isObject(right)) return Object.is(left, right) ? 0 : Infinity;
	if (ArrayBuffer.isView(left) !== ArrayBuffer.isView(right)) return Infinity;
	const keys = Object.keys(left);
	if (keys.length !== Object.keys(right).length) return Infinity;
	let largest = 0;
	for (const key of keys) {
		if (!Object.hasOwn(right, key)) return Infinity;
		largest = Math.max(largest, largestDifference(left[key], right[key]));
	}
	return largest;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null;

function apart(left: number, right: number): number {
	if (Object.is(left, right) || left === right) return 0;
	const difference = Math.abs(left - right);
	return Number.isNaN(difference) ? Infinity : difference;
}
