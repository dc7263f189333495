import type { GuestAction, LifetimeGuest, ValueSegment } from '$lib/contracts/insight';

/** What is known of a guest when a segment and actions are chosen. */
export interface GuestStanding {
	/** Chance that the guest has not left for good. */
	readonly alive: number;
	readonly bookings: number;
	/** Days since the first booking. */
	readonly tenure: number;
	/** Among the tenth with the most value to come. */
	readonly isTop: boolean;
	/** The last booking came through a site that takes a share. */
	readonly throughSite: boolean;
	/** The last booking was cancelled, or the guest did not come. */
	readonly lastWasLost: boolean;
}

const GONE = 0.2;
const FADING = 0.5;
const SAFE = 0.65;
/** A guest of half a year is no longer new. */
const NEW_DAYS = 182;

export function churnRisk(alive: number): LifetimeGuest['churnRisk'] {
	if (alive >= SAFE) return 'Low';
	return alive >= 0.35 ? 'Medium' : 'High';
}

/** The first that fits: who is gone comes before who was worth much. */
export function segmentOf({ alive, bookings, tenure, isTop }: GuestStanding): ValueSegment {
	if (alive < GONE) return 'Gone';
	if (bookings === 1 && tenure <= NEW_DAYS) return 'New';
	if (isTop) return 'High value';
	if (alive < FADING || bookings === 1) return 'Fading';
	return 'Loyal';
}

/**
 * What to do, most useful first. Who fell through last time is asked before anything is offered;
 * who is gone is left in peace; an offer goes to those who may yet come back, since the others come
 * without one; who books through a site is invited to book directly.
 */
export function actionsFor(standing: GuestStanding): GuestAction[] {
	const segment = segmentOf(standing);
	if (segment === 'Gone') return ['leave-alone'];
	const actions: GuestAction[] = [];
	if (standing.lastWasLost) actions.push('ask-what-went-wrong');
	if (segment === 'Fading') actions.push('offer-return');
	if (segment === 'New') actions.push('thank', 'send-suggestions');
	if (segment === 'High value' || segment === 'Loyal') actions.push('thank');
	if (standing.throughSite && segment !== 'Fading') actions.push('invite-direct');
	return actions;
}
