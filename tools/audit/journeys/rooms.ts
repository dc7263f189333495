/** What a person who looks for a home does in the rooms around the list. */
import type { Page } from 'playwright';
import { newSiteKey } from '$workers/packs/keys';
import { signPack } from '$workers/packs/sign';
import { sampleKeys, smallPack } from '../offered';
import { copyOfEverything, openPage, press, reads, SHOWN, type Step } from './steps';

const HOMES_OF_PACK = 200;
const SETTLED = 3_500;
const TWO_HOURS = 2 * 3_600_000;
/** A figure of so many signs stands nowhere else. */
const FEWEST_DIGITS = 10;

export const cards = (page: Page) =>
	page.getByRole('list', { name: 'Homes for you' }).getByRole('article');

/** By the menu of the app, as a person goes; nothing is loaded anew. */
export async function goTo(page: Page, link: string | RegExp): Promise<void> {
	await page.getByRole('link', { name: link }).first().click({ timeout: SHOWN });
	await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: SHOWN });
}

/** Saves a home that is not saved, and waits until the list has learned from it. */
export async function saveOne(page: Page, place = 0): Promise<void> {
	const learned = page.getByText(/^learned from/);
	const before = await learned.innerText({ timeout: SHOWN });
	await cards(page)
		.getByRole('button', { name: /^Save:/, pressed: false })
		.nth(place)
		.click({ timeout: SHOWN });
	await page.getByText(before, { exact: true }).waitFor({ state: 'detached', timeout: SHOWN });
}

const shows = (page: Page, name: string | RegExp) =>
	page.getByRole('region', { name }).first().waitFor({ timeout: SHOWN });

/** A neighbourhood of the sample town: two homes that are wanted there begin a trip. */
const SOMEWHERE = encodeURIComponent('["Saltmarket"]');

export const savesMore: Step = {
	name: 'saves two more, and reads what stands beside the list: because they saved it, where next, what to read',
	async run(page, { host }) {
		await openPage(page, `${host.address}/browse#neighbourhoods=${SOMEWHERE}`);
		const save = { name: /^Save:/ };
		const saved = page.getByRole('button', { ...save, pressed: true });
		await page.getByRole('button', save).first().waitFor({ timeout: SHOWN });
		for (let more = 0; more < 2; more++) {
			const before = await saved.count();
			await page
				.getByRole('button', { ...save, pressed: false })
				.first()
				.click();
			await saved.nth(before).waitFor({ timeout: SHOWN });
		}
		await goTo(page, 'For you');
		await shows(page, /^Because you saved/);
		await shows(page, /^Not far from/);
		await shows(page, 'Worth a read');
	},
};

export const turnsDials: Step = {
	name: 'asks for other homes with both dials: how wide to look, and how well known',
	async run(page) {
		for (const [name, key] of [
			['How wide to look', 'End'],
			['How well known', 'Home'],
		] as const)
			await page.getByRole('slider', { name }).press(key, { timeout: SHOWN });
		await page.getByRole('slider', { name: 'How well known', exact: true }).waitFor();
	},
};

export const readsHome: Step = {
	name: 'reads twice on a home’s page what would move it, and homes like it',
	async run(page, { host }) {
		const home = cards(page).nth(2).getByRole('link').first();
		const address = `${host.address}${await home.getAttribute('href', { timeout: SHOWN })}`;
		for (let look = 1; look <= 2; look++) {
			await openPage(page, address);
			await page.getByRole('heading', { name: 'What would move it' }).waitFor({ timeout: SHOWN });
			await reads(page, /Each was tried on a copy|No one or two of your acts/);
			await shows(page, 'Similar homes');
			await openPage(page, `${host.address}/for-you`);
		}
	},
};

export const savesSearch: Step = {
	name: 'types words into a search, saves it, and gives it a name',
	async run(page, { host, marks }) {
		const words = marks.plant('words of a saved search');
		await openPage(page, `${host.address}/browse#priceTo=1900`);
		const box = page.getByRole('searchbox').first();
		await box.fill(words);
		await box.press('Enter');
		// A search that stands a while is written down among the acts, too.
		await page.waitForTimeout(SETTLED);
		await press(page, 'Save this search');
		await goTo(page, /^Saved/);
		await press(page, /^Rename:/);
		const name = marks.plant('name of a saved search');
		await page.getByRole('textbox', { name: 'Name' }).fill(name);
		await page.getByRole('button', { name: 'Rename', exact: true }).click();
		await page.getByRole('button', { name, exact: true }).waitFor({ timeout: SHOWN });
	},
};

