import type { JobHandle, Reply } from './door';
import type { InsightModel } from './insight';

/** Whose data a right is about: the person at this device, or a guest in the manager's books. */
export type Subject = { readonly kind: 'self' } | { readonly kind: 'guest'; readonly key: string };

/** A guest as the rights centre finds one. */
export interface GuestFound {
	readonly key: string;
	readonly bookings: number;
	/** Civil days; NaN where there is no booking. */
	readonly firstStay: number;
	readonly lastStay: number;
	readonly restricted: boolean;
	readonly objected: boolean;
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
export interface Correction {
	readonly table: 'dim_user' | 'fact_booking_detail';
	/** Booking number for a booking; the guest is the subject. */
	readonly booking?: number;
	readonly field: string;
	readonly value: string;
}

export interface RightsApi {
	/** Guests whose key contains the text; at most 20. */
	findGuests(text: string): Promise<Reply<readonly GuestFound[]>>;
	/** Long: one archive with data, features, predictions and explanations, as JSON and HTML. */
	archive(job: JobHandle, subject: Subject): Promise<Reply<Blob>>;
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
