import type { Purpose, Release, ReleaseRequest } from '$lib/contracts';
import {
	affords,
	type Charge,
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
export const chargeKey = (year: number, place: number) =>
	`${yearPrefix(year)}${String(place).padStart(4, '0')}`;

/** What a model pack has cost a year: its own record, in the year's one row of charges. */
export interface PackCharge extends Charge {
	readonly pack: string;
}
type Charged = Release | PackCharge;

/**
 * Figures that were released, numbered without a gap for each year of data. A record is both the
 * figures and what they cost: there are no figures without their charge. Nothing takes a record
 * away, and no clock is asked; so what a year has spent only grows, whatever becomes of the books.
 */
export class ReleaseRepository {
	constructor(private readonly database: ProfileDatabase) {}

	/** In the order in which they were released within their year. */
	async all(purpose: Purpose): Promise<readonly Release[]> {
		return (await this.charges(purpose)).filter(isRelease);
	}

	/** All that was charged: for releases, and for model packs. */
	async charges(purpose: Purpose): Promise<readonly Charged[]> {
		await allowRead(this.database, 'release', purpose);
		return chargesOf(this.database);
	}

	/** What was handed out for the same request before. */
	async same(request: ReleaseRequest, purpose: Purpose): Promise<Release | null> {
		await allowRead(this.database, 'release', purpose);
		return sameOf(await chargesOf(this.database, request.year), request);
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
			const before = await chargesOf(this.database, request.year);
			const kept = sameOf(before, request);
			if (kept) return { release: kept, fresh: false };
			requireBudget(before, request.year, request.epsilon);
			const key = chargeKey(request.year, before.length);
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
}

/** What was charged to a year, or to any; for whoever charges. */
export async function chargesOf(
	{ codec, records }: ProfileDatabase,
	year?: number,
): Promise<readonly Charged[]> {
	const prefix = year === undefined ? PREFIX : yearPrefix(year);
	const found = await records.where('key').startsWith(prefix).toArray();
	const charges = found.filter(({ key }) => /^release\/\d+\//.test(key));
	return Promise.all(
		charges.map(async ({ key, sealed }) => fromBytes(await codec.open(sealed, key)) as Charged),
	);
}

const isRelease = (charge: Charged): charge is Release => !('pack' in charge);

function sameOf(charges: readonly Charged[], request: ReleaseRequest): Release | null {
	const { edition, epsilon, figure, grouping, year } = request;
	const found = charges
		.filter(isRelease)
		.find(
			(each) =>
				each.year === year &&
				each.grouping === grouping &&
				each.figure === figure &&
				each.edition === edition &&
				thousandthsOf(each.epsilon) === thousandthsOf(epsilon),
		);
	return found ?? null;
}

/** @throws FaultError `BudgetSpent` where the year does not pay for this */
export function requireBudget(before: readonly Charge[], year: number, epsilon: number): void {
	const spent = spentOn(before, year);
	if (affords(spent, thousandthsOf(epsilon))) return;
	throw new FaultError({
		name: 'BudgetSpent',
		message: `The budget of ${year} does not pay for this: ε ${sum(spent) / 1_000} of ${MOST_A_YEAR / 1_000} is spent.`,
		kept: 'Every release so far, to be saved as often as you like.',
		next: 'Choose a smaller ε, or other years. No time that passes renews a budget.',
	});
}
