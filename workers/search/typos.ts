/** Typing errors forgiven in a word: none in short words, where one letter makes another word. */
export function typosForgiven(word: string): number {
	if (word.length < 4) return 0;
	return word.length < 8 ? 1 : 2;
}

/**
 * Whether one word becomes the other with at most `most` letters added, left out, changed or swapped
 * with their neighbour (optimal string alignment distance, Boytsov 2011, "Indexing methods for
 * approximate dictionary searching").
 */
export function isWithinTypos(a: string, b: string, most: number): boolean {
	if (Math.abs(a.length - b.length) > most) return false;
	let before: number[] = [];
	let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		let best = i;
		for (let j = 1; j <= b.length; j++) {
			const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
			let cost = Math.min(
				(previous[j] as number) + 1,
				(current[j - 1] as number) + 1,
				(previous[j - 1] as number) + (same ? 0 : 1),
			);
			if (i > 1 && j > 1 && isSwapped(a, i, b, j))
				cost = Math.min(cost, (before[j - 2] as number) + 1);
			current.push(cost);
			best = Math.min(best, cost);
		}
		if (best > most) return false;
		before = previous;
		previous = current;
	}
	return (previous[b.length] as number) <= most;
}

function isSwapped(a: string, i: number, b: string, j: number): boolean {
	return a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
}
