/** What a person did. */
export type ActKind =
	| 'impression'
	| 'view'
	| 'dwell'
	| 'search'
	| 'save'
	| 'unsave'
	| 'dismiss'
	| 'undismiss'
	| 'like'
	| 'unlike'
	| 'share'
	| 'enquire'
	| 'choose'
	| 'pass';

/** Where it happened. */
export type Channel =
	'for-you' | 'browse' | 'map' | 'home' | 'saved' | 'compare' | 'start' | 'link';

/** Why a home was dismissed. */
export type DismissReason =
	| 'too-expensive'
	| 'wrong-area'
	| 'too-small'
	| 'too-large'
	| 'wrong-type'
	| 'missing-something'
	| 'not-my-taste';

/** One act, as a page hands it over; the store adds sequence number, session and offset. */
export interface Act {
	readonly kind: ActKind;
	/** Dictionary number; 0 for a search. */
	readonly property: number;
	/** UTC milliseconds. */
	readonly instant: number;
	readonly channel: Channel;
	/** Place in the list that showed it, from 0; absent where there was no list. */
	readonly position?: number;
	/** Which ranker ordered the list, e.g. `taste-1`, `price-up`. */
	readonly ranker?: string;
	/** Probability with which that ranker shows this home in this place; 1 for a fixed order. */
	readonly propensity?: number;
	/** Seconds, of a dwell. */
	readonly seconds?: number;
	readonly reason?: DismissReason;
	/** The filters of a search. */
	readonly filter?: string;
}

/** An act as it is remembered. */
export interface RememberedAct extends Act {
	readonly sequence: number;
	readonly session: number;
	/** Whose search it was; 0 is the person at the device. */
	readonly seeker: number;
	/** Learning was on when it happened. */
	readonly consent: boolean;
}

export interface ActPage {
	readonly acts: readonly RememberedAct[];
	/** Acts of the kinds asked for, in all. */
	readonly total: number;
}

/** A home's standing with this person, from the log. */
export interface Standing {
	readonly saved: Uint32Array;
	readonly dismissed: Uint32Array;
	readonly liked: Uint32Array;
	readonly enquired: Uint32Array;
}
