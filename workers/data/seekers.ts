import type { Seeker, Seekers } from '$lib/contracts';
import type { ProfileDatabase } from './database';
import { allowRead } from './reading';
import { readRecord, writeRecord } from './records';

const KEY = 'seekers';
/** The log has a byte for it. */
const MOST = 256;
const LONGEST_NAME = 60;
const SELF: Seeker = { id: 0, name: '', since: 0 };

interface Kept extends Seekers {
	/** The number of the next one: acts of a search that ended are never taken for another's. */
	readonly next: number;
}

const ALONE: Kept = { current: 0, all: [SELF], next: 1 };

/** Whom the person at this device looks for a home for, and whose search goes on now. */
export class SeekerRepository {
	constructor(private readonly database: ProfileDatabase) {}

	async read(purpose: 'show' | 'export'): Promise<Seekers> {
		await allowRead(this.database, 'seeker', purpose);
		const { current, all } = await this.kept();
		return { current, all };
	}

	/** @throws RangeError without a name, and when the numbers are used up */
	add(name: string, since: number): Promise<Seekers> {
		return this.change((kept) => {
			if (kept.next >= MOST) throw new RangeError('no more searches can be begun');
			const seeker = { id: kept.next, name: nameOf(name), since };
			return { current: seeker.id, all: [...kept.all, seeker], next: kept.next + 1 };
		});
	}

	choose(id: number): Promise<Seekers> {
		return this.change((kept) => ({ ...kept, current: idOf(kept, id) }));
	}

	rename(id: number, name: string): Promise<Seekers> {
		return this.change((kept) => ({
			...kept,
			all: kept.all.map((seeker) =>
				seeker.id === idOf(kept, id) ? { ...seeker, name: nameOf(name) } : seeker,
			),
		}));
	}

	/** @throws RangeError for the person at the device */
	async remove(id: number): Promise<Seekers> {
		if (id === SELF.id) throw new RangeError('the own search cannot be ended');
		return this.change((kept) => ({
			...kept,
			current: kept.current === idOf(kept, id) ? SELF.id : kept.current,
			all: kept.all.filter((seeker) => seeker.id !== id),
		}));
	}

	async totals(): Promise<{ rows: number; bytes: number }> {
		const stored = await this.database.records.get(KEY);
		const { all } = await this.kept();
		return { rows: all.length - 1, bytes: stored?.sealed.byteLength ?? 0 };
	}

	private async kept(): Promise<Kept> {
		const { records, codec } = this.database;
		return ((await readRecord(records, KEY, codec)) as Kept | undefined) ?? ALONE;
	}

	/** One change at a time in all tabs. A web lock: a transaction would end while the codec works. */
	private change(next: (kept: Kept) => Kept): Promise<Seekers> {
		return navigator.locks.request(`${this.database.name}/${KEY}`, async () => {
			const { current, all, next: number } = next(await this.kept());
			const { records, codec } = this.database;
			await writeRecord(records, KEY, { current, all, next: number }, codec);
			return { current, all };
		});
	}
}

function nameOf(name: string): string {
	const trimmed = name.trim().slice(0, LONGEST_NAME);
	if (trimmed === '') throw new RangeError('a search for somebody needs a name');
	return trimmed;
}

function idOf({ all }: Kept, id: number): number {
	if (!all.some((seeker) => seeker.id === id)) throw new RangeError('there is no such search');
	return id;
}
