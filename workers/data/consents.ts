import type { InsightModel } from '$lib/contracts';
import {
	changed,
	changedForGuest,
	type Consent,
	type ConsentChange,
	type GuestConsent,
	NOTHING_WITHDRAWN,
} from '$workers/privacy/consent';
import { toBytes } from './codec';
import type { ProfileDatabase } from './database';
import { readRecord } from './records';
import { planStale, type StaleWhy, writeStale } from './stale-runs';

export type { Consent, ConsentChange, GuestConsent } from '$workers/privacy/consent';

const CONSENT = 'consent';

/** What the person of this profile has taken back. */
export async function readConsent(database: ProfileDatabase): Promise<Consent> {
	const stored = await readRecord(database.records, CONSENT, database.codec);
	return { ...NOTHING_WITHDRAWN, ...(stored as Partial<Consent> | undefined) };
}

/**
 * Withdraws or grants, with the receipt; in the same transaction the models that may not answer any
 * more are taken out of use, so that none answers under a consent that is gone.
 *
 * @param models that are to be taken out of use
 */
export async function changeConsent(
	database: ProfileDatabase,
	change: ConsentChange,
	models: readonly InsightModel[] = [],
): Promise<Consent> {
	return write(database, (consent) => changed(consent, change), models, 'withdrawn');
}

/**
 * Restricts a guest of the books or notes their objection; what is not named stays as it was. In the
 * same transaction the models that learned from them are taken out of use.
 */
export async function changeGuestConsent(
	database: ProfileDatabase,
	key: string,
	change: Partial<GuestConsent>,
	models: readonly InsightModel[] = [],
): Promise<Consent> {
	return write(database, (consent) => changedForGuest(consent, key, change), models, 'restricted');
}

/**
 * Waits until nobody else changes consent or registers a run: a model that was trained under a
 * consent that has changed meanwhile is not registered.
 */
export function underConsent<Value>(
	database: ProfileDatabase,
	work: () => Promise<Value>,
): Promise<Value> {
	return navigator.locks.request(`${database.name}/${CONSENT}`, work) as Promise<Value>;
}

function write(
	database: ProfileDatabase,
	change: (consent: Consent) => Consent,
	models: readonly InsightModel[],
	why: StaleWhy,
): Promise<Consent> {
	return underConsent(database, async () => {
		const consent = change(await readConsent(database));
		const sealed = await database.codec.seal(toBytes(consent), CONSENT);
		const stale = await planStale(database, models, why);
		await database.transaction('rw', [database.records, database.models], async () => {
			await database.records.put({ key: CONSENT, sealed });
			await writeStale(database, stale);
		});
		return consent;
	});
}
