import type { Purpose, Withdrawal } from '$lib/contracts';
import type { TableName } from './tables';

/** What a person has taken back in one profile. Nothing taken back is the beginning. */
export interface Consent {
	readonly withdrawn: readonly Withdrawal[];
}

export const NOTHING_WITHDRAWN: Consent = { withdrawn: [] };

/** Withdrawn as a whole, or for this table alone. */
export function isWithdrawn(consent: Consent, table: TableName, purpose: Purpose): boolean {
	return consent.withdrawn.some(
		(each) => each.purpose === purpose && (each.table === null || each.table === table),
	);
}
