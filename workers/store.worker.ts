import type {
	Act,
	CatalogueSummary,
	ImportOptions,
	ImportReport,
	LeftOpenApi,
	ManagerApi,
	PackKeepingApi,
	PackMakingApi,
	SavedSearchApi,
	SeekersApi,
	StoreApi,
	TrustApi,
} from '$lib/contracts';
import { decodeCatalogue, encodeCatalogue } from '$workers/data/catalogue-file';
import { readConsent } from '$workers/data/consents';
import { eraseDatabases } from '$workers/data/erase';
import { FaultError } from '$workers/data/fault';
import { fetchFromHost, type FetchRun } from '$workers/data/host-file';
import { importListings } from '$workers/data/importers';
import { exportEverything, inventory } from '$workers/data/inventory';
import { type Repositories, repositoriesOf } from '$workers/data/repositories';
import { isLedgerSubject } from '$workers/data/ledger';
import { Notifier } from '$workers/data/notify';
import { openProfile, type ProfileName, Profiles } from '$workers/data/profiles';
import { requireSamePlace } from '$workers/data/same-place';
import { storageFault } from '$workers/data/storage-fault';
import { exposeBehindDoor, type Job } from '$workers/door/expose';
import { consentsToLearning } from '$workers/privacy/purposes';
import { SAMPLE_SEED, sampleTown } from '$workers/sample';
import { leftOpen } from '$workers/roots/left-open';
import { manage } from '$workers/roots/manage';
import { keepPacks } from '$workers/roots/pack/keep';
import { makePacks } from '$workers/roots/pack/make';
import { savedSearches } from '$workers/roots/saved-searches';
import { seekers } from '$workers/roots/seekers';
import { trust } from '$workers/roots/trust';
import { keepTimesAtStart } from '$workers/roots/trust/retention';
import { buildSearch, type Search } from '$workers/search';
import type { Catalogue } from '$workers/table/homes';

/** Data in and out, consent, ledger, search: the composition root. Rules live in the rooms it wires. */

const notifier = new Notifier();
const profiles = new Profiles();
let opened: { profile: ProfileName; repositories: Promise<Repositories> } | null = null;
let search: { version: string; index: Search } | null = null;

/** The open profile's data. Another tab may have opened another one since. */
async function here(): Promise<Repositories> {
	const profile = await profiles.current();
	if (opened?.profile !== profile) {
		opened = { profile, repositories: openRepositories(profile) };
		opened.repositories.catch(() => (opened = null));
	}
	return opened.repositories;
}

/** A profile's data, whichever one is open. */
async function dataOf(profile: ProfileName): Promise<Repositories> {
	return (await profiles.current()) === profile ? here() : openRepositories(profile);
}

/** Makes a profile the open one, in every tab. */
async function enter(profile: ProfileName, repositories: Repositories): Promise<void> {
	await profiles.choose(profile);
	opened = { profile, repositories: Promise.resolve(repositories) };
	notifier.tell(
		'profile',
		'catalogue',
		'acts',
		'taste',
		'models',
		'ledger',
		'books',
		'insights',
		'choices',
	);
}

async function openRepositories(profile: ProfileName): Promise<Repositories> {
	const database = await openProfile(profile);
	const repositories = repositoriesOf(database, profiles);
	void keepTimesAtStart(repositories, notifier);
	return repositories;
}

async function searchIndex(): Promise<Search> {
	const { catalogue } = await here();
	const summary = await catalogue.summary();
	if (!summary) throw noCatalogue();
	if (search?.version !== summary.version) {
		const stored = await catalogue.read('show');
		if (!stored) throw noCatalogue();
		search = { version: summary.version, index: buildSearch(stored) };
	}
	return search.index;
}

function noCatalogue(): FaultError {
	return new FaultError({
		name: 'NotReady',
		message: 'There are no homes here yet.',
		kept: 'Nothing was there to keep.',
		next: 'Open a catalogue, or look around with the sample town.',
	});
}

