import type { ConsentReceipt, Purpose, Withdrawal } from '$lib/contracts';
import type { TableName } from './tables';

/** What stands for one guest of the manager's books. */
export interface GuestConsent {
	/** Kept, but read for nothing except the guest's own rights. */
	readonly restricted: boolean;
	/** No model learns from this guest or is asked about them. */
	readonly objected: boolean;
}

/** What a person has taken back in one profile. Nothing taken back is the beginning. */
export interface Consent {
	readonly withdrawn: readonly Withdrawal[];
	/** By guest key; a guest for whom nothing stands is not listed. */
	readonly guests: Readonly<Record<string, GuestConsent>>;
	/** Newest first. */
	readonly receipts: readonly ConsentReceipt[];
}

/** A change of consent, and when (UTC milliseconds). */
export type ConsentChange = ConsentReceipt;

export const NOTHING_WITHDRAWN: Consent = { withdrawn: [], guests: {}, receipts: [] };

/** Withdrawn as a whole, or for this table alone. */
export function isWithdrawn(consent: Consent, table: TableName, purpose: Purpose): boolean {
	return consent.withdrawn.some(
		(each) => each.purpose === purpose && (each.table === null || each.table === table),
	);
}

/** The whole purpose was taken back, not some of its tables. */
export const isPurposeWithdrawn = (consent: Consent, purpose: Purpose): boolean =>
	consent.withdrawn.some((each) => each.purpose === purpose && each.table === null);

/**
 * The consent after a change, with its receipt. A change to what stands already changes nothing and
 * leaves no receipt.
 */
export function changed(consent: Consent, change: ConsentChange): Consent {
	const { granted, instant, purpose, table } = change;
	const same = (each: Withdrawal) => each.purpose === purpose && each.table === table;
	if (consent.withdrawn.some(same) !== granted) return consent;
	const withdrawn = granted
		? consent.withdrawn.filter((each) => !same(each))
		: [...consent.withdrawn, { purpose, table, since: instant }];
	return { ...consent, withdrawn, receipts: [change, ...consent.receipts] };
}

/** The consent after a change for one guest; what the change does not name stands as it was. */
export function changedForGuest(
	consent: Consent,
	key: string,
	change: Partial<GuestConsent>,
): Consent {
	const now = { ...guestConsent(consent, key), ...change };
	const others = Object.entries(consent.guests).filter(([other]) => other !== key);
	const guests = now.restricted || now.objected ? [...others, [key, now] as const] : others;
	return { ...consent, guests: Object.fromEntries(guests) };
}

/** What stands for a guest. */
export function guestConsent(consent: Consent, key: string): GuestConsent {
	const known = Object.hasOwn(consent.guests, key) ? consent.guests[key] : undefined;
	return known ?? { restricted: false, objected: false };
}

/** Keys of the guests whose rows no model and no message may read. */
export const excludedGuests = (consent: Consent): ReadonlySet<string> =>
	new Set(Object.keys(consent.guests));
