/** Numbers in [0, 1), the same for the same seed. */
export type Dice = () => number;

/**
 * mulberry32 over an FNV-1a hash of the seed: enough for choosing walls and trees, no more.
 * The drawing has its own so that the page needs nothing of the workers.
 */
export function dice(seed: string): Dice {
	let state = 2166136261;
	for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619);
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