/** One import at a time in all tabs; the old catalogue stands until the new one is whole. */
async function alone<Value>(work: () => Promise<Value>): Promise<Value> {
	return navigator.locks.request('doorstep-import', { ifAvailable: true }, async (lock) => {
		if (lock) return work();
		throw new FaultError({
			name: 'Busy',
			message: 'Another tab is bringing in a catalogue.',
			kept: 'Everything as it was before.',
			next: 'Wait until it is done there, or stop it.',
		});
	});
}

/** Puts a catalogue into its profile and makes that the open one. */
async function keep(
	catalogue: Catalogue,
	profile: ProfileName,
	from?: 'host',
): Promise<CatalogueSummary> {
	const target = await dataOf(profile);
	try {
		const version = await fingerprint(encodeCatalogue(catalogue));
		const summary = await target.catalogue.replace(catalogue, version, Date.now(), from);
		await target.ledger.note({
			instant: Date.now(),
			what: 'opened',
			subject: profile === 'sample' ? 'sample town' : 'catalogue',
			purpose: 'show',
			rows: summary.homes,
			bytes: (await target.catalogue.totals()).bytes,
		});
		await enter(profile, target);
		return summary;
	} catch (error) {
		throw storageFault(error);
	}
}

async function fingerprint(bytes: ArrayBuffer): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function hostCatalogue(run: FetchRun): Promise<Catalogue | null> {
	const bytes = await fetchFromHost('homes', self.origin, run);
	return bytes && decodeCatalogue(bytes);
}

/** Takes what the host offers now, where the homes came from it and these are of the same place. */
async function renewCatalogue(): Promise<void> {
	const summary = await (await here()).catalogue.summary();
	if (summary?.from !== 'host') return;
	await alone(async () => {
		const offered = await hostCatalogue({ cancelled: () => false, onProgress: () => {} });
		const stored = offered && (await (await here()).catalogue.read('show'));
		if (!stored || (await fingerprint(encodeCatalogue(offered))) === stored.summary.version) return;
		requireSamePlace(stored.homes, offered.homes);
		await keep(offered, 'own', 'host');
	});
}

async function openSample(job: Job): Promise<CatalogueSummary> {
	job.onProgress({ step: 'generating', done: 0 });
	return keep(sampleTown({ seed: SAMPLE_SEED }), 'sample');
}

async function importFile(job: Job, file: File, options: ImportOptions): Promise<ImportReport> {
	const { catalogue, report } = await importListings(file, options, job);
	const ownData = await dataOf('own');
	const own = await ownData.catalogue.read('show');
	const version = await fingerprint(encodeCatalogue(catalogue));
	if (own?.summary.version === version) {
		await enter('own', ownData);
		return { ...report, unchanged: true, summary: own.summary };
	}
	if (own && !options.acceptOtherPlace) requireSamePlace(own.homes, catalogue.homes);
	job.onProgress({ step: 'writing', done: 0, total: report.rowsKept });
	return { ...report, unchanged: false, summary: await keep(catalogue, 'own') };
}

const minutesEast = () => -new Date().getTimezoneOffset();
const PASSIVE = new Set<Act['kind']>(['impression', 'view', 'dwell', 'search']);

/** Whose search goes on now. */
async function seeking(): Promise<number> {
	return (await (await here()).seekers.read('show')).current;
}

const storehouse = { here, dataOf, enter, notifier };

type Api = StoreApi &
	ManagerApi &
	TrustApi &
	SeekersApi &
	SavedSearchApi &
	LeftOpenApi &
	PackKeepingApi &
	PackMakingApi;

