import type {
	Correction,
	ForgetReceipt,
	InsightModel,
	LedgerWhat,
	RunRecord,
	Subject,
} from '$lib/contracts';
import { changeGuestConsent } from '$workers/data/consents';
import { FaultError } from '$workers/data/fault';
import * as forgetting from '$workers/data/forget-books';
import { noteForgotten } from '$workers/data/forgotten';
import { forgetKey } from '$workers/data/imported-features';
import type { Repositories } from '$workers/data/repositories';
import type { LedgerSubject } from '$workers/data/ledger';
import { ENCODER } from '$workers/data/models';
import { makeStale } from '$workers/data/stale-runs';
import { storageFault } from '$workers/data/storage-fault';
import type { ModelName } from '$workers/privacy/model-tables';
import { corrected, CorrectionError } from '$workers/privacy/rights-correct';
import { insightModelsOf, type Removed, unlearnedBy } from '$workers/privacy/rights-models';
import type { Books } from '$workers/table/bookings';
import type { Storehouse } from '../manage';
import { consent } from './consent';

/** Puts a field right; what learned from the wrong value is learned anew. */
export async function rectify(
	storehouse: Storehouse,
	subject: Subject,
	correction: Correction,
): Promise<void> {
	const key = guestKey(subject);
	await withBooks(storehouse, async (here, stored) => {
		const books = correctedOrFault(stored, key, correction);
		await replace(here, books);
		const models = insightModelsOf([{ table: correction.table, rows: 1 }]);
		await makeStale(here.database, models, 'corrected');
		const what = correction.table === 'dim_user' ? 'guest' : 'booking';
		await note(here, 'corrected', what, 1);
	});
	storehouse.notifier.tell('books', 'insights', 'models', 'ledger');
}

/** Restricts or objects, or takes it back. For the person at this device it withdraws suggestions. */
export async function limit(
	storehouse: Storehouse,
	subject: Subject,
	how: 'restricted' | 'objected',
	on: boolean,
): Promise<void> {
	if (subject.kind === 'self') {
		await consent(storehouse).changeConsent('recommend', null, !on);
		return;
	}
	const here = await storehouse.here();
	await changeGuestConsent(here.database, subject.key, { [how]: on });
	await note(here, on ? 'restricted' : 'granted', 'guest', 1);
	storehouse.notifier.tell('consent', 'books', 'insights', 'models', 'ledger');
}

/** Takes a guest out of the books and of everything that learned from them. */
export async function forgetGuest(storehouse: Storehouse, key: string): Promise<ForgetReceipt> {
	return forget(storehouse, 'guest', (books) => forgetting.forgetGuest(books, key), [key]);
}

/** Takes one booking out of the books and of everything that learned from it. */
export async function forgetBooking(
	storehouse: Storehouse,
	booking: number,
): Promise<ForgetReceipt> {
	return forget(storehouse, 'booking', (books) => forgetting.forgetBooking(books, booking), []);
}

async function forget(
	storehouse: Storehouse,
	subject: 'guest' | 'booking',
	take: (books: Books) => forgetting.ForgottenBooks,
	keys: readonly string[],
): Promise<ForgetReceipt> {
	const receipt = await withBooks(storehouse, async (here, stored) => {
		const { books, identities, removed: fromBooks } = takenOrFault(stored, take);
		const standing = await standingModels(here);
		const models = insightModelsOf(fromBooks);
		// Taken out of use before, as a tab may be killed in between, and after, as a training may end in
		// between. One that ends later finds other books and registers nothing.
		await noteForgotten(here.database, keys, identities);
		await makeStale(here.database, models, 'forgotten');
		await replace(here, books);
		let features = 0;
		for (const key of keys) {
			features += await forgetKey(here.database, key);
			await changeGuestConsent(here.database, key, { restricted: false, objected: false });
		}
		await makeStale(here.database, models, 'forgotten');
		const removed: Removed = [...fromBooks, { table: 'feature_table', rows: features }];
		const rows = removed.reduce((sum, each) => sum + each.rows, 0);
		return {
			instant: Date.now(),
			subject,
			removed: removed.filter((each) => each.rows > 0),
			models: unlearnedBy(removed, standing),
			fingerprint: await note(here, 'forgot', subject, rows),
		};
	});
	storehouse.notifier.tell('books', 'insights', 'models', 'consent', 'ledger');
	return receipt;
}

/** Models of which a version is kept; the taste always stands. */
async function standingModels({ models, runs }: Repositories): Promise<ModelName[]> {
	const kept = (await runs.all('account')).filter((run: RunRecord) => !run.stale);
	const insight = new Set<InsightModel>(kept.map(({ model }) => model));
	const encoder: ModelName[] = (await models.versionOf(ENCODER)) ? ['listing-encoder'] : [];
	return [...insight, ...encoder, 'taste'];
}

/** One change of the books at a time in all tabs. */
async function withBooks<Value>(
	storehouse: Storehouse,
	work: (here: Repositories, stored: Books) => Promise<Value>,
): Promise<Value> {
	return navigator.locks.request('doorstep-books', { ifAvailable: true }, async (lock) => {
		if (!lock) throw busy();
		const here = await storehouse.here();
		const stored = await here.books.readStored('account');
		if (!stored) throw notHeld();
		return work(here, stored);
	}) as Promise<Value>;
}

async function replace({ books: repository }: Repositories, books: Books): Promise<void> {
	try {
		await repository.replace(books, Date.now());
	} catch (error) {
		throw storageFault(error);
	}
}

const note = (
	{ ledger }: Repositories,
	what: LedgerWhat,
	subject: LedgerSubject,
	rows: number,
): Promise<string> =>
	ledger.note({ instant: Date.now(), what, subject, purpose: 'account', rows, bytes: 0 });

function guestKey(subject: Subject): string {
	if (subject.kind === 'guest') return subject.key;
	throw new RangeError('what the person at this device did is corrected on the page of the taste');
}

function correctedOrFault(books: Books, key: string, correction: Correction): Books {
	try {
		return corrected(books, key, correction);
	} catch (error) {
		if (error instanceof CorrectionError) throw refused(error);
		if (error instanceof RangeError) throw notHeld();
		throw error;
	}
}

function takenOrFault(
	books: Books,
	take: (books: Books) => forgetting.ForgottenBooks,
): forgetting.ForgottenBooks {
	try {
		return take(books);
	} catch (error) {
		if (error instanceof RangeError) throw notHeld();
		throw error;
	}
}

const refused = ({ allowed, field }: CorrectionError) =>
	new FaultError({
		name: 'ValueRefused',
		message: 'This value can’t stand there.',
		kept: 'What stood there before.',
		next: allowed,
		column: field,
	});

const notHeld = () =>
	new FaultError({
		name: 'NotReady',
		message: 'This is not in the books any more.',
		kept: 'The books, as they are.',
		next: 'Search again.',
	});

const busy = () =>
	new FaultError({
		name: 'Busy',
		message: 'Another tab is changing the books.',
		kept: 'Everything as it was before.',
		next: 'Wait until it is done there, then try again.',
	});
