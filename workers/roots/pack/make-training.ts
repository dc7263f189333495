import type { MadePack, PackMakingTraining } from '$lib/contracts';
import { BooksRepository } from '$workers/data/books';
import { underConsent } from '$workers/data/consent-lock';
import { readConsent } from '$workers/data/consents';
import { FaultError } from '$workers/data/fault';
import { LedgerRepository } from '$workers/data/ledger';
import { MadePackRepository } from '$workers/data/made-packs';
import type { Notifier } from '$workers/data/notify';
import { openProfile, type Profiles } from '$workers/data/profiles';
import { chargesOf, requireBudget } from '$workers/data/releases';
import { storageFault } from '$workers/data/storage-fault';
import type { Behind, Job } from '$workers/door/expose';
import { CancelledError } from '$workers/learners/contract';
import type { ProfileDatabase } from '$workers/data/database';
import type { Books } from '$workers/table/bookings';

const LONGEST_PLACE = 100;
/** More cells than a browser fills in a minute or two: Spark's factors are the road for those. */
const MOST_HOMES = 2_000;

interface Wish {
	readonly epsilon: number;
	readonly place: string;
}

/** Part of the training worker: making a pack. Its rooms are loaded when somebody makes one. */
export function makesPacks(profiles: Profiles, notifier: Notifier): Behind<PackMakingTraining> {
	return {
		makePack: (job, wish) =>
			alone(async () => {
				const database = await openProfile(await profiles.current());
				try {
					const made = await make(database, job, wish);
					notifier.tell('releases', 'ledger');
					return made;
				} catch (error) {
					throw storageFault(error);
				} finally {
					database.close();
				}
			}),
	};
}

/** One at a time in all tabs. */
async function alone<Value>(work: () => Promise<Value>): Promise<Value> {
	return navigator.locks.request('doorstep-pack', { ifAvailable: true }, (lock) => {
		if (lock) return work();
		throw new FaultError({
			name: 'Busy',
			message: 'Another tab is making a pack.',
			kept: 'The whole budget: this tab charged nothing.',
			next: 'Wait until it is done there, or stop it.',
		});
	});
}

async function make(database: ProfileDatabase, job: Job, wish: Wish): Promise<MadePack> {
	const [{ drawPack, passes }, { guestHistories }, privacy, { ExactNoise }, { encodePack }] =
		await Promise.all([
			import('./draw-pack'),
			import('$workers/models/item-pack'),
			import('$workers/privacy/release'),
			import('$workers/privacy/noise/exact-noise'),
			import('$workers/packs/pack-file'),
		]);
	const thousandths = privacy.thousandthsOf(wish.epsilon);
	const place = wish.place.trim();
	if (Number.isNaN(thousandths) || place === '' || place.length > LONGEST_PLACE)
		throw new RangeError('no such pack');
	job.onProgress({ step: 'reading-books', done: 0 });
	const repository = new BooksRepository(database);
	const packs = new MadePackRepository(database);
	const version = await repository.versionFor('export');
	const consent = await readConsent(database);
	const books = requireBooks(await repository.read('export'));
	const histories = guestHistories(books, privacy.excludedGuests(consent));
	if (histories.years.length === 0) throw noStays();
	for (const year of histories.years)
		requireBudget(await chargesOf(database, year), year, wish.epsilon);
	const pack = await drawPack(
		books,
		histories,
		{ epsilon: thousandths, place, version: await packs.nextVersion(), madeAt: Date.now() },
		new ExactNoise(),
		async (done, total) => {
			if (job.cancelled()) throw new CancelledError();
			job.onProgress({ step: 'drawing-noise', done, total });
			await new Promise((resume) => setTimeout(resume));
		},
	);
	if (job.cancelled()) throw new CancelledError();
	const passed = passes(pack.header);
	const file = passed ? encodePack(pack) : null;
	const made: MadePack = {
		id: crypto.randomUUID(),
		header: pack.header,
		passed,
		years: histories.years,
		bytes: file?.byteLength ?? 0,
	};
	await underConsent(database, async () => {
		const now = await readConsent(database);
		const same = JSON.stringify(now.guests) === JSON.stringify(consent.guests);
		if (!same || (await repository.versionFor('export')) !== version) throw changedMeanwhile();
		await packs.keep(made, file);
	});
	await new LedgerRepository(database).note({
		instant: Date.now(),
		what: 'released',
		subject: 'model_pack',
		purpose: 'export',
		rows: pack.keys.length,
		bytes: made.bytes,
	});
	return made;
}

function requireBooks(books: Books | null): Books {
	if (!books) throw noStays();
	if (books.guests.count === 0) throw noGuests();
	if (books.properties.count > MOST_HOMES) throw tooMany();
	return books;
}

const noStays = () =>
	new FaultError({
		name: 'NotReady',
		message: 'There are no stays here yet that are over.',
		kept: 'The whole budget: nothing was charged.',
		next: 'Bring in a file of bookings, or look around with the sample town.',
	});

const noGuests = () =>
	new FaultError({
		name: 'NotReady',
		message: 'These bookings do not say which of them are the same guest’s.',
		kept: 'The whole budget: nothing was charged.',
		next: 'Bring in a file with a column of guest numbers.',
	});

const tooMany = () =>
	new FaultError({
		name: 'NotReady',
		message: `A pack of more than ${MOST_HOMES} homes is too much for a browser.`,
		kept: 'The whole budget: nothing was charged.',
		next: 'Train factors with Spark and import them as a pack: docs/model-pack.md has the recipe.',
	});

const changedMeanwhile = () =>
	new FaultError({
		name: 'Busy',
		message: 'The bookings, or whom they may be of, changed while the pack was made.',
		kept: 'The whole budget: nothing was charged, and the pack was thrown away.',
		next: 'Make it again.',
	});
