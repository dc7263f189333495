import { requireFinite } from './check';

/** Rows of a table, before and from an instant on. */
export interface TimeSplit {
	readonly train: Uint32Array;
	readonly test: Uint32Array;
}

/**
 * Train is what happened strictly before `from`, test is all else, both in the order of the rows. A
 * RangeError where one of them would be empty or an instant is not finite.
 */
export function timeSplit(instants: ArrayLike<number>, from: number): TimeSplit {
	requireFinite(instants);
	const rows = Uint32Array.from({ length: instants.length }, (_, row) => row);
	const train = rows.filter((row) => (instants[row] as number) < from);
	const test = rows.filter((row) => (instants[row] as number) >= from);
	if (train.length === 0 || test.length === 0)
		throw new RangeError('a side of the split is empty: split at another time');
	return { train, test };
}

/**
 * Refuses (RangeError) a split in which something that was learned from happened at the time of
 * what is tested, or later. Nothing to learn from is no overlap.
 *
 * @param train instants, in any order
 * @param test instants, at least one
 */
export function requireBefore(train: ArrayLike<number>, test: ArrayLike<number>): void {
	requireFinite(test);
	if (train.length > 0) requireFinite(train);
	const last = largest(train);
	const first = -largest(Array.from(test, (instant) => -instant));
	if (last >= first)
		throw new RangeError('train reaches into test: learn only from what came strictly before');
}

function largest(values: ArrayLike<number>): number {
	let most = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < values.length; i++) most = Math.max(most, values[i] as number);
	return most;
}
