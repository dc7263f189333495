import type { PackTrial, PackTrialApi } from '$lib/contracts';
import type { ProfileDatabase } from '$workers/data/database';
import { LedgerRepository, type NewLedgerEntry } from '$workers/data/ledger';
import type { Notifier } from '$workers/data/notify';
import { packWorse } from '$workers/data/pack-faults';
import { PackRepository } from '$workers/data/packs';
import { openProfile, type Profiles } from '$workers/data/profiles';
import { storageFault } from '$workers/data/storage-fault';
import type { Behind } from '$workers/door/expose';

/** Fewer homes than this that a person took to say nothing against a pack. */
const ENOUGH = 5;

/** Part of the training worker: a pack is tried on the person's own acts before it is used. */
export function tryPacks(profiles: Profiles, notifier: Notifier): Behind<PackTrialApi> {
	return {
		tryPack: () =>
			navigator.locks.request('doorstep-pack-trial', async () => {
				const database = await openProfile(await profiles.current());
				try {
					return await tryWaiting(database, notifier);
				} catch (error) {
					throw storageFault(error);
				} finally {
					database.close();
				}
			}) as Promise<'kept' | 'refused' | null>,
	};
}

async function tryWaiting(
	database: ProfileDatabase,
	notifier: Notifier,
): Promise<'kept' | 'refused' | null> {
	const packs = new PackRepository(database);
	const pack = await packs.toTry('recommend');
	if (!pack) return null;
	const { trialOf } = await import('./pack-trial');
	const trial = await trialOf(database, (await packs.read('recommend'))?.pack ?? null, pack);
	const kept = speaksForIt(trial) && (await packs.keep(trial, Date.now()));
	if (!kept) await packs.refuseWaiting(packWorse().fault, Date.now());
	const what: NewLedgerEntry['what'] = kept ? 'opened' : 'refused';
	await new LedgerRepository(database).note({
		instant: Date.now(),
		what,
		subject: 'model_pack',
		purpose: 'recommend',
		rows: pack.keys.length,
		bytes: (await packs.totals()).bytes,
	});
	notifier.tell('packs', 'ledger', ...(kept ? (['taste'] as const) : []));
	return kept ? 'kept' : 'refused';
}

/** No worse than what was there, or too little to tell. */
const speaksForIt = ({ acts, after, before }: PackTrial) =>
	acts < ENOUGH || after === null || before === null || after >= before;
