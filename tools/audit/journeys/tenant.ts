import {
	bringsPack,
	cards,
	comesBackLater,
	looksAtAreas,
	looksForSomebodyElse,
	readsGuide,
	readsHome,
	savesMore,
	savesSearch,
	takesCopy,
	triesTwoRankings,
	turnsDials,
} from './rooms';
import { everyPage, hostGone, type Journey, openPage, press, SHOWN, type Step } from './steps';

/** In by the front door, with the sample town. */
export const enters: Step = {
	name: 'comes in by the front door, looking for a home',
	async run(page, { host }) {
		await openPage(page, host.address);
		await press(page, 'Looking for a home');
		await cards(page).first().waitFor({ timeout: SHOWN });
	},
};

export const saves: Step = {
	name: 'saves a home',
	async run(page) {
		await cards(page)
			.first()
			.getByRole('button', { name: /^Save:/ })
			.click();
		await page.getByText('learned from one act').waitFor({ timeout: SHOWN });
	},
};

export const looksAtOne: Step = {
	name: 'looks at one home',
	async run(page) {
		await cards(page).first().getByRole('link').first().click();
		await page.getByRole('heading', { level: 1 }).waitFor({ timeout: SHOWN });
	},
};

const learns: Step = {
	name: 'waits while the homes are learned on the device',
	async run(page) {
		const learning = page.getByRole('region', { name: 'Learning the homes' });
		await learning.waitFor({ timeout: SHOWN }).catch(() => undefined);
		await learning.waitFor({ state: 'hidden', timeout: 2 * SHOWN });
	},
};

const dismisses: Step = {
	name: 'says "Not for me" to a home',
	async run(page) {
		await cards(page)
			.nth(1)
			.getByRole('button', { name: /^Not for me:/ })
			.click();
		await page.getByRole('menuitem', { name: 'Too expensive' }).click();
	},
};

const follows = (link: string, words: string): Step => ({
	name: words,
	async run(page) {
		await page.getByRole('link', { name: link, exact: true }).first().click();
		await page.getByRole('heading', { level: 1 }).waitFor({ timeout: SHOWN });
	},
});

/** A whole visit of somebody who looks for a home. */
export const tenant: Journey = {
	name: 'tenant',
	steps: [
		enters,
		learns,
		saves,
		dismisses,
		follows('Browse', 'browses all homes'),
		follows('For you', 'goes back to the suggestions'),
		looksAtOne,
		follows('My taste', 'reads what was learned'),
		savesMore,
		turnsDials,
		readsHome,
		savesSearch,
		readsGuide,
		looksForSomebodyElse,
		triesTwoRankings,
		looksAtAreas,
		bringsPack,
		everyPage,
		comesBackLater,
		takesCopy,
		hostGone,
	],
};
