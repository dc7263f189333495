import { type TasteAct, signalOf } from './acts';
import type { OwnStay } from './others';

/** Older homes of a long history say little beside so many newer ones, and cost as much. */
const MOST_HOMES = 200;

/** What an act of this instant still counts, 0 to 1. */
type Fade = (instant: number) => number;

/**
 * The homes of the person's own that others' behaviour is asked about: those that all acts that stand
 * speak for, taken together. A function of these acts alone: what is forgotten leaves no trace.
 *
 * @param standing the acts that count, by home
 * @param fade what an act of this instant still counts, 0 to 1
 * @returns the newest, oldest of them first
 */
export function ownHistory(
	standing: Iterable<readonly [row: number, acts: Iterable<TasteAct>]>,
	fade: Fade,
): OwnStay[] {
	return newestOf(allStays(standing, fade));
}

/** However long the history is. */
export function allStays(
	standing: Iterable<readonly [row: number, acts: Iterable<TasteAct>]>,
	fade: Fade,
): OwnStay[] {
	const stays: OwnStay[] = [];
	for (const [row, acts] of standing) {
		const stay = stayOf(row, acts, fade);
		if (stay) stays.push(stay);
	}
	return stays.sort(inTime);
}

export const newestOf = (stays: readonly OwnStay[]): OwnStay[] => stays.slice(-MOST_HOMES);

/**
 * The same, kept up home by home, so that an act costs no more after many than after few: what a home
 * says hangs on the acts on it alone.
 */
export class OwnHistory {
	readonly #fade: Fade;
	/** All of them, oldest first. */
	readonly #stays: OwnStay[];
	readonly #byRow = new Map<number, OwnStay>();

	constructor(standing: Iterable<readonly [row: number, acts: Iterable<TasteAct>]>, fade: Fade) {
		this.#fade = fade;
		this.#stays = allStays(standing, fade);
		for (const stay of this.#stays) this.#byRow.set(stay.row, stay);
	}

	/** All acts that count on a home now; none where it is left out. */
	set(row: number, acts: Iterable<TasteAct>): void {
		const before = this.#byRow.get(row);
		if (before) this.#stays.splice(this.#placeOf(before), 1);
		const stay = stayOf(row, acts, this.#fade);
		if (!stay) {
			this.#byRow.delete(row);
			return;
		}
		this.#byRow.set(row, stay);
		this.#stays.splice(this.#placeOf(stay), 0, stay);
	}

	/** All of them, oldest first. */
	get stays(): readonly OwnStay[] {
		return this.#stays;
	}

	/** The newest, oldest of them first. */
	newest(): OwnStay[] {
		return newestOf(this.#stays);
	}

	/** How many come before it. */
	#placeOf(stay: OwnStay): number {
		let [from, to] = [0, this.#stays.length];
		while (from < to) {
			const middle = (from + to) >> 1;
			if (inTime(this.#stays[middle] as OwnStay, stay) < 0) from = middle + 1;
			else to = middle;
		}
		return from;
	}
}

const inTime = (a: OwnStay, b: OwnStay) => a.instant - b.instant || a.row - b.row;

function stayOf(row: number, acts: Iterable<TasteAct>, fade: Fade): OwnStay | undefined {
	let weight = 0;
	let instant = Number.NEGATIVE_INFINITY;
	for (const act of acts) {
		const signal = signalOf(act);
		if (!signal) continue;
		weight += signal.target * signal.weight * fade(act.instant);
		if (signal.target > 0) instant = Math.max(instant, act.instant);
	}
	return weight > 0 && Number.isFinite(instant) ? { row, weight, instant } : undefined;
}
