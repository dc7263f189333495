import { requireFinite } from './check';

/*
 * What a list is like besides right: lists hold places of items from 0. Each throws a RangeError for
 * nothing, for items that do not exist and for anything that is not a finite number.
 */

/** Share of `items` that stand in at least one list. */
export function catalogueCoverage(lists: readonly ArrayLike<number>[], items: number): number {
	if (lists.length === 0) throw new RangeError('no list to measure');
	const shown = new Set<number>();
	for (const list of lists) for (const item of checked(list, items)) shown.add(item);
	return shown.size / items;
}

/**
 * Mean self-information of the items in bits, -log₂ of their share of what everybody chose, each
 * counted once more than it was (Zhou et al. 2010; Vargas and Castells 2011). Higher is less usual.
 */
export function novelty(list: ArrayLike<number>, counts: ArrayLike<number>): number {
	requireFinite(counts);
	let total = 0;
	for (let item = 0; item < counts.length; item++) {
		if ((counts[item] as number) < 0) throw new RangeError('a count is negative');
		total += (counts[item] as number) + 1;
	}
	return meanOver(checked(list, counts.length), (item) =>
		Math.log2(total / ((counts[item] as number) + 1)),
	);
}

/**
 * Mean distance of two items of the list (Ziegler et al. 2005; Smyth and McClave 2001); 0 for a list
 * of one. `distance` is symmetric.
 */
export function intraListDistance(
	list: ArrayLike<number>,
	distance: (one: number, other: number) => number,
): number {
	const items = checked(list, Number.POSITIVE_INFINITY);
	let sum = 0;
	for (let i = 0; i < items.length; i++)
		for (let j = 0; j < i; j++) sum += distance(items[i] as number, items[j] as number);
	if (!Number.isFinite(sum)) throw new RangeError('a distance is not a finite number');
	return items.length < 2 ? 0 : (2 * sum) / (items.length * (items.length - 1));
}

/** Of Steck's smoothing: the share of the history mixed into the list's shares. */
const SMOOTHING = 0.01;

/**
 * How far the shares of classes (areas, bands of price) in a list are from those in the history:
 * Kullback-Leibler divergence in nats with the list's shares smoothed by 1 % of the history's (Steck
 * 2018). 0 where they are the same.
 *
 * @param history class of each item of the history; whole numbers
 * @param list class of each item of the list
 */
export function miscalibration(history: ArrayLike<number>, list: ArrayLike<number>): number {
	requireFinite(history);
	requireFinite(list);
	const wanted = sharesOf(history);
	const given = sharesOf(list);
	let sum = 0;
	for (const [label, share] of wanted) {
		const smoothed = (1 - SMOOTHING) * (given.get(label) ?? 0) + SMOOTHING * share;
		sum += share * Math.log(share / smoothed);
	}
	return Math.max(0, sum);
}

function sharesOf(labels: ArrayLike<number>): Map<number, number> {
	const shares = new Map<number, number>();
	for (const label of Array.from(labels))
		shares.set(label, (shares.get(label) ?? 0) + 1 / labels.length);
	return shares;
}

function checked(list: ArrayLike<number>, items: number): number[] {
	const places = Array.from(list);
	if (places.length === 0) throw new RangeError('a list without items has no figure');
	for (const item of places)
		if (!(Number.isInteger(item) && item >= 0 && item < items))
			throw new RangeError('a list names an item that does not exist');
	if (new Set(places).size < places.length) throw new RangeError('a list names an item twice');
	return places;
}

function meanOver(items: readonly number[], of: (item: number) => number): number {
	return items.reduce((sum, item) => sum + of(item), 0) / items.length;
}
