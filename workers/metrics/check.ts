/**
 * Refuses (RangeError) what no figure may be made of: nothing, columns of different lengths, and
 * anything that is not a finite number. A NaN never passes.
 */
export function requireFinite(...columns: readonly ArrayLike<number>[]): void {
	const length = columns[0]?.length ?? 0;
	if (length === 0) throw new RangeError('nothing to measure: hand in at least one row');
	for (const column of columns) {
		if (column.length !== length)
			throw new RangeError('columns to compare differ in length: hand in one value a row in each');
		for (let row = 0; row < length; row++)
			if (!Number.isFinite(column[row]))
				throw new RangeError('a value is not a finite number: predict every row before measuring');
	}
}

/** Refuses (RangeError) a row, or any other id, that stands in both: such a figure would be no figure. */
export function requireDisjoint(train: ArrayLike<number>, test: ArrayLike<number>): void {
	const seen = new Set(Array.from(train));
	for (let i = 0; i < test.length; i++)
		if (seen.has(test[i] as number))
			throw new RangeError('a test row is a training row too: split again without overlap');
}

/** The mean of `of(row)` over rows 0 … count - 1. */
export function meanOf(count: number, of: (row: number) => number): number {
	let sum = 0;
	for (let row = 0; row < count; row++) sum += of(row);
	return sum / count;
}

export function medianOf(values: Float64Array): number {
	const sorted = values.slice().sort();
	const middle = sorted.length >> 1;
	const upper = sorted[middle] as number;
	return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
