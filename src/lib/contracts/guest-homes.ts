import type { Reply } from './door';

/** By what guests are told apart; all of it is known when they book. */
export type SegmentBy = 'type' | 'party' | 'stay' | 'lead' | 'country' | 'returning';

/** A home among the bookings of one kind of guest. */
export interface SegmentHome {
	/** Row of the property table. */
	readonly property: number;
	readonly bookings: number;
	/** Share of the segment's bookings, drawn towards the share of all bookings where there are few. */
	readonly share: number;
	/** Share of all bookings. */
	readonly usual: number;
	/** share / usual, and the ends of its 95 % interval. 1: as popular here as anywhere. */
	readonly uplift: number;
	readonly low: number;
	readonly high: number;
}

export interface GuestSegment {
	readonly by: SegmentBy;
	/** Stable key, e.g. `leisure`, `2`, `8-30`, `DE`, `again`. */
	readonly key: string;
	readonly bookings: number;
	/** Best first. */
	readonly homes: readonly SegmentHome[];
}

/** How often a booking went to one of the first three homes that would have been suggested. */
export interface FirstThree {
	readonly bookings: number;
	readonly hits: number;
	/** With the same three homes for everybody. */
	readonly usualHits: number;
	/** Of the difference of both shares. */
	readonly standardError: number;
}

export interface GuestHomes {
	/** Civil days of the first and last booking. */
	readonly from: number;
	readonly to: number;
	readonly bookings: number;
	/** Names by row of the property table. */
	readonly names: readonly string[];
	readonly segments: readonly GuestSegment[];
	/** Learned from earlier bookings, tried on later ones; one for each way to tell guests apart. */
	readonly tried: readonly (FirstThree & { readonly by: SegmentBy })[];
	/** Civil day from which on bookings were tried. */
	readonly triedFrom: number;
}

/** A guest that a home suits, who has not been there. */
export interface SuitedGuest {
	readonly key: string;
	readonly stays: number;
	/** Civil day of the last arrival. */
	readonly lastStay: number;
	readonly score: number;
	/** Homes they were at that speak for this one, strongest first, with their part of the score. */
	readonly because: readonly { readonly property: number; readonly part: number }[];
}

export interface HomeSuits {
	readonly property: number;
	/** Kinds of guests who choose it more often than others do, surely. */
	readonly segments: readonly (SegmentHome & { readonly by: SegmentBy; readonly key: string })[];
	/** Best first; empty where the books name no guests or nothing is known of who goes where. */
	readonly guests: readonly SuitedGuest[];
	/** Where guests went that they had not been before; `null` where there were too few. */
	readonly tried: FirstThree | null;
}

export interface GuestHomesApi {
	/** `null`: there are no bookings. */
	guestHomes: () => Promise<Reply<GuestHomes | null>>;
	suits: (property: number) => Promise<Reply<HomeSuits | null>>;
}
