import type { Page } from 'playwright';
import {
	copyOfEverything,
	everyPage,
	hostGone,
	type Journey,
	openPage,
	press,
	SHOWN,
	type Step,
	takeAway,
} from './steps';

/** Six trainings on two busy cores, in milliseconds. */
const LEARNING = 400_000;

const enters: Step = {
	name: "opens the sample town's books",
	async run(page, { host }) {
		await openPage(page, host.address);
		await press(page, 'Managing homes');
		await page.getByRole('heading', { name: 'No bookings here yet' }).waitFor({ timeout: SHOWN });
		await press(page, 'Look around with the sample town');
		await page.getByRole('table', { name: 'Homes' }).waitFor({ timeout: SHOWN });
	},
};

/** The state of each refresh, as the page of the models says it. */
const states = (page: Page) =>
	page
		.getByRole('table', { name: 'Refreshes of the models' })
		.locator('tbody tr')
		.evaluateAll((rows) => rows.map((row) => row.children[2]?.textContent?.trim() ?? ''));

/** @param atLeast  how many models; all of them where left out */
const learns = (atLeast?: number): Step => ({
	name: 'waits while the models of the books are learned on the device',
	async run(page) {
		await page.getByRole('link', { name: 'Models', exact: true }).first().click();
		for (const end = Date.now() + LEARNING; Date.now() < end; await page.waitForTimeout(1000)) {
			const now = await states(page);
			const done = now.filter((state) => state === 'done').length;
			if (now.length > 0 && done >= (atLeast ?? now.length)) return;
		}
		throw new Error('The models were not learned in time.');
	},
});

const asksWhomAHomeSuits: Step = {
	name: 'reads which homes are for which guests, and whom one home suits',
	async run(page, { host }) {
		await openPage(page, `${host.address}/guest-homes`);
		const home = page.getByLabel('Home', { exact: true });
		await home.selectOption({ index: 1 }, { timeout: SHOWN });
		await page
			.getByRole('heading', { name: 'Guests it suits who were never there' })
			.waitFor({ timeout: SHOWN });
	},
};

const exports: Step = {
	name: 'saves a table of features as Parquet',
	async run(page, place) {
		await openPage(page, `${place.host.address}/features`);
		await takeAway(page, place, 'Save as Parquet', 'own');
	},
};

/** A whole visit of somebody who manages homes. */
export const manager: Journey = {
	name: 'manager',
	steps: [enters, learns(), asksWhomAHomeSuits, everyPage, exports, copyOfEverything, hostGone],
};

/** The same with the first model that is ready. */
export const managerQuick: Journey = {
	name: 'manager',
	steps: [enters, learns(1), asksWhomAHomeSuits, everyPage, exports, copyOfEverything],
};
