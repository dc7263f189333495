/*
 * Loops over rows that a fit runs again and again. Each stands alone in a function that ends with it:
 * of a loop with more behind it, V8 threw the compiled code away when the loop was left, five times a
 * tree (`node --trace-deopt`), because it did not know yet what follows.
 */

/** Of the values at `rows[from]` to `rows[to - 1]`. */
export function sumAt(values: Float64Array, rows: Uint32Array, from: number, to: number): number {
	let sum = 0;
	for (let i = from; i < to; i++) sum += values[rows[i] as number] as number;
	return sum;
}

/** Of the values at the first `count` rows, without their signs. */
export function sumSizesAt(values: Float64Array, rows: Uint32Array, count: number): number {
	let sum = 0;
	for (let i = 0; i < count; i++) sum += Math.abs(values[rows[i] as number] as number);
	return sum;
}

/** Adds one value at `rows[from]` to `rows[to - 1]`. */
export function addAt(
	values: Float64Array,
	rows: Uint32Array,
	from: number,
	to: number,
	value: number,
): void {
	for (let i = from; i < to; i++) {
		const row = rows[i] as number;
		values[row] = (values[row] as number) + value;
	}
}

/**
 * Rows that go left are brought to the front of `from` to `to`, the others to the front of `moved`,
 * each in their old order.
 *
 * @param bins of all rows in the column that is split on
 * @param goesLeft by bin, 1 or 0
 * @returns where the rows that go left end
 */
export function partRows(
	rows: Uint32Array,
	from: number,
	to: number,
	moved: Uint32Array,
	bins: Uint8Array,
	goesLeft: Uint8Array,
): number {
	let left = from;
	let right = 0;
	for (let i = from; i < to; i++) {
		const row = rows[i] as number;
		// Written to both places, one of which counts: no branch to mispredict.
		const side = goesLeft[bins[row] as number] as number;
		rows[left] = row;
		moved[right] = row;
		left += side;
		right += 1 - side;
	}
	return left;
}
