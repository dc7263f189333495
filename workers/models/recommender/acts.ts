import type { Act, ActKind, DismissReason } from '$lib/contracts';
import type { HomeFeatureGroup } from '$workers/features';

/** An act as the model sees it: the home is a row of the catalogue. */
export interface TasteAct extends Pick<Act, 'kind' | 'instant' | 'seconds' | 'reason'> {
	/** Names the act: the log's sequence number. */
	readonly sequence: number;
	readonly row: number;
}

/** What an act says of a home: how wanted it is (1 wanted, -1 unwanted), and how sure that is. */
export interface Signal {
	readonly target: number;
	/** As observations; an enquiry is one. */
	readonly weight: number;
}

/** Acts that say something by themselves. Undoing acts and searches are not here. */
const SIGNALS: Partial<Readonly<Record<ActKind, Signal>>> = {
	enquire: { target: 1, weight: 1 },
	save: { target: 1, weight: 0.8 },
	share: { target: 1, weight: 0.7 },
	like: { target: 1, weight: 0.6 },
	choose: { target: 1, weight: 0.5 },
	view: { target: 1, weight: 0.08 },
	impression: { target: -1, weight: 0.02 },
	pass: { target: -1, weight: 0.3 },
	dismiss: { target: -1, weight: 0.8 },
};

/** A look of this long says as much as two views. */
const LONG_LOOK_SECONDS = 120;
const LONG_LOOK_WEIGHT = 0.16;

/** What an act says; `undefined` where it says nothing by itself. */
export function signalOf({ kind, seconds = 0 }: TasteAct): Signal | undefined {
	if (kind !== 'dwell') return SIGNALS[kind];
	const share = Math.min(1, Math.max(0, seconds) / LONG_LOOK_SECONDS);
	return share > 0 ? { target: 1, weight: LONG_LOOK_WEIGHT * share } : undefined;
}

/** What a dismissal blames. The rest of the home is blamed a little, or not at all. */
export const BLAMED: Readonly<Record<DismissReason, readonly HomeFeatureGroup[]>> = {
	'too-expensive': ['price'],
	'wrong-area': ['neighbourhood', 'location'],
	'too-small': ['size'],
	'too-large': ['size'],
	'wrong-type': ['room-type', 'property-type'],
	'missing-something': ['amenity'],
	'not-my-taste': [],
};

/** What takes back which act. */
const UNDOES: Partial<Readonly<Record<ActKind, ActKind>>> = {
	unsave: 'save',
	unlike: 'like',
	undismiss: 'dismiss',
};

/** Of acts that come by the dozen, the newest so many of a home count. */
const COUNTED: Partial<Readonly<Record<ActKind, number>>> = { view: 3, dwell: 3, impression: 5 };

/**
 * Those acts on one home that count, from all that are remembered: nothing that was taken back, once
 * where doing it twice says no more, and impressions only where nothing else was done.
 *
 * @param acts of one home, in order of time
 */
export function countingActs(acts: readonly TasteAct[]): ReadonlySet<TasteAct> {
	const standing = new Map<ActKind, TasteAct[]>();
	for (const act of acts) {
		const undone = UNDOES[act.kind];
		if (undone) standing.delete(undone);
		else if (signalOf(act))
			standing.set(
				act.kind,
				[...(standing.get(act.kind) ?? []), act].slice(-(COUNTED[act.kind] ?? 1)),
			);
	}
	if (standing.size > 1) standing.delete('impression');
	return new Set([...standing.values()].flat());
}
