import type { Random } from '$workers/math/random';

/**
 * What happened in which order: row i holds the items `columns[starts[i]] … columns[starts[i + 1] - 1]`,
 * each below `width`, the oldest first. Interactions whose rows are in that order are sequences too.
 */
export interface Sequences {
	readonly count: number;
	readonly width: number;
	readonly starts: Uint32Array;
	readonly columns: Uint32Array;
}

/** A stretch of one sequence that is learned from: `length` steps, each with an item that follows. */
export interface Window {
	readonly at: number;
	readonly length: number;
}

/** Windows side by side: rows of `length` steps, the shorter ones filled up at their end. */
export interface Batch {
	readonly rows: number;
	readonly length: number;
	/** rows × length */
	readonly items: Int32Array;
	/** rows × length: the item that follows. */
	readonly next: Int32Array;
	/** rows × length: how much a wrong guess counts; 0 where there is no next item. They sum to 1. */
	readonly weight: Float32Array;
	/** rows · length × size, three times: 0 where a number is left out, otherwise a little over 1. */
	readonly kept: readonly [Float32Array, Float32Array, Float32Array];
}

/** A RangeError where starts do not ascend to the end or an item lies outside. */
export function checkSequences({ count, width, starts, columns }: Sequences): void {
	const ascends = starts.every((start, row) => row === 0 || start >= (starts[row - 1] as number));
	if (
		starts.length !== count + 1 ||
		starts[0] !== 0 ||
		starts[count] !== columns.length ||
		!ascends
	)
		throw new RangeError('the sequences do not follow each other');
	if (columns.some((item) => item >= width))
		throw new RangeError('an item lies outside the sequences');
}

/** Windows of at most `length` steps that cover some sequences; one item alone says nothing. */
export function windowsOf({ starts }: Sequences, rows: Uint32Array, length: number): Window[] {
	const windows: Window[] = [];
	for (const row of rows) {
		const last = (starts[row + 1] as number) - 1;
		// From the end, so that the newest steps have the longest memory.
		for (let to = last; to > (starts[row] as number); to -= length) {
			const at = Math.max(starts[row] as number, to - length);
			windows.push({ at, length: to - at });
		}
	}
	return windows;
}

/** Windows of like length together, at most so many steps a batch (at least one window). */
export function chunksOf(windows: readonly Window[], steps: number): Window[][] {
	const ordered = [...windows].sort((a, b) => a.length - b.length);
	const chunks: Window[][] = [];
	for (const window of ordered) {
		const chunk = chunks.at(-1);
		if (chunk && (chunk.length + 1) * window.length <= steps) chunk.push(window);
		else chunks.push([window]);
	}
	return chunks;
}

/**
 * @param size numbers of an item
 * @param dropout chance that a number is left out; 0 keeps all
 */
export function batchOf(
	{ columns }: Sequences,
	windows: readonly Window[],
	size: number,
	dropout: number,
	random: Random,
): Batch {
	const length = windows.reduce((longest, window) => Math.max(longest, window.length), 0);
	const items = new Int32Array(windows.length * length);
	const next = new Int32Array(items.length);
	const weight = new Float32Array(items.length);
	const share = 1 / windows.reduce((sum, window) => sum + window.length, 0);
	windows.forEach((window, row) => {
		const from = row * length;
		items.set(columns.subarray(window.at, window.at + window.length), from);
		next.set(columns.subarray(window.at + 1, window.at + 1 + window.length), from);
		weight.fill(share, from, from + window.length);
	});
	const kept = () => keptOf(items.length * size, dropout, random);
	return { rows: windows.length, length, items, next, weight, kept: [kept(), kept(), kept()] };
}

/** Dropout (Srivastava et al. 2014), scaled so that sums stay the same on average. */
function keptOf(length: number, dropout: number, random: Random): Float32Array {
	const kept = new Float32Array(length).fill(1 / (1 - dropout));
	if (dropout > 0) for (let i = 0; i < length; i++) if (random.next() < dropout) kept[i] = 0;
	return kept;
}