export const readsGuide: Step = {
	name: 'reads a guide',
	async run(page, { host }) {
		await openPage(page, `${host.address}/guides`);
		const guides = page.getByRole('list', { name: 'Guides' }).getByRole('link');
		const name = (await guides.first().innerText({ timeout: SHOWN })).trim();
		// By its name: the guides may come into the order of the taste between the look and the press.
		await page.getByRole('link', { name, exact: true }).click();
		await page.getByRole('heading', { name, level: 1 }).waitFor({ timeout: SHOWN });
	},
};

export const looksForSomebodyElse: Step = {
	name: 'looks for somebody else, by name, and goes back to the own search',
	async run(page, { host, marks }) {
		await openPage(page, `${host.address}/taste`);
		await press(page, 'For somebody else');
		const name = marks.plant('name of somebody they search for');
		await page.getByLabel('Whom is it for?').fill(name);
		await press(page, 'Begin');
		await reads(page, `This search is for ${name}`);
		await goTo(page, 'For you');
		await saveOne(page);
		await press(page, 'Back to mine');
	},
};

export const triesTwoRankings: Step = {
	name: 'lets two ways of ranking share the list, takes a home from it, and reads how good the list is',
	async run(page, { host }) {
		await openPage(page, `${host.address}/evaluation`);
		await page.getByRole('radio', { name: 'What most people choose' }).click({ timeout: SHOWN });
		await goTo(page, 'For you');
		await cards(page).first().waitFor({ timeout: SHOWN });
		// An impression is written down after a second.
		await page.waitForTimeout(1_500);
		await saveOne(page);
		await goTo(page, 'My taste');
		await goTo(page, 'How good is it?');
		await page.getByRole('table', { name: 'Trials so far' }).waitFor({ timeout: SHOWN });
	},
};

export const looksAtAreas: Step = {
	name: 'reads whether the list steers them',
	async run(page, { host }) {
		await openPage(page, `${host.address}/steering`);
		await reads(page, /In your first|Of your first/);
	},
};

const others = (page: Page) => page.getByRole('region', { name: 'What others’ choices teach' });

async function openPack(page: Page, bytes: ArrayBuffer): Promise<void> {
	const file = { name: 'pack.doorpack', mimeType: 'application/octet-stream' };
	await others(page)
		.locator('input[type=file]')
		.setInputFiles({ ...file, buffer: Buffer.from(bytes) });
}

export const bringsPack: Step = {
	name: 'brings in a pack of others’ choices, which is tried on their own acts, and an altered one, which is refused; leaves it aside',
	async run(page, { host, marks }) {
		const place = marks.plant('place that a pack is for');
		const { key } = await newSiteKey();
		const signed = await signPack(smallPack(sampleKeys(HOMES_OF_PACK), place, 1), key);
		const altered = signed.slice(0);
		const bytes = new Uint8Array(altered);
		bytes[bytes.length - 200] = (bytes[bytes.length - 200] ?? 0) ^ 1;
		await openPage(page, `${host.address}/catalogue`);
		await openPack(page, signed);
		await others(page)
			.getByRole('button', { name: 'It is the same: try the pack' })
			.click({ timeout: SHOWN });
		await others(page).getByText('In use', { exact: true }).waitFor({ timeout: SHOWN });
		await openPack(page, altered);
		await others(page)
			.getByRole('heading', { name: /was altered after it was signed/ })
			.waitFor({ timeout: SHOWN });
		await press(page, 'Leave it aside');
		await others(page).getByText('Left aside', { exact: true }).waitFor({ timeout: SHOWN });
	},
};

export const comesBackLater: Step = {
	name: 'comes back two hours later, to what was left open',
	async run(page, { host }) {
		await page.clock.install({ time: Date.now() + TWO_HOURS });
		await openPage(page, `${host.address}/for-you`);
		await shows(page, 'Pick up where you left off');
	},
};

/** The copy says how the pack did on the person's own acts, in figures that are nobody else's. */
export const takesCopy: Step = {
	name: copyOfEverything.name,
	async run(page, place) {
		await copyOfEverything.run(page, place);
		const copy = place.files.findLast((file) => file.for === 'copy')?.content.toString() ?? '{}';
		const { pack } = JSON.parse(copy) as {
			pack?: { inUse?: { trial: { after: number | null; before: number | null } } };
		};
		const { after, before } = pack?.inUse?.trial ?? { after: null, before: null };
		const figures = [after, before].map(String).filter((text) => text.length >= FEWEST_DIGITS);
		if (figures.length === 0) throw new Error('The pack’s trial has no figure to be known by.');
		place.marks.note('how the pack did when it was tried on their own acts', figures);
	},
};
