import type { JobHandle, Reply } from './door';
import type { InsightModel } from './insight';
import type { Explanation, Taste } from './taste';

/** Whose data a right is about: the person at this device, or a guest in the manager's books. */
export type Subject = { readonly kind: 'self' } | { readonly kind: 'guest'; readonly key: string };

/** A guest as the rights centre finds one. */
export interface GuestFound {
	readonly key: string;
	readonly bookings: number;
	/** Civil days of arrival; NaN where there is no booking. */
	readonly firstStay: number;
	readonly lastStay: number;
	readonly restricted: boolean;
	readonly objected: boolean;
}

/** A booking as its guest may see and correct it. Days are civil days, money is of the books. */
export interface HeldBooking {
	readonly booking: number;
	readonly home: string;
	readonly bookedOn: number;
	readonly arrivesOn: number;
	readonly nights: number;
	readonly adults: number;
	readonly nightlyPrice: number;
	readonly total: number;
	readonly status: string;
	/** NaN where it was not cancelled. */
	readonly cancelledOn: number;
}

/** All that is held about a guest. */
export interface GuestHeld extends GuestFound {
	readonly country: string;
	readonly type: string;
	/** Civil day. */
	readonly firstSeen: number;
	readonly stays: readonly HeldBooking[];
	/** Looks at homes. */
	readonly looks: number;
	/** What models were told of the guest; a missing number is NaN. */
	readonly features: readonly { readonly name: string; readonly value: number | string }[];
	/** Models in use that answer about this guest by name, and how often. */
	readonly answers: readonly { readonly model: InsightModel; readonly answers: number }[];
	readonly currency: string;
}

/** What the scoring worker knows of the person at this device, for the archive. */
export interface LearnedOfSelf {
	readonly taste: Taste;
	/** Of homes that the person saved. */
	readonly explained: readonly {
		readonly property: number;
		readonly explanation: Explanation;
	}[];
}

/** An archive before it is saved: the page shows what is in it. */
export interface Archive {
	/** A zip. */
	readonly file: Blob;
	readonly contents: readonly {
		readonly name: string;
		/** Rows, or other things that can be counted. */
		readonly rows: number;
		readonly bytes: number;
	}[];
	/** Of the ledger's newest entry when the archive was made; empty where there is none. */
	readonly fingerprint: string;
}

/** How a model was freed of what was forgotten, and what the check of it found. */
export interface Unlearned {
	readonly model: string;
	/**
	 * - `closed-form`: the rows were subtracted from the model's sums.
	 * - `counts`: they were subtracted from its counts.
	 * - `replay`: it is trained anew, from the same seed, without them.
	 * - `never-saw`: it was not trained on them.
	 */
	readonly method: 'closed-form' | 'counts' | 'replay' | 'never-saw';
	/** Largest difference to a model trained from scratch without it; NaN until that was measured. */
	readonly difference: number;
	/** Waits for the next training; until then the model gives no answer. */
	readonly waiting: boolean;
}

/** What a person gets after something was forgotten. Kept in the ledger as counts. */
export interface ForgetReceipt {
	readonly instant: number;
	readonly subject: 'act' | 'booking' | 'guest';
	readonly removed: readonly { readonly table: string; readonly rows: number }[];
	readonly models: readonly Unlearned[];
	/** Fingerprint of the ledger's entry. */
	readonly fingerprint: string;
}

/** A field of a guest or a booking that may be corrected. */
export type CorrectableField =
	| 'country'
	| 'type'
	| 'adults'
	| 'nights'
	| 'nightly_price'
	| 'status'
	| 'booked_on'
	| 'arrives_on'
	| 'cancelled_on';

export interface Correction {
	readonly table: 'dim_user' | 'fact_booking_detail';
	/** Booking number for a booking; the guest is the subject. */
	readonly booking?: number;
	readonly field: CorrectableField;
	/** Numbers with a point, days as `2026-05-14`. */
	readonly value: string;
}

export interface RightsApi {
	/** Guests whose key contains the text; at most 20. */
	findGuests(text: string): Promise<Reply<readonly GuestFound[]>>;
	/** `null`: nobody has that key. */
	guestHeld(key: string): Promise<Reply<GuestHeld | null>>;
	/** Long: one archive with data, features, predictions and explanations, as JSON and HTML. */
	archive(job: JobHandle, subject: Subject, learned: LearnedOfSelf | null): Promise<Reply<Archive>>;
	rectify(subject: Subject, correction: Correction): Promise<Reply<void>>;
	/** Kept, but read for nothing except the person's rights, until lifted. */
	restrict(subject: Subject, on: boolean): Promise<Reply<void>>;
	/** No model learns from or is asked about this person, until taken back. */
	object(subject: Subject, on: boolean): Promise<Reply<void>>;
	forgetGuest(key: string): Promise<Reply<ForgetReceipt>>;
	forgetBooking(booking: number): Promise<Reply<ForgetReceipt>>;
}

/** In the training worker. */
export interface UnlearningTraining {
	/** Long. Trains the model from scratch on what is left and compares it with the version in use. */
	checkUnlearned(job: JobHandle, model: InsightModel): Promise<Reply<Unlearned>>;
}

/** In the scoring worker. */
export interface UnlearningScoring {
	/** Compares the taste as it stands with one learned from scratch from the acts that are left. */
	checkForgotten(now: number): Promise<Reply<Unlearned>>;
}