exposeBehindDoor<Api>('store', {
	...manage(storehouse),
	...seekers(storehouse),
	...savedSearches(storehouse, searchIndex),
	...leftOpen(storehouse),
	...keepPacks(storehouse, renewCatalogue),
	...makePacks(storehouse),
	...trust(storehouse),

	async situation() {
		const [{ catalogue, ledger }, profile, settings, estimate, persisted] = await Promise.all([
			here(),
			profiles.current(),
			profiles.settings(),
			navigator.storage.estimate(),
			navigator.storage.persisted(),
		]);
		return {
			profile,
			settings,
			catalogue: await catalogue.summary(),
			persisted,
			released: await ledger.released(),
			bytesUsed: estimate.usage ?? 0,
			bytesAllowed: estimate.quota ?? 0,
		};
	},
	async changeSettings(change) {
		const settings = await profiles.changeSettings(change);
		notifier.tell('settings');
		return settings;
	},

	openHostCatalogue: (job) =>
		alone(async () => {
			const offered = await hostCatalogue(job);
			return offered ? keep(offered, 'own', 'host') : openSample(job);
		}),
	openSampleTown: (job) => alone(() => openSample(job)),
	importListings: (job, file, options) => alone(() => importFile(job, file, options)),

	search: async (filter, order) => (await searchIndex()).search(filter, order),
	async homes(properties) {
		const index = await searchIndex();
		return Array.from(properties, (property) => index.home(property)).filter(
			(home) => home !== null,
		);
	},
	homeByKey: async (key) => (await searchIndex()).byKey(key),
	mapPoints: async () => (await searchIndex()).mapPoints(),
	priceContext: async (property) => (await searchIndex()).priceContext(property),
	areas: async () => (await searchIndex()).areas(),

	async record(acts) {
		const { database } = await here();
		const consent = consentsToLearning(await profiles.settings(), await readConsent(database));
		const kept = consent ? acts : acts.filter((act) => !PASSIVE.has(act.kind));
		try {
			await (await here()).acts.record(kept, consent, minutesEast(), await seeking());
		} catch (error) {
			throw storageFault(error);
		}
		if (kept.some((act) => act.kind !== 'impression')) notifier.tell('acts');
	},
	standing: async () => (await here()).acts.standing('show', await seeking()),
	acts: async (kinds, offset, limit) =>
		(await here()).acts.page(kinds, offset, limit, 'account', await seeking()),
	async forget(sequences) {
		const { acts, ledger } = await here();
		const forgotten = await acts.forget(sequences);
		await ledger.note({
			instant: Date.now(),
			what: 'forgot',
			subject: 'acts',
			purpose: 'account',
			rows: forgotten.length,
			bytes: 0,
		});
		notifier.tell('acts', 'ledger');
		return forgotten;
	},
	async remember(forgotten) {
		await (await here()).acts.remember(forgotten, minutesEast());
		notifier.tell('acts');
	},

	tasteEdits: async () => (await here()).tasteEdits.all('account', await seeking()),
	async editTaste(edit) {
		await (await here()).tasteEdits.put(edit, await seeking());
		notifier.tell('taste');
	},
	async clearTasteEdit(key) {
		await (await here()).tasteEdits.remove(key, await seeking());
		notifier.tell('taste');
	},

	inventory: async () => inventory(await here()),
	ledger: async (offset, limit) => (await here()).ledger.page(offset, limit, 'account'),
	async exportEverything() {
		const repositories = await here();
		return {
			file: await exportEverything(repositories, Date.now()),
			tables: await inventory(repositories),
		};
	},
	async noteRelease(what, subject, bytes) {
		if (!isLedgerSubject(subject)) throw new RangeError('unknown subject of a release');
		await (
			await here()
		).ledger.note({
			instant: Date.now(),
			what,
			subject,
			purpose: what === 'exported' ? 'export' : 'message',
			rows: 1,
			bytes,
		});
		notifier.tell('ledger');
	},
	async erase() {
		(await here()).database.close();
		profiles.close();
		await eraseDatabases();
		notifier.tell('erased');
	},
});
