/** Words of a listing, and which of them are frequent enough, but not everywhere, to tell listings apart. */

const FEWEST_SHARE = 0.02;
const MOST_SHARE = 0.98;
const LETTERS = /[\p{L}\d]{3,}/gu;

/** The amenities of a cell, a JSON list of texts: the first words of each, in small letters. */
export function amenitiesOf(cell: string): ReadonlySet<string> {
	const found = new Set<string>();
	for (const text of readList(cell)) found.add(text.trim().toLowerCase());
	return found;
}

/** Words of at least three letters or digits, in small letters. */
export function wordsOf(cell: string): ReadonlySet<string> {
	return new Set(
		cell
			.replace(/<[^>]*>/g, ' ')
			.toLowerCase()
			.match(LETTERS) ?? [],
	);
}

/** The tokens of between 2 and 98 per cent of the rows, most frequent first, at most so many. */
export function frequentTokens(
	rows: readonly ReadonlySet<string>[],
	train: Uint32Array,
	most: number,
): string[] {
	const counts = new Map<string, number>();
	for (const row of train)
		for (const token of rows[row] ?? []) counts.set(token, (counts.get(token) ?? 0) + 1);
	return [...counts]
		.filter(([, count]) => count >= FEWEST_SHARE * train.length)
		.filter(([, count]) => count <= MOST_SHARE * train.length)
		.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
		.slice(0, most)
		.map(([token]) => token);
}

function readList(cell: string): readonly string[] {
	try {
		const list: unknown = JSON.parse(cell);
		return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
	} catch {
		return [];
	}
}
