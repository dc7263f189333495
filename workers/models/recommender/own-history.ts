import { type TasteAct, signalOf } from './acts';
import type { OwnStay } from './others';

/** Older homes of a long history say little beside so many newer ones, and cost as much. */
const MOST_HOMES = 200;

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
	fade: (instant: number) => number,
): OwnStay[] {
	const stays: OwnStay[] = [];
	for (const [row, acts] of standing) {
		const stay = stayOf(row, acts, fade);
		if (stay) stays.push(stay);
	}
	stays.sort((a, b) => a.instant - b.instant || a.row - b.row);
	return stays.slice(-MOST_HOMES);
}

function stayOf(
	row: number,
	acts: Iterable<TasteAct>,
	fade: (instant: number) => number,
): OwnStay | undefined {
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
