import type { ActKind, RememberedAct } from '$lib/contracts';

/** A home that a person wants: saved or written about, and neither taken back nor dismissed. */
export interface WantedHome {
	readonly property: number;
	readonly act: 'save' | 'enquire';
	/** UTC milliseconds of that act. */
	readonly instant: number;
}

type Standing = Partial<Record<'save' | 'enquire', number>>;

/** What takes the wish for a home back. */
const ENDS = new Set<ActKind>(['dismiss']);

/**
 * The homes that a person wants, newest first.
 *
 * @param acts in order of time
 */
export function wantedHomes(acts: readonly RememberedAct[]): readonly WantedHome[] {
	const homes = new Map<number, Standing>();
	for (const { instant, kind, property } of acts) {
		const before = homes.get(property) ?? {};
		if (kind === 'save' || kind === 'enquire') homes.set(property, { ...before, [kind]: instant });
		else if (kind === 'unsave') homes.set(property, { ...before, save: undefined });
		else if (ENDS.has(kind)) homes.delete(property);
	}
	return [...homes]
		.flatMap(([property, { enquire = -Infinity, save = -Infinity }]): WantedHome[] => {
			const instant = Math.max(enquire, save);
			const act = enquire > save ? 'enquire' : 'save';
			return instant > -Infinity ? [{ property, act, instant }] : [];
		})
		.sort((a, b) => b.instant - a.instant);
}
