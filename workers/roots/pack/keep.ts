import type { PackFrom, PackKeepingApi, PackStep, PackView } from '$lib/contracts';
import { FaultError } from '$workers/data/fault';
import { fetchFromHost } from '$workers/data/host-file';
import type { Repositories } from '$workers/data/repositories';
import { readPackState } from '$workers/data/pack-record';
import { storageFault } from '$workers/data/storage-fault';
import type { Behind, Job } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** The host is asked at most this often, in milliseconds, whatever a person does. */
const BETWEEN_LOOKS = 86_400_000;
const MOST_BYTES = 64 * 1024 * 1024;
const QUIET: Job = { cancelled: () => false, onProgress: () => undefined };

/**
 * Part of the store worker: what others' choices teach comes in here, and is looked at. What the
 * checks need is loaded when the first pack is there.
 *
 * @param renewCatalogue takes a newer catalogue from the host, where the open one came from it
 */
export function keepPacks(
	{ here, notifier }: Storehouse,
	renewCatalogue: () => Promise<void>,
): Behind<PackKeepingApi> {
	const packsOf = async ({ database }: Repositories) =>
		new (await import('$workers/data/packs')).PackRepository(database);
	const packs = async () => packsOf(await here());

	async function note(what: 'opened' | 'changed' | 'refused', bytes: number): Promise<void> {
		const { ledger } = await here();
		const entry = { subject: 'model_pack', purpose: 'recommend', rows: 1 } as const;
		await ledger.note({ ...entry, instant: Date.now(), what, bytes });
		notifier.tell('packs', 'ledger');
	}

	async function offer(file: ArrayBuffer, from: PackFrom): Promise<PackStep> {
		const repositories = await here();
		const stored = await repositories.catalogue.read('show');
		if (!stored) return 'none';
		const { homes, summary } = stored;
		try {
			const offered = { summary, keys: homes.columns.key.values };
			return await (await packsOf(repositories)).offer(file, from, offered, Date.now());
		} catch (error) {
			const fault = storageFault(error);
			if (fault instanceof FaultError && fault.name.startsWith('Pack'))
				await note('refused', file.byteLength);
			throw fault;
		}
	}

	/** A pack may wait since the page was closed under its trial. */
	async function leftToTry(): Promise<PackStep> {
		const { waiting } = await readPackState((await here()).database, 'show');
		return waiting && !waiting.asks ? 'tried-next' : 'none';
	}

	/** One look at a time in all tabs; a second one finds that the first has been. */
	function look(now: boolean): Promise<PackStep> {
		return navigator.locks.request('doorstep-look', async () => {
			const { catalogue, profiles } = await here();
			const summary = await catalogue.summary();
			if (!summary) return 'none';
			const last = await profiles.lastLook();
			// Of two askings at the first start, the second one finds the look done.
			if (now ? last >= summary.importedAt : !isDue(last)) return leftToTry();
			// What is wrong with the catalogue says nothing about the pack, and is not worth a word.
			if (isDue(summary.importedAt)) await renewCatalogue().catch(() => undefined);
			const file = await fetchFromHost('pack', self.origin, QUIET);
			await profiles.looked(Date.now());
			notifier.tell('packs');
			return file ? offer(file, 'host') : 'none';
		}) as Promise<PackStep>;
	}

	return {
		async packs() {
			const repositories = await here();
			return view(repositories);
		},
		lookAtHost: look,
		async openPack(file) {
			if (file.size > MOST_BYTES) {
				const { packDamaged } = await import('$workers/data/pack-faults');
				throw packDamaged('it is larger than any pack may be');
			}
			const step = await offer(await file.arrayBuffer(), 'file');
			notifier.tell('packs');
			return step;
		},
		async trustPack(fingerprint) {
			const trusted = await (await packs()).trust(fingerprint);
			if (trusted) await note('changed', 0);
			return trusted ? 'tried-next' : 'none';
		},
		async dropPack() {
			await (await packs()).drop();
			notifier.tell('packs');
		},
		async exportGuestHomes() {
			const books = await (await here()).books.read('insight');
			if (!books) throw noBooks();
			const { guestHomeCounts } = await import('$workers/data/exporters/guest-homes');
			const { toParquet } = await import('$workers/data/exporters/parquet');
			return new Blob([toParquet(guestHomeCounts(books), 'guest_homes')]);
		},
		async usePack(use) {
			await (await packs()).use(use);
			await note('changed', 0);
			notifier.tell('taste');
		},
	};
}

const noBooks = () =>
	new FaultError({
		name: 'NotReady',
		message: 'There are no bookings here yet.',
		kept: 'Nothing was there to keep.',
		next: 'Bring in a file of bookings first.',
	});

/** A clock that was put back does not keep the look away. */
function isDue(last: number): boolean {
	const since = Date.now() - last;
	return since >= BETWEEN_LOOKS || since < 0;
}

async function view(repositories: Repositories): Promise<PackView> {
	const { countKnown, keptPack, PackRepository, trustedKey, waitingPack } =
		await import('$workers/data/packs');
	const { fingerprintOf } = await import('$workers/packs/keys');
	const packs = new PackRepository(repositories.database);
	const state = await packs.state('show');
	const [stored, own] = [await repositories.catalogue.read('show'), await packs.inUse('show')];
	const homesHere = own && stored ? countKnown(own.pack.keys, stored.homes.columns.key.values) : 0;
	const key = stored && trustedKey(state, stored.summary);
	return {
		inUse: keptPack(state, own?.bytes ?? 0, homesHere),
		stopped: state.stopped,
		waiting: waitingPack(state),
		refused: state.refused.map(({ at, fault, from, version }) => ({ at, fault, from, version })),
		key: key && {
			fingerprint: await fingerprintOf(key),
			by: stored.summary.packKey ? 'catalogue' : 'person',
		},
		lookedAt: (await repositories.profiles.lastLook()) || null,
	};
}
