import type { TasteEdit } from '$lib/contracts';
import { signalOf, type TasteAct } from './acts';
import type { CatalogueModel } from './catalogue-model';
import type { Others } from './others';
import { PersonalTaste } from './personal-taste';

/** Acts from this strength on say that a person took to a home: a choice of two, and what is more. */
const TAKEN_TO = 0.5;
/** The newest so many homes are enough to tell. */
const MOST_CASES = 50;
/** After so many of them others have their turn. */
const BREATH = 5;

export interface PackReplay {
	readonly acts: number;
	/** Mean of one over the place; `null` where there was nothing to rank. */
	readonly before: number | null;
	readonly after: number | null;
}

/**
 * Goes through a person's acts in their order. Before each home that they took to for the first time,
 * all homes are ranked by what was known then, with the one and with the other teaching. Homes that
 * were settled before, by saving or dismissing them, are out of both rankings.
 *
 * @param before what taught so far, `null` for nothing
 */
export async function replayPack(
	model: CatalogueModel,
	acts: readonly TasteAct[],
	edits: readonly TasteEdit[],
	before: Others | null,
	after: Others,
): Promise<PackReplay> {
	const ordered = [...acts].sort((a, b) => a.instant - b.instant || a.sequence - b.sequence);
	const cases = firstTakenTo(ordered).slice(-MOST_CASES);
	const start = ordered[0]?.instant ?? 0;
	const tastes = [before, after].map((others) => new PersonalTaste(model, start, others));
	for (const taste of tastes) taste.edit(edits);
	const sums = [0, 0];
	let known = 0;
	for (const [done, place] of cases.entries()) {
		const act = ordered[place] as TasteAct;
		const settled = settledBefore(ordered, place);
		for (const [which, taste] of tastes.entries()) {
			taste.observe(ordered.slice(known, place));
			sums[which] =
				(sums[which] as number) + 1 / placeOf(taste.fits(act.instant), act.row, settled);
		}
		known = place;
		if (done % BREATH === BREATH - 1) await new Promise((resolve) => setTimeout(resolve));
	}
	const mean = (sum: number | undefined) => (cases.length ? (sum ?? 0) / cases.length : null);
	return { acts: cases.length, before: mean(sums[0]), after: mean(sums[1]) };
}

/** Places in the acts at which a person first took to a home. */
function firstTakenTo(acts: readonly TasteAct[]): number[] {
	const seen = new Set<number>();
	return [...acts.keys()].filter((place) => {
		const act = acts[place] as TasteAct;
		const signal = signalOf(act);
		if (!signal || signal.target < 0 || signal.weight < TAKEN_TO || seen.has(act.row)) return false;
		return Boolean(seen.add(act.row));
	});
}

function settledBefore(acts: readonly TasteAct[], place: number): ReadonlySet<number> {
	const settled = new Set<number>();
	for (const { kind, row } of acts.slice(0, place)) {
		if (kind === 'save' || kind === 'dismiss') settled.add(row);
		if (kind === 'unsave' || kind === 'undismiss') settled.delete(row);
	}
	return settled;
}

/** Homes of the same fit share their places: half of them stand before. */
function placeOf(fits: Float64Array, row: number, settled: ReadonlySet<number>): number {
	const own = fits[row] as number;
	let higher = 0;
	let same = 0;
	fits.forEach((fit, other) => {
		if (settled.has(other) || other === row) return;
		if (fit > own) higher++;
		if (fit === own) same++;
	});
	return 1 + higher + same / 2;
}
