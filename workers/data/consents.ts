import type { InsightModel } from '$lib/contracts';
import {
	changed,
	changedForGuest,
	type Consent,
	type ConsentChange,
	type GuestConsent,
	NOTHING_WITHDRAWN,
} from '$workers/privacy/consent';
import { modelsUnder, modelsWithGuests } from '$workers/privacy/affected-models';
import type { TableName } from '$workers/privacy/tables';
import { toBytes } from './codec';
import { underConsent } from './consent-lock';
import type { ProfileDatabase } from './database';
import { readRecord } from './records';
import { dueAgain, planStale, type StalePlan, writeStale } from './stale-runs';

export type { Consent, ConsentChange, GuestConsent } from '$workers/privacy/consent';

const CONSENT = 'consent';

/** What the person of this profile has taken back. */
export async function readConsent(database: ProfileDatabase): Promise<Consent> {
	const stored = await readRecord(database.records, CONSENT, database.codec);
	return { ...NOTHING_WITHDRAWN, ...(stored as Partial<Consent> | undefined) };
}

/**
 * Withdraws or grants, with the receipt. In the same transaction the manager's models that learned
 * from what is taken back are taken out of use, so that none answers under a consent that is gone;
 * where something is granted, they are due to be learned anew.
 *
 * @returns the consent that stands now; `changed` is `false` where it stood already
 */
export async function changeConsent(
	database: ProfileDatabase,
	change: ConsentChange,
): Promise<{ readonly consent: Consent; readonly changed: boolean }> {
	const models = modelsUnder(change.purpose, change.table as TableName | null);
	return write(
		database,
		(consent) => changed(consent, change),
		() => planFor(database, models, change.granted),
	);
}

/**
 * Restricts a guest of the books or notes their objection; what is not named stays as it was. Where
 * this changes whose rows the models may read, those that learned from guests are taken out of use in
 * the same transaction.
 */
export async function changeGuestConsent(
	database: ProfileDatabase,
	key: string,
	change: Partial<GuestConsent>,
): Promise<Consent> {
	const { consent } = await write(
		database,
		(consent) => changedForGuest(consent, key, change),
		(before, after) => {
			const same = Object.hasOwn(before.guests, key) === Object.hasOwn(after.guests, key);
			return planStale(database, same ? [] : modelsWithGuests(), 'restricted');
		},
	);
	return consent;
}

const planFor = (database: ProfileDatabase, models: readonly InsightModel[], granted: boolean) =>
	granted ? dueAgain(models) : planStale(database, models, 'withdrawn');

function write(
	database: ProfileDatabase,
	change: (consent: Consent) => Consent,
	plan: (before: Consent, after: Consent) => StalePlan | Promise<StalePlan>,
): Promise<{ consent: Consent; changed: boolean }> {
	return underConsent(database, async () => {
		const before = await readConsent(database);
		const after = change(before);
		if (after === before) return { consent: before, changed: false };
		const sealed = await database.codec.seal(toBytes(after), CONSENT);
		const stale = await plan(before, after);
		await database.transaction('rw', [database.records, database.models], async () => {
			await database.records.put({ key: CONSENT, sealed });
			await writeStale(database, stale);
		});
		return { consent: after, changed: true };
	});
}
