import { type Consent, NOTHING_WITHDRAWN } from '$workers/privacy/consent';
import type { ProfileDatabase } from './database';
import { readRecord } from './records';

const CONSENT = 'consent';

/** What the person of this profile has taken back. */
export async function readConsent(database: ProfileDatabase): Promise<Consent> {
	const stored = await readRecord(database.records, CONSENT, database.codec);
	return (stored as Consent | undefined) ?? NOTHING_WITHDRAWN;
}
