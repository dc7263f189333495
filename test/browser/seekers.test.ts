import { afterEach, describe, expect, test } from 'vitest';
import type { Act, ActKind } from '$lib/contracts';
import { ActCursor } from '$workers/data/act-cursor';
import { ActRepository } from '$workers/data/acts';
import { ProfileDatabase } from '$workers/data/database';
import { SeekerRepository } from '$workers/data/seekers';
import { TasteEditRepository } from '$workers/data/taste-edits';

const NOON = Date.UTC(2026, 4, 14, 12);
const opened: ProfileDatabase[] = [];

async function open(name: string): Promise<ProfileDatabase> {
	const database = new ProfileDatabase(`test-seekers-${name}`);
	await database.open();
	opened.push(database);
	return database;
}

afterEach(async () => {
	for (const database of opened.splice(0)) {
		database.close();
		await database.delete();
	}
});

const act = (kind: ActKind, property: number): Act => ({
	kind,
	property,
	instant: NOON,
	channel: 'for-you',
});

describe('whom a home is looked for', () => {
	test('at first it is the person at the device alone', async () => {
		const seekers = new SeekerRepository(await open('first'));
		expect(await seekers.read('show')).toEqual({
			current: 0,
			all: [{ id: 0, name: '', since: 0 }],
		});
		expect((await seekers.totals()).rows).toBe(0);
	});

	test('a search that was begun goes on, and can be left, renamed and ended', async () => {
		const seekers = new SeekerRepository(await open('begun'));
		const begun = await seekers.add('  my parents ', NOON);
		expect(begun.current).toBe(1);
		expect(begun.all[1]).toEqual({ id: 1, name: 'my parents', since: NOON });
		expect((await seekers.choose(0)).current).toBe(0);
		expect((await seekers.rename(1, 'the folks')).all[1]?.name).toBe('the folks');
		await seekers.choose(1);
		expect(await seekers.remove(1)).toEqual({
			current: 0,
			all: [{ id: 0, name: '', since: 0 }],
		});
	});

	test('the number of a search that ended is never given again', async () => {
		const seekers = new SeekerRepository(await open('numbers'));
		await seekers.add('one', NOON);
		await seekers.remove(1);
		expect((await seekers.add('two', NOON)).current).toBe(2);
	});

	test('searches begun in two tabs at once both stand', async () => {
		const database = await open('tabs');
		await Promise.all(
			['one', 'two', 'three'].map((name) => new SeekerRepository(database).add(name, NOON)),
		);
		const { all } = await new SeekerRepository(database).read('show');
		expect(all.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
	});

	test('no search without a name, none that is not there, and the own one stays', async () => {
		const seekers = new SeekerRepository(await open('refused'));
		await expect(seekers.add('   ', NOON)).rejects.toThrow('name');
		await expect(seekers.choose(7)).rejects.toThrow('no such search');
		await expect(seekers.remove(0)).rejects.toThrow('own search');
	});
});

describe('searches for different people', () => {
	test('each has marks and acts of its own, and follows its own acts alone', async () => {
		const acts = new ActRepository(await open('apart'));
		await acts.record([act('save', 1), act('save', 2)], true, 0);
		await acts.record([act('save', 3), act('dismiss', 1)], true, 0, 1);
		expect([...(await acts.standing('show', 0)).saved]).toEqual([2, 1]);
		expect([...(await acts.standing('show', 1)).saved]).toEqual([3]);
		expect([...(await acts.standing('show', 1)).dismissed]).toEqual([1]);
		const told = async (seeker: number) =>
			(await new ActCursor(acts, seeker).changes()).added.map(({ property }) => property);
		expect(await told(0)).toEqual([1, 2]);
		expect(await told(1)).toEqual([3, 1]);
		expect((await acts.page(['save'], 0, 9, 'account', 1)).total).toBe(1);
		expect((await acts.page(['save'], 0, 9, 'account')).total).toBe(3);
	});

	test('what is forgotten and remembered again belongs to the same search', async () => {
		const acts = new ActRepository(await open('again'));
		await acts.record([act('save', 3)], true, 0, 4);
		await acts.remember(await acts.forget(await acts.sequencesOf(4, 'account')), 0);
		expect([...(await acts.standing('show', 4)).saved]).toEqual([3]);
		expect([...(await acts.standing('show', 0)).saved]).toEqual([]);
	});

	test('corrections of one are not corrections of another', async () => {
		const edits = new TasteEditRepository(await open('edits'));
		await edits.put({ key: 'amenity:Balcony', weight: 1 });
		await edits.put({ key: 'amenity:Balcony', weight: -1 }, 2);
		expect(await edits.all('recommend', 0)).toEqual([{ key: 'amenity:Balcony', weight: 1 }]);
		expect(await edits.all('recommend', 2)).toEqual([{ key: 'amenity:Balcony', weight: -1 }]);
		expect(await edits.all('export')).toHaveLength(2);
		await edits.removeAll(2);
		expect(await edits.all('export')).toEqual([{ key: 'amenity:Balcony', weight: 1 }]);
	});
});
