import { pairAt, pairsOf } from '$workers/table/pairs';
import { type Choices, MOST_HOMES, UNIT } from './bounded';

/**
 * What a pack is made from, as whole numbers. One guest more or less changes `chosen`, `also` and
 * `next` by at most `UNIT` each, summed over all cells, `guests` by 1 and `more` by `MOST_HOMES - 1`.
 */
export interface Statistics {
	readonly homes: number;
	/** By home: `UNIT` of each guest, shared among their homes. */
	readonly chosen: Int32Array;
	/** By unordered pair, see `pairAt`: `UNIT` of each guest with two homes or more. */
	readonly also: Int32Array;
	/** From home to home, row by row: `UNIT` of each such guest, shared among the steps. */
	readonly next: Int32Array;
	readonly guests: number;
	/** Homes of each guest beyond the first, summed. */
	readonly more: number;
}

export function countStatistics(guests: readonly Choices[], homes: number): Statistics {
	const sorted = guests.filter(({ length }) => length > 0);
	const statistics: Statistics = {
		homes,
		chosen: new Int32Array(homes),
		also: new Int32Array(pairsOf(homes)),
		next: new Int32Array(homes * homes),
		guests: sorted.length,
		more: sorted.reduce((sum, { length }) => sum + length - 1, 0),
	};
	for (const choices of sorted) add(statistics, choices);
	return statistics;
}

function add({ also, chosen, homes, next }: Statistics, choices: Choices): void {
	const count = choices.length;
	if (count > MOST_HOMES) throw new RangeError('more homes of one guest than count');
	const bump = (cells: Int32Array, at: number, amount: number) =>
		(cells[at] = (cells[at] as number) + amount);
	const pairs = pairsOf(count);
	choices.forEach((home, i) => {
		bump(chosen, home, UNIT / count);
		if (i > 0) bump(next, (choices[i - 1] as number) * homes + home, UNIT / (count - 1));
		for (const other of choices.slice(0, i)) bump(also, pairAt(home, other), UNIT / pairs);
	});
}

/**
 * What a guest of two homes or more usually counts for in the cell of a pair: they have a unit
 * between them, and as many homes as `more` says. Of counts with noise it costs nothing.
 */
export function pairStep({ also, more }: Pick<Statistics, 'also' | 'more'>): number {
	const guests = Math.max(1, also.reduce((sum, count) => sum + count, 0) / UNIT);
	return UNIT / pairsOf(Math.min(MOST_HOMES, Math.max(2, 1 + more / guests)));
}
