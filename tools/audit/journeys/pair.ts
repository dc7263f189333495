/** Two persons at a site that offers a catalogue and a pack: one does a lot, the other nothing. */
import { serviceWorkerReady } from '../browser';
import { inPage } from '../in-page';
import { offerNewer } from '../offered';
import {
	cards,
	goTo,
	looksForSomebodyElse,
	readsGuide,
	readsHome,
	saveOne,
	savesSearch,
	turnsDials,
} from './rooms';
import { copyOfEverything, type Journey, openPage, press, reads, SHOWN, type Step } from './steps';
import { enters } from './tenant';

const TWO_DAYS = 2 * 86_400_000;
/** What a page that has all it asked for may still ask for, in milliseconds. */
const QUIET = 1_500;

/** From here on everything of the app comes from the device. */
const installed: Step = {
	name: 'waits until the app is installed',
	run: serviceWorkerReady,
};

const packInUse: Step = {
	name: 'sees that the pack of the site is in use',
	async run(page, { host }) {
		await openPage(page, `${host.address}/catalogue`);
		await page.getByText('In use', { exact: true }).waitFor({ timeout: SHOWN });
	},
};

const savesHomes = (keys: readonly string[]): Step => ({
	name: 'saves three homes',
	async run(page, { marks }) {
		const words = keys.map((key) => key.replace(/^.*:/, ''));
		marks.note('keys of the homes, some of which they saved and opened', words);
		for (let saved = 0; saved < 3; saved++) await saveOne(page);
	},
});

const savesOpenSearch: Step = {
	name: 'saves a search that finds many',
	async run(page, { host }) {
		await openPage(page, `${host.address}/browse#guestsFrom=1`);
		await press(page, 'Save this search');
		await page.getByRole('link', { name: 'Search saved' }).waitFor({ timeout: SHOWN });
	},
};

const choosesTrial: Step = {
	name: 'lets two ways of ranking share the list, and takes a home from it',
	async run(page, { host }) {
		await openPage(page, `${host.address}/evaluation`);
		await page.getByRole('radio', { name: 'What most people choose' }).click({ timeout: SHOWN });
		await goTo(page, 'For you');
		await cards(page).first().waitFor({ timeout: SHOWN });
		await saveOne(page);
	},
};

const OFFERED = ['/catalogue/homes.bin', '/catalogue/pack.bin'];

const comesBackAnotherDay: Step = {
	name: 'comes back two days later, when the site has a newer catalogue',
	async run(page, { build, host }) {
		await offerNewer(build);
		await page.evaluate(inPage(daysPass, TWO_DAYS));
		await openPage(page, `${host.address}/for-you`);
		const times = (path: string) => host.requests.filter(({ url }) => url === path).length;
		for (const end = Date.now() + SHOWN; Date.now() < end; await page.waitForTimeout(250))
			if (OFFERED.every((path) => times(path) > 1)) break;
		await page.waitForTimeout(QUIET);
	},
};

/** As if all that the device noted of its last look had happened so much earlier (milliseconds). */
async function daysPass(earlier: number): Promise<void> {
	const done = <Value>(request: IDBRequest<Value>) =>
		new Promise<Value>((resolve, refuse) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => refuse(request.error ?? new Error('not read'));
		});
	const at = Date.now() - earlier;
	const change = async (name: string, key: string, next: (old: object) => unknown) => {
		const database = await done(indexedDB.open(name));
		const read = database.transaction('records').objectStore('records').get(key);
		const old = (await done(read)) as { sealed: ArrayBuffer } | undefined;
		const before = old ? (JSON.parse(new TextDecoder().decode(old.sealed)) as object) : {};
		const sealed = new TextEncoder().encode(JSON.stringify(next(before))).buffer;
		const records = database.transaction('records', 'readwrite').objectStore('records');
		await done(records.put({ key, sealed }));
		database.close();
	};
	await change('doorstep', 'last-look', () => at);
	await change('doorstep-own', 'catalogue', (summary) => ({ ...summary, importedAt: at }));
}

const readsNewMatches: Step = {
	name: 'reads that a saved search has new matches',
	async run(page) {
		await goTo(page, /^Saved/);
		await reads(page, /^\d+ new$/);
	},
};

/** @param keys of the homes that the site offers */
export const busy = (keys: readonly string[]): Journey => ({
	name: 'tenant who does a lot',
	steps: [
		enters,
		installed,
		savesHomes(keys),
		turnsDials,
		readsHome,
		savesSearch,
		savesOpenSearch,
		readsGuide,
		looksForSomebodyElse,
		choosesTrial,
		packInUse,
		comesBackAnotherDay,
		readsNewMatches,
		copyOfEverything,
	],
});

export const idle: Journey = {
	name: 'tenant who does nothing',
	steps: [enters, installed, packInUse, comesBackAnotherDay],
};
