import type { Purpose, Release, ReleaseRequest } from '$lib/contracts';
import {
	affords,
	MOST_A_YEAR,
	spentOn,
	sum,
	thousandthsOf,
} from '$workers/privacy/release/accountant';
import { fromBytes, toBytes } from './codec';
import type { ProfileDatabase } from './database';
import { FaultError } from './fault';
import { allowRead } from './reading';
import { storageFault } from './storage-fault';

const PREFIX = 'release/';
const yearPrefix = (year: number) => `${PREFIX}${year}/`;
const keyOf = (year: number, place: number) =>
	`${yearPrefix(year)}${String(place).padStart(4, '0')}`;

/**
 * Figures that were released, numbered without a gap for each year of data. A record is both the
 * figures and what they cost: there are no figures without their charge. Nothing takes a record
 * away, and no clock is asked; so what a year has spent only grows, whatever becomes of the books.
 */
export class ReleaseRepository {
	constructor(private readonly database: ProfileDatabase) {}

	/** In the order in which they were released within their year. */
	async all(purpose: Purpose): Promise<readonly Release[]> {
		await allowRead(this.database, 'release', purpose);
		return this.stored(PREFIX);
	}

	/** What was handed out for the same request before. */
	async same(request: ReleaseRequest, purpose: Purpose): Promise<Release | null> {
		await allowRead(this.database, 'release', purpose);
		return sameOf(await this.stored(yearPrefix(request.year)), request);
	}

	/**
	 * Keeps what `draw` makes, and so charges it. The same request again hands out what was kept, and
	 * `draw` is not called. Two tabs at once: the second one sees what the first one spent, and draws
	 * anew; what it drew before is shown to nobody.
	 *
	 * @throws FaultError `BudgetSpent` where the year's budget does not pay for it
	 */
	async keep(
		request: ReleaseRequest,
		draw: (id: string) => Release,
	): Promise<{ readonly release: Release; readonly fresh: boolean }> {
		for (;;) {
			const before = await this.stored(yearPrefix(request.year));
			const kept = sameOf(before, request);
			if (kept) return { release: kept, fresh: false };
			requireBudget(before, request);
			const key = keyOf(request.year, before.length);
			const release = draw(`${request.year}-${before.length + 1}`);
			const sealed = await this.database.codec.seal(toBytes(release), key);
			if (await this.add(key, sealed, request.year, before.length)) return { release, fresh: true };
		}
	}

	/** `false`: another tab released something about this year meanwhile. */
	private async add(
		key: string,
		sealed: ArrayBuffer,
		year: number,
		expected: number,
	): Promise<boolean> {
		const { records } = this.database;
		try {
			return await this.database.transaction('rw', records, async () => {
				const count = await records.where('key').startsWith(yearPrefix(year)).count();
				if (count !== expected) return false;
				await records.add({ key, sealed });
				return true;
			});
		} catch (error) {
			throw storageFault(error);
		}
	}

	private async stored(prefix: string): Promise<readonly Release[]> {
		const { codec, records } = this.database;
		const found = await records.where('key').startsWith(prefix).toArray();
		return Promise.all(
			found.map(async ({ key, sealed }) => fromBytes(await codec.open(sealed, key)) as Release),
		);
	}
}

function sameOf(releases: readonly Release[], request: ReleaseRequest): Release | null {
	const { edition, epsilon, figure, grouping, year } = request;
	const found = releases.find(
		(each) =>
			each.year === year &&
			each.grouping === grouping &&
			each.figure === figure &&
			each.edition === edition &&
			thousandthsOf(each.epsilon) === thousandthsOf(epsilon),
	);
	return found ?? null;
}

function requireBudget(before: readonly Release[], { epsilon, year }: ReleaseRequest): void {
	const spent = spentOn(before, year);
	if (affords(spent, thousandthsOf(epsilon))) return;
	throw new FaultError({
		name: 'BudgetSpent',
		message: `The budget of ${year} does not pay for this: ε ${sum(spent) / 1_000} of ${MOST_A_YEAR / 1_000} is spent.`,
		kept: 'Every release so far, to be saved as often as you like.',
		next: 'Release with a smaller ε, or about another year. No time that passes renews a budget.',
	});
}
