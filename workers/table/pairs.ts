/** How many unordered pairs of different things there are. */
export const pairsOf = (count: number): number => (count * (count - 1)) / 2;

/** Where the pair of two different things stands among all pairs: row by row below the diagonal. */
export function pairAt(one: number, other: number): number {
	const [low, high] = one < other ? [one, other] : [other, one];
	return pairsOf(high) + low;
}
