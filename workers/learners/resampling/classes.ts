import type { Examples } from '../tabular';

/** Numbers of the rows of the smaller and of the larger class, ascending. */
export interface ClassRows {
	readonly few: Uint32Array;
	readonly many: Uint32Array;
}

/** Class 1 is the smaller of two that are equally many. */
export function classRows({ targets }: Examples): ClassRows {
	const all = Uint32Array.from({ length: targets.length }, (_, row) => row);
	const ones = all.filter((row) => targets[row] === 1);
	const zeros = all.filter((row) => targets[row] === 0);
	return ones.length <= zeros.length ? { few: ones, many: zeros } : { few: zeros, many: ones };
}
