import { afterEach, expect, test } from 'vitest';
import { ProfileDatabase } from '$workers/data/database';
import { Log } from '$workers/data/log';
import { numbers } from '$workers/table/column';
import { table } from '$workers/table/table';

const COUNTS = { name: 'counts', schema: 1, columns: { value: 'f64', kind: 'u8' } } as const;
const opened: ProfileDatabase[] = [];

async function open(name: string) {
	const database = new ProfileDatabase(`test-${name}`);
	opened.push(database);
	await database.open();
	return { database, log: new Log(database, COUNTS) };
}

afterEach(async () => {
	await Promise.all(opened.splice(0).map((database) => database.delete()));
});

const row = (value: number) => ({ value, kind: value % 3 });

test('what was appended is read back in order, numbered from 1', async () => {
	const { log } = await open('order');
	await log.append([row(10), row(20)]);
	await log.append([row(30)]);
	expect(log.toRows(await log.scan())).toEqual([
		{ sequence: 1, value: 10, kind: 1 },
		{ sequence: 2, value: 20, kind: 2 },
		{ sequence: 3, value: 30, kind: 0 },
	]);
	expect(log.toRows(await log.scan(3))).toEqual([{ sequence: 3, value: 30, kind: 0 }]);
});

test('rows that were folded into a chunk read the same', async () => {
	const { database, log } = await open('fold');
	const rows = Array.from({ length: 2_500 }, (_, i) => row(i));
	for (let from = 0; from < rows.length; from += 500)
		await log.append(rows.slice(from, from + 500));
	expect(await database.chunks.count()).toBeGreaterThan(0);
	const back = log.toRows(await log.scan());
	expect(back.map(({ value }) => value)).toEqual(rows.map(({ value }) => value));
	expect(back.map(({ sequence }) => sequence)).toEqual(rows.map((_, i) => i + 1));
});

test('a table of many rows goes into chunks and keeps its place between single rows', async () => {
	const { database, log } = await open('bulk');
	await log.append([row(-1)]);
	const many = Float64Array.from({ length: 25_000 }, (_, i) => i);
	await log.appendTable(table({ value: numbers(many), kind: numbers(new Uint8Array(25_000)) }));
	await log.append([row(-2)]);
	const values = (await log.scan()).columns.value?.values ?? [];
	expect([values.length, values[0], values[1], values[25_000], values[25_001]]).toEqual([
		25_002, -1, 0, 24_999, -2,
	]);
	expect(await database.chunks.count()).toBe(4);
});

test('removing rows takes them out of chunks and tail, and restoring puts them back in place', async () => {
	const { log } = await open('remove');
	await log.append([row(0), row(1), row(2)]);
	await log.fold();
	await log.append([row(3), row(4)]);
	const before = log.toRows(await log.scan());
	const { edits } = await log.head();

	const removed = await log.remove(new Set([2, 5]));
	expect(removed.map(({ value }) => value).sort()).toEqual([1, 4]);
	expect(log.toRows(await log.scan()).map(({ value }) => value)).toEqual([0, 2, 3]);
	expect((await log.head()).edits).toBe(edits + 1);

	await log.restore(removed);
	expect(log.toRows(await log.scan())).toEqual(before);
	await log.fold();
	expect(log.toRows(await log.scan())).toEqual(before);
});

test('the number of a removed row is not given again', async () => {
	const { log } = await open('numbers');
	await log.append([row(1)]);
	await log.remove(new Set([1]));
	expect(await log.append([row(2)])).toBe(2);
});

test('many writers at once lose no row and give no number twice', async () => {
	const { log } = await open('writers');
	const second = (await open('writers')).log;
	await Promise.all(
		Array.from({ length: 40 }, (_, i) => (i % 2 ? log : second).append([row(i), row(i + 100)])),
	);
	const rows = log.toRows(await log.scan());
	expect(rows).toHaveLength(80);
	expect(new Set(rows.map(({ sequence }) => sequence)).size).toBe(80);
});

test('a chunk from before a column was added reads as zeros there', async () => {
	const { database, log } = await open('schema');
	await log.append([row(7)]);
	await log.fold();
	const wider = new Log(database, {
		...COUNTS,
		schema: 2,
		columns: { ...COUNTS.columns, added: 'f32' },
	});
	expect(wider.toRows(await wider.scan())).toEqual([{ sequence: 1, value: 7, kind: 1, added: 0 }]);
});
