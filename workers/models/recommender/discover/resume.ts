import type { RememberedAct, Resume } from '$lib/contracts';
import { DAY_MILLISECONDS } from '../observations';

/** A shorter pause is the same visit. */
const PAUSE = 30 * 60_000;
/** What was left longer ago is not gone on with. */
const REMEMBERED_DAYS = 30;
/** Looked at long: seconds in all. */
const LONG_SECONDS = 60;
const HOMES = 3;

/**
 * What earlier visits left open; `null` where nothing was, or where the visit goes on.
 *
 * @param acts in order of time
 * @param visit when this visit began, UTC milliseconds
 * @param settled homes that are saved or dismissed by now
 */
export function resumeOf(
	acts: readonly RememberedAct[],
	visit: number,
	settled: ReadonlySet<number>,
): Resume | null {
	const before = acts.filter(
		({ instant }) => instant < visit && instant >= visit - REMEMBERED_DAYS * DAY_MILLISECONDS,
	);
	const last = before.at(-1)?.instant;
	if (last === undefined || visit - last < PAUSE) return null;
	const enquired = new Set(
		acts.filter(({ kind }) => kind === 'enquire').map(({ property }) => property),
	);
	const homes = lookedAt(before)
		.filter((property) => !settled.has(property) && !enquired.has(property))
		.slice(0, HOMES);
	const search = before.findLast(({ kind, filter }) => kind === 'search' && filter)?.filter;
	if (homes.length === 0 && search === undefined) return null;
	return { at: last, homes, ...(search !== undefined && { search }) };
}

/** Homes that were looked at long or twice, the newest look first. */
function lookedAt(acts: readonly RememberedAct[]): number[] {
	const looks = new Map<number, { times: number; seconds: number }>();
	for (const { kind, property, seconds = 0 } of acts) {
		if (kind !== 'view' && kind !== 'dwell') continue;
		const { times, seconds: so } = looks.get(property) ?? { times: 0, seconds: 0 };
		// Set anew, so that the order is that of the newest look.
		looks.delete(property);
		looks.set(property, { times: times + (kind === 'view' ? 1 : 0), seconds: so + seconds });
	}
	return [...looks]
		.filter(([, { seconds, times }]) => times > 1 || seconds >= LONG_SECONDS)
		.map(([property]) => property)
		.reverse();
}
