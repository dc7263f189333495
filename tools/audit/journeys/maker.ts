import type { Page } from 'playwright';
import { bookingsFile } from '../bookings-file';
import {
	copyOfEverything,
	type Journey,
	openPage,
	press,
	type Place,
	SHOWN,
	type Step,
	takeAway,
} from './steps';

/** The audit of a pack has noise: about one in twenty fails it by chance, and four are paid for. */
const MOST_TRIES = 4;

const bringsBookings: Step = {
	name: 'brings in a file of bookings, with a mark in each guest, booking, remark and home',
	async run(page, { host, marks }) {
		const notKept = { kept: false };
		const content = bookingsFile({
			guest: marks.plant('the guests’ ids in the file: hashed when it is read', notKept),
			booking: marks.plant('the booking numbers in the file: hashed when it is read', notKept),
			remark: marks.plant('what is noted beside each booking: not read', notKept),
			home: marks.plant('the names of the homes', { told: true }),
		});
		await openPage(page, host.address);
		await press(page, 'Managing homes');
		await openPage(page, `${host.address}/data`);
		await page
			.locator('input[type=file]')
			.first()
			.setInputFiles({ name: 'bookings.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
		await press(page, 'Read the rows');
		await press(page, 'Keep it');
		await page.waitForURL('**/overview', { timeout: SHOWN });
	},
};

const makesPack: Step = {
	name: 'makes a pack for tenants out of them',
	async run(page, { host, marks }) {
		const town = marks.plant('the place that the pack is for', { told: true });
		await openPage(page, `${host.address}/pack`);
		await page.getByLabel('Site or town that it is for').fill(town, { timeout: SHOWN });
		for (let version = 1; version <= MOST_TRIES; version++) {
			await press(page, `make version ${version}`);
			const made = page.getByRole('region', { name: 'Before it leaves' });
			const said = page.getByRole('heading', { name: `Version ${version} for` });
			await made.filter({ has: said }).waitFor({ timeout: 2 * SHOWN });
			if (await made.getByRole('button', { name: 'Make a new key' }).isVisible()) return;
		}
		throw new Error(`${MOST_TRIES} packs in a row failed their audits.`);
	},
};

const signsAndSaves: Step = {
	name: 'makes a key, signs the pack, and saves it',
	async run(page, place) {
		await press(page, 'Make a new key');
		await takeAway(page, place, 'Save both files', 'own', 'others');
		const key = place.files.find(({ name }) => name.includes('private'));
		if (!key) throw new Error('No private half of the key was saved.');
		const type = 'application/x-pem-file';
		await page
			.locator('input[type=file]')
			.setInputFiles({ name: key.name, mimeType: type, buffer: key.content });
		await page.getByRole('dialog', { name: 'This is what leaves' }).waitFor({ timeout: SHOWN });
		await takeAway(page, place, 'Save the file', 'others');
	},
};

/** The copy names each guest as the app keeps them: none of these may stand in the pack either. */
const takesCopy: Step = {
	name: copyOfEverything.name,
	async run(page: Page, place: Place) {
		await copyOfEverything.run(page, place);
		const copy = place.files.find((file) => file.for === 'copy')?.content.toString() ?? '{}';
		const { books } = JSON.parse(copy) as {
			books?: { guests?: { key?: { values?: readonly string[] } } };
		};
		const keys = (books?.guests?.key?.values ?? []).map((key) => key.replace(/^.*:/, ''));
		if (keys.length === 0) throw new Error('The copy names no guest.');
		place.marks.note(`the keys under which the app keeps ${keys.length} guests`, keys);
	},
};

/** Somebody who manages homes and makes a pack of their own bookings for those who look for one. */
export const maker: Journey = {
	name: 'manager with own bookings',
	steps: [bringsBookings, makesPack, signsAndSaves, takesCopy],
};
