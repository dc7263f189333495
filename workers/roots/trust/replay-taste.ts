import { CancelledError } from '$workers/learners/contract';
import { type CatalogueModel, PersonalTaste, type TasteAct } from '$workers/models/recommender';

const DAY = 86_400_000;
/** Homes that a person sees without scrolling far. */
const FIRST = 20;
/** After so many saved homes others may have their turn: a cancel, for one. */
const BREATH = 5;

export interface Replay {
	/** Saved homes before which some act was older than the period: only there a period matters. */
	readonly cases: number;
	/** How many of them stood among the first twenty, by all acts and by those of the period. */
	readonly withAll: number;
	readonly withRecent: number;
}

export interface ReplayRun {
	readonly cancelled: () => boolean;
	onProgress(done: number, total: number): void;
}

/**
 * Goes through a person's acts in their order. Before each home that was saved, it is ranked by what
 * was known then: by all acts so far, and by those of the last `days` alone. Homes that were saved or
 * dismissed before are out of both rankings.
 *
 * @throws CancelledError
 */
export async function replayTaste(
	model: CatalogueModel,
	acts: readonly TasteAct[],
	days: number,
	run: ReplayRun,
): Promise<Replay> {
	const ordered = [...acts].sort((a, b) => a.instant - b.instant || a.sequence - b.sequence);
	const start = ordered[0]?.instant ?? 0;
	const [all, recent] = [new PersonalTaste(model, start), new PersonalTaste(model, start)];
	const settled = new Set<number>();
	const replay = { cases: 0, withAll: 0, withRecent: 0 };
	let [expired, known] = [0, 0];
	for (const [place, act] of ordered.entries()) {
		if (act.kind === 'save' && !settled.has(act.row) && act.instant >= start + days * DAY) {
			const fresh = ordered.slice(known, place);
			all.observe(fresh);
			recent.observe(fresh);
			known = place;
			const from = expired;
			while ((ordered[expired]?.instant ?? act.instant) < act.instant - days * DAY) expired++;
			recent.forget(ordered.slice(from, expired).map(({ sequence }) => sequence));
			replay.cases++;
			if (isAmongFirst(all.fits(act.instant), act.row, settled)) replay.withAll++;
			if (isAmongFirst(recent.fits(act.instant), act.row, settled)) replay.withRecent++;
			if (replay.cases % BREATH === 0) await new Promise((resolve) => setTimeout(resolve));
			if (run.cancelled()) throw new CancelledError();
			run.onProgress(place, ordered.length);
		}
		settle(settled, act);
	}
	return replay;
}

function settle(settled: Set<number>, { kind, row }: TasteAct): void {
	if (kind === 'save' || kind === 'dismiss') settled.add(row);
	if (kind === 'unsave' || kind === 'undismiss') settled.delete(row);
}

function isAmongFirst(fits: Float64Array, row: number, settled: ReadonlySet<number>): boolean {
	const own = fits[row] as number;
	let before = 0;
	for (let other = 0; other < fits.length && before < FIRST; other++)
		if ((fits[other] as number) > own && !settled.has(other)) before++;
	return before < FIRST;
}
