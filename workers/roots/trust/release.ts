import type { ReleaseApi, ReleaseRequest, ReleaseView } from '$lib/contracts';
import type { ReleaseRepository } from '$workers/data/releases';
import { FaultError } from '$workers/data/fault';
import type { Behind } from '$workers/door/expose';
import type { Books } from '$workers/table/bookings';
import type { Storehouse } from '../manage';

/** Part of the store worker. What it needs is loaded when somebody first asks. */
export function release({ here, notifier }: Storehouse): Behind<ReleaseApi> {
	const gate = () => import('$workers/privacy/release');

	async function repository(): Promise<ReleaseRepository> {
		const { ReleaseRepository } = await import('$workers/data/releases');
		return new ReleaseRepository((await here()).database);
	}

	/** The books of the request, which is sound. */
	async function booksFor(request: ReleaseRequest): Promise<Books> {
		const { isSound, MINIMUM_PROPERTIES } = await gate();
		if (!isSound(request)) throw new RangeError('no such release');
		const books = await (await here()).books.read('export');
		if (!books) throw noBooks();
		if (books.properties.count < MINIMUM_PROPERTIES) throw tooFewHomes(MINIMUM_PROPERTIES);
		return books;
	}

	return {
		async releases(): Promise<ReleaseView> {
			const [{ books }, releases, rules] = await Promise.all([here(), repository(), gate()]);
			const [summary, charges] = [await books.summary(), await releases.charges('account')];
			return {
				books: summary && { properties: summary.properties, sample: summary.sample },
				years: rules.yearsOf(summary, charges).map((year) => rules.budgetOf(charges, year)),
				releases: (await releases.all('account')).toSorted((a, b) => b.releasedAt - a.releasedAt),
				minimumPeople: rules.MINIMUM_PEOPLE,
				minimumProperties: rules.MINIMUM_PROPERTIES,
				mostNights: rules.MOST_NIGHTS,
				mostEpsilon: rules.MOST_A_RELEASE / 1_000,
			};
		},
		async previewRelease(request) {
			const [books, releases, rules] = [await booksFor(request), await repository(), await gate()];
			const kept = await releases.same(request, 'account');
			const spent = rules.spentOn(await releases.charges('account'), request.year);
			return {
				request,
				...rules.previewOf(books, request),
				cost: kept ? 0 : request.epsilon,
				kept: kept?.id ?? null,
				affordable: kept !== null || rules.affords(spent, rules.thousandthsOf(request.epsilon)),
			};
		},
		async release(request) {
			const [books, releases, rules] = [await booksFor(request), await repository(), await gate()];
			const { database, ledger } = await here();
			const { readConsent } = await import('$workers/data/consents');
			const leftOut = rules.excludedGuests(await readConsent(database));
			const { fresh, release } = await releases.keep(request, (id) =>
				rules.makeRelease(books, request, leftOut, { id, releasedAt: Date.now() }),
			);
			if (!fresh) return release;
			await ledger.note({
				instant: release.releasedAt,
				what: 'released',
				subject: 'figures',
				purpose: 'export',
				rows: release.cells.length,
				bytes: 0,
			});
			notifier.tell('releases', 'ledger');
			return release;
		},
		async releaseFile(id, format) {
			const found = (await (await repository()).all('export')).find((each) => each.id === id);
			if (!found) throw gone();
			const { figuresAsCsv, figuresAsJson } = await import('$workers/data/exporters/figures');
			return format === 'csv' ? figuresAsCsv(found) : figuresAsJson(found);
		},
	};
}

const noBooks = () =>
	new FaultError({
		name: 'NotReady',
		message: 'There are no bookings here yet.',
		kept: 'Nothing was there to keep.',
		next: 'Bring in a file of bookings, or look around with the sample town.',
	});

const tooFewHomes = (least: number) =>
	new FaultError({
		name: 'GateClosed',
		message: `Figures leave only where at least ${least} homes have a part in them, and these books have fewer.`,
		kept: 'The whole budget: nothing was charged.',
		next: 'Save your own copy of the bookings instead. It is for you alone.',
	});

const gone = () =>
	new FaultError({
		name: 'NotReady',
		message: 'There is no such release here.',
		kept: 'All releases so far.',
		next: 'Choose one from the list.',
	});
