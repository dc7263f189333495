/** Saved searches in the browser's own database: what is new, whose they are, and how they go. */
import { afterEach, expect, test } from 'vitest';
import type { HomeFilter } from '$lib/contracts';
import { ProfileDatabase } from '$workers/data/database';
import { Notifier } from '$workers/data/notify';
import { exportEverything, inventory } from '$workers/data/inventory';
import { repositoriesOf } from '$workers/data/repositories';
import { Profiles } from '$workers/data/profiles';
import { SavedSearchRepository } from '$workers/data/saved-searches';
import type { Storehouse } from '$workers/roots/manage';
import { savedSearches } from '$workers/roots/saved-searches';
import { seekers } from '$workers/roots/seekers';
import { sampleTown } from '$workers/sample';
import { buildSearch } from '$workers/search';
import type { Catalogue } from '$workers/table/homes';
import { takeHomes } from '../support/take-homes';

const town = sampleTown({ seed: 'searches', homes: 120 });
const NOW = Date.UTC(2026, 10, 22);
const CHEAP: HomeFilter = { priceTo: 1_500 };
const opened: { database: ProfileDatabase; profiles: Profiles }[] = [];

const first = (count: number): Catalogue => ({
	...town,
	homes: takeHomes(town.homes, [...Array(count).keys()]),
});
const cheapOf = ({ homes }: Catalogue) =>
	Array.from(homes.columns.price.values).filter((price) => price <= 1_500).length;

async function open(name: string, catalogue = first(60)) {
	const database = new ProfileDatabase(`test-searches-${name}`);
	await database.open();
	const profiles = new Profiles();
	opened.push({ database, profiles });
	const repositories = repositoriesOf(database, profiles);
	const storehouse: Storehouse = {
		here: () => Promise.resolve(repositories),
		dataOf: () => Promise.resolve(repositories),
		enter: () => Promise.resolve(),
		notifier: new Notifier(),
	};
	const stock = async (next: Catalogue) => {
		await repositories.catalogue.replace(next, String(next.homes.count), NOW);
	};
	await stock(catalogue);
	const searchIndex = async () => {
		const stored = await repositories.catalogue.read('show');
		if (!stored) throw new Error('no catalogue');
		return buildSearch(stored);
	};
	return {
		repositories,
		stock,
		asked: savedSearches(storehouse, searchIndex),
		people: seekers(storehouse),
	};
}

afterEach(async () => {
	for (const { database, profiles } of opened.splice(0)) {
		profiles.close();
		database.close();
		await database.delete();
	}
});

test('what a search finds when it is saved is not new; what a catalogue brings later is', async () => {
	const { asked, stock } = await open('new');
	await asked.saveSearch('Cheap', CHEAP);
	const [before] = await asked.savedSearches();
	expect(before).toMatchObject({ name: 'Cheap', filter: CHEAP, total: cheapOf(first(60)) });
	expect(before?.fresh).toHaveLength(0);

	await stock(first(120));
	const [after] = await asked.savedSearches();
	expect(after?.total).toBe(cheapOf(town));
	expect(after?.fresh).toHaveLength(cheapOf(town) - cheapOf(first(60)));

	await asked.lookAtSearch(after!.id);
	expect((await asked.savedSearches())[0]?.fresh).toHaveLength(0);
});

test('a home that left and came back is not new', async () => {
	const { asked, stock } = await open('back');
	await asked.saveSearch('Cheap', CHEAP);
	await stock(first(20));
	expect((await asked.savedSearches())[0]?.total).toBe(cheapOf(first(20)));
	await stock(first(60));
	expect((await asked.savedSearches())[0]?.fresh).toHaveLength(0);
});

test('a search is renamed, deleted, and back whole after undo, with what was new to it', async () => {
	const { asked, stock } = await open('undo');
	const id = await asked.saveSearch('Cheap', CHEAP);
	await asked.renameSearch(id, '  For spring ');
	await stock(first(120));
	const before = await asked.savedSearches();
	expect(before[0]?.name).toBe('For spring');
	const record = await asked.removeSearch(id);
	expect(await asked.savedSearches()).toEqual([]);
	expect(await asked.removeSearch(id)).toBeNull();
	await asked.restoreSearch(record!);
	expect(await asked.savedSearches()).toEqual(before);
});

test('each search for somebody has its own, and they end with it', async () => {
	const { asked, people, repositories } = await open('whose');
	await asked.saveSearch('Mine', CHEAP);
	const { current } = await people.addSeeker('parents');
	await asked.saveSearch('Theirs', { bedroomsFrom: 2 });
	expect((await asked.savedSearches()).map(({ name }) => name)).toEqual(['Theirs']);
	await people.removeSeeker(current);
	const left = await new SavedSearchRepository(repositories.database).all('account');
	expect(left.map(({ name }) => name)).toEqual(['Mine']);
});

test('saved searches are counted, and exported whole', async () => {
	const { asked, repositories } = await open('export');
	await asked.saveSearch('Cheap', { ...CHEAP, text: 'weir' });
	const tables = await inventory(repositories);
	expect(tables.find(({ name }) => name === 'saved_search')).toMatchObject({
		rows: 1,
		personal: true,
		purposes: ['show', 'account', 'export'],
	});
	const file = JSON.parse(await (await exportEverything(repositories, NOW)).text()) as {
		savedSearches: unknown;
	};
	expect(file.savedSearches).toMatchObject([
		{ name: 'Cheap', filter: { ...CHEAP, text: 'weir' }, seeker: 0 },
	]);
});
