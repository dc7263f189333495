/** The manager's books and the register of models, in the browser's own database. */
import { afterEach, describe, expect, test } from 'vitest';
import type { RunRecord } from '$lib/contracts';
import { BooksRepository, withoutIdentity } from '$workers/data/books';
import { ProfileDatabase } from '$workers/data/database';
import { RunRepository } from '$workers/data/runs';
import { seededRandom } from '$workers/math/random';
import { gatesOf } from '$workers/registry';
import { sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';
import { categories, type Column, numbers } from '$workers/table/column';
import { table } from '$workers/table/table';

const opened: ProfileDatabase[] = [];

async function open(name: string): Promise<ProfileDatabase> {
	const database = new ProfileDatabase(`test-books-${name}`);
	opened.push(database);
	await database.open();
	return database;
}

afterEach(async () => {
	const databases = opened.splice(0);
	databases.forEach((database) => database.close());
	await Promise.all(databases.map((database) => database.delete()));
});

const NOW = Date.UTC(2026, 4, 14, 12);
const books = sampleBooks({ seed: 'a', managed: 3, guests: 60, years: 1 });
const other = sampleBooks({ seed: 'b', managed: 3, guests: 60, years: 1 });
const HOTEL_ROWS = 119_390;

/** Names of the stored tables with their versions, and which chunks each has. */
const chunksOf = async ({ chunks }: ProfileDatabase) =>
	(await chunks.toArray()).map(({ chunk, table: name }) => `${name}#${chunk}`).sort();

/** What stands in a row, whatever codes its categories have. */
function valueAt(column: Column | undefined, row: number): number | string | undefined {
	if (column?.type === 'category') return column.names[column.codes[row] ?? -1];
	return column?.type === 'set' ? undefined : column?.values[row];
}

/** The first row in which two columns differ; -1 where there is none. */
function firstDifference(a: Column, b: Column | undefined, count: number): number {
	for (let row = 0; row < count; row++)
		if (!Object.is(valueAt(a, row), valueAt(b, row))) return row;
	return -1;
}

/** As many bookings as two hotels had, with identities and three columns of the source's own. */
function manyBookings(count: number): Books {
	const random = seededRandom(7);
	const whole = (below: number) => Array.from({ length: count }, () => random.integer(below));
	const word = (below: number) => categories(whole(below).map((each) => `word ${each}`));
	const arrives = Int32Array.from(whole(800), (day) => 16_600 + day);
	const lead = Uint16Array.from(whole(400));
	const { columns } = books.bookings;
	return {
		...books,
		bookings: table({
			...columns,
			booking_id: numbers(Uint32Array.from(arrives, (_, row) => row + 1)),
			property: numbers(Uint32Array.from(whole(3))),
			guest: numbers(new Uint32Array(count)),
			booked_on: numbers(arrives.map((day, row) => day - (lead[row] as number))),
			arrives_on: numbers(arrives),
			nights: numbers(Uint16Array.from(whole(14))),
			adults: numbers(Uint8Array.from(whole(4))),
			nightly_price: numbers(Float64Array.from(arrives, () => 300 * random.next())),
			total: numbers(Float64Array.from(arrives, () => 3000 * random.next())),
			channel: word(5),
			deposit: word(3),
			status: { ...columns.status, codes: Uint16Array.from(whole(4)) },
			cancelled_on: numbers(Float64Array.from(arrives, (day) => (day % 3 ? Number.NaN : day - 1))),
			lead_time: numbers(lead),
			identity_high: numbers(Uint32Array.from(whole(2 ** 31))),
			identity_low: numbers(Uint32Array.from(whole(2 ** 31))),
		}) as Books['bookings'],
		extras: {
			meal: word(5),
			// More than one chunk's rows know: names come in later chunks, too.
			agent: categories(Array.from(arrives, (_, row) => `agent ${Math.floor(row / 300)}`)),
			waiting: numbers(Float64Array.from(arrives, () => random.next())),
		},
	};
}

describe('books', () => {
	test('are read back as they were put, each table with its chunks', async () => {
		const repository = new BooksRepository(await open('back'));
		const summary = await repository.replace(books, NOW);
		expect(summary).toMatchObject({
			bookings: books.bookings.count,
			properties: 3,
			sample: true,
			importedAt: NOW,
		});
		expect(await repository.summary()).toEqual(summary);
		expect(await repository.read('insight')).toEqual(books);
	});

	test('of 119,390 bookings come back value for value', async () => {
		const repository = new BooksRepository(await open('many'));
		const many = manyBookings(HOTEL_ROWS);
		await repository.replace(many, NOW);
		const stored = await repository.readStored('insight');
		expect(stored?.bookings.count).toBe(HOTEL_ROWS);
		for (const [name, column] of Object.entries(many.bookings.columns))
			expect(
				firstDifference(column, stored?.bookings.columns[name as 'total'], HOTEL_ROWS),
				name,
			).toBe(-1);
		expect(Object.keys(stored?.extras ?? {})).toEqual(Object.keys(many.extras));
		for (const [name, column] of Object.entries(many.extras))
			expect(firstDifference(column, stored?.extras[name], HOTEL_ROWS), name).toBe(-1);
		// What models are given has no identities.
		const read = await repository.read('insight');
		expect(Object.keys(read?.bookings.columns ?? {})).toEqual(
			Object.keys(withoutIdentity(many).bookings.columns),
		);
	});

	test('give way to others whole, and leave nothing of themselves', async () => {
		const database = await open('replace');
		const repository = new BooksRepository(database);
		const first = await repository.replace(books, NOW);
		const before = await chunksOf(database);
		const second = await repository.replace(other, NOW + 1);
		expect(second.version).not.toBe(first.version);
		expect(await repository.read('insight')).toEqual(other);
		const after = await chunksOf(database);
		expect(after.filter((name) => before.includes(name) && !name.includes('dim_holiday'))).toEqual(
			[],
		);
	});

	test('stand as they were where a fault comes in the middle of replacing them', async () => {
		const database = await open('fault');
		const repository = new BooksRepository(database);
		const summary = await repository.replace(books, NOW);
		const before = await chunksOf(database);
		database.records.hook('updating', () => {
			throw new DOMException('no room', 'QuotaExceededError');
		});
		await expect(repository.replace(other, NOW + 1)).rejects.toThrow();
		expect(await repository.summary()).toEqual(summary);
		expect(await repository.read('insight')).toEqual(books);
		expect(await chunksOf(database)).toEqual(before);
	});

	test('that change in one table are written in that table alone', async () => {
		const database = await open('unchanged');
		const repository = new BooksRepository(database);
		await repository.replace(books, NOW);
		const written: string[] = [];
		const note = (_: unknown, { table: name }: { table: string }) => void written.push(name);
		database.chunks.hook('creating', note);
		const total = numbers(books.bookings.columns.total.values.map((money) => money + 1));
		const changed: Books = {
			...books,
			bookings: table({ ...books.bookings.columns, total }),
		};
		await repository.replace(changed, NOW + 1);
		expect(new Set(written.map((name) => name.split('@')[0]))).toEqual(
			new Set(['books/fact_booking_detail']),
		);
		written.length = 0;
		await repository.replace(changed, NOW + 2);
		expect(written).toEqual([]);
		expect(await repository.read('insight')).toEqual(changed);
	});

	test('are refused to a purpose that they are not kept for', async () => {
		const repository = new BooksRepository(await open('purpose'));
		await repository.replace(books, NOW);
		await expect(repository.read('recommend')).rejects.toThrow();
	});
});

const judged: Pick<RunRecord, 'backtest' | 'features' | 'suspects'> = {
	features: [],
	suspects: [],
	backtest: {
		protocol: 'hold-out',
		naive: 'recent-mean',
		figures: [{ name: 'wape', value: 0.1, naive: 0.2, target: Number.NaN, better: 'lower' }],
		beatsNaive: true,
		points: [],
		coverage: { promised: Number.NaN, held: Number.NaN, count: 0 },
		rows: 9,
	},
};

const run = (id: string, change: Partial<RunRecord> = {}): RunRecord => ({
	...judged,
	id,
	model: 'revenue',
	name: `revenue_forecaster_${id}`,
	version: '1.0',
	stage: 'Production',
	trainedAt: NOW,
	seconds: 1,
	seed: 1,
	build: '0',
	device: '2 cores',
	rows: 9,
	from: 1,
	to: 2,
	dataHash: 'v1',
	learner: 'gbdt',
	settings: {},
	importance: [],
	sample: true,
	currency: 'EUR',
	gates: gatesOf(judged),
	reason: 'gates-passed',
	bytes: 4,
	promotedAt: NOW,
	retiredAt: Number.NaN,
	tables: [],
	...change,
});

const artefacts = (byte: number) => ({
	buffer: new Uint8Array([byte, 2, 3, 4]).buffer,
	answer: { days: Int32Array.of(byte, 5), totals: [Number.NaN, Number.POSITIVE_INFINITY] },
});

describe('runs', () => {
	test('come back with their model and answer, not-a-numbers and typed arrays as they were', async () => {
		const runs = new RunRepository(await open('runs'));
		await runs.add(run('a'), artefacts(1), [run('a')]);
		expect(await runs.all('insight')).toEqual([run('a')]);
		expect(new Uint8Array(await runs.buffer(run('a'), 'insight'))).toEqual(
			Uint8Array.of(1, 2, 3, 4),
		);
		expect(await runs.answer(run('a'), 'insight')).toEqual(artefacts(1).answer);
	});

	test('that are deleted leave nothing behind but that their number was given', async () => {
		const database = await open('delete');
		const runs = new RunRepository(database);
		await runs.add(run('a'), artefacts(1), [run('a')]);
		const retired = run('a', { stage: 'Archived', retiredAt: NOW });
		await runs.add(run('b'), artefacts(2), [run('b'), retired]);
		expect(await database.models.count()).toBe(4);
		await runs.delete('a');
		await runs.delete('b');
		expect(await runs.all('insight')).toEqual([]);
		expect(await database.models.count()).toBe(0);
		expect(await runs.versionsGiven('revenue')).toBe(2);
	});

	test('are added with what they change, or not at all', async () => {
		const database = await open('atomic');
		const runs = new RunRepository(database);
		await runs.add(run('a'), artefacts(1), [run('a')]);
		database.records.hook('updating', () => {
			throw new DOMException('no room', 'QuotaExceededError');
		});
		const retired = run('a', { stage: 'Archived', retiredAt: NOW });
		await expect(runs.add(run('b'), artefacts(2), [run('b'), retired])).rejects.toThrow();
		expect(await runs.all('insight')).toEqual([run('a')]);
		expect(await database.models.count()).toBe(2);
	});
});
