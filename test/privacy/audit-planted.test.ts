/**
 * An audit that cannot fail proves nothing. Into a copy of the build, one leak each is planted; the
 * audit's journeys must notice the try, though the policy stops it, and name the place.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { compare } from '../../tools/audit/alike';
import { copyBuild, describedBuild } from '../../tools/audit/altered-build';
import { serviceWorkerReady, temporaryFolder } from '../../tools/audit/browser';
import { allowedPaths, findings } from '../../tools/audit/findings';
import { maker } from '../../tools/audit/journeys/maker';
import { busy, idle } from '../../tools/audit/journeys/pair';
import { looksForSomebodyElse } from '../../tools/audit/journeys/rooms';
import { copyOfEverything, type Journey } from '../../tools/audit/journeys/steps';
import { enters, looksAtOne } from '../../tools/audit/journeys/tenant';
import { walk } from '../../tools/audit/journeys/walk';
import { sitesAlike } from '../../tools/audit/offered';
import { packFindings, publishedPacks } from '../../tools/audit/published';
import { sentence } from '../../tools/audit/result';
import { BUILD } from '../support/site';

test.describe.configure({ timeout: 120_000 });

const ELSEWHERE = 'http://elsewhere.test/leak';
const WORKERS = '_app/immutable/workers';

/** In by the front door, one home, and back by its address: through the service worker this time. */
const short: Journey = {
	name: 'tenant',
	steps: [
		enters,
		looksAtOne,
		{
			name: 'comes back',
			async run(page, { host }) {
				await serviceWorkerReady(page);
				await page.goto(`${host.address}/saved`).catch(() => undefined);
				await page.waitForTimeout(500);
			},
		},
	],
};

type Change = (text: string) => string;

/** A copy of the build with one file changed; `remove` deletes it. */
async function planted(file: string, change: Change) {
	const folder = await temporaryFolder();
	await copyBuild(BUILD, folder.path, { files: { [file]: change } });
	return folder;
}

/** What the audit says of a copy of the build with one file changed. */
async function auditWith(file: string, change: Change, journey = short): Promise<string[]> {
	const folder = await planted(file, change);
	const { routes } = await describedBuild(folder.path);
	const walked = await walk(folder.path, journey);
	const packs = packFindings(walked, await publishedPacks(walked));
	const found = findings(walked, await allowedPaths(folder.path, routes));
	await folder.remove();
	return [...found, ...packs].map(sentence);
}

/** What the audit says of two persons at a copy of the build with one file changed. */
async function comparedWith(file: string, change: Change): Promise<readonly string[]> {
	const [folder, sites] = [await planted(file, change), await temporaryFolder()];
	const [site, twin] = await sitesAlike(folder.path, sites.path);
	const persons = [await walk(site.build, busy(site.keys)), await walk(twin.build, idle)] as const;
	await Promise.all([folder.remove(), sites.remove()]);
	return compare(...persons).differences;
}

async function storeWorker(): Promise<string> {
	const names = await readdir(path.join(BUILD, WORKERS));
	const name = names.find((each) => each.startsWith('store.worker'));
	if (!name) throw new Error('The build has no store worker.');
	return `${WORKERS}/${name}`;
}

test('the build as it is has no findings', async () => {
	expect(await auditWith('theme.js', (text) => text)).toEqual([]);
});

test('a fetch in a worker is named with its file and line', async () => {
	const file = await storeWorker();
	const found = await auditWith(
		file,
		(text) => `${text}\nsetTimeout(() => fetch('${ELSEWHERE}').catch(() => 0), 500);`,
	);
	const named = found.filter((line) => line.includes('in the worker') && line.includes(ELSEWHERE));
	expect(named.join('\n')).toMatch(/store\.worker-[\w-]+\.js:\d+:\d+/);
	expect(named.join('\n')).toContain('tenant: ');
});

test('a picture in a page is named with its file and line', async () => {
	const found = await auditWith('theme.js', (text) => `${text}\nnew Image().src = '${ELSEWHERE}';`);
	const named = found.filter((line) => line.includes('in the page') && line.includes(ELSEWHERE));
	expect(named.join('\n')).toMatch(/theme\.js:\d+:\d+/);
});

test('a redirect in the service worker is named with its address and step', async () => {
	const found = await auditWith(
		'service-worker.js',
		(text) =>
			`self.addEventListener('fetch', (event) => {
			if (!event.request.url.endsWith('/saved')) return;
			event.stopImmediatePropagation();
			event.respondWith(Response.redirect('${ELSEWHERE}'));
		});\n${text}`,
	);
	expect(found.filter((line) => line.includes(ELSEWHERE)).join('\n')).toContain('comes back');
});

test('a cookie is named with the script that set it, and where the host received it', async () => {
	const found = await auditWith('theme.js', (text) => `${text}\ndocument.cookie = 'planted=1';`);
	const all = found.join('\n');
	expect(all).toMatch(/a cookie set by a script: planted, from .*theme\.js:\d+/);
	expect(all).toContain('the host received a cookie');
});

test('the name of somebody they search for is found in a header of a request for a file of the app, in base64 too', async () => {
	const found = await auditWith(
		'theme.js',
		// As on a first visit: a service worker would answer from what it keeps, and the host see nothing.
		(text) => `${text}\nnavigator.serviceWorker.register = () => new Promise(() => {});
		addEventListener('input', ({ target }) => {
			if (target.maxLength !== 60) return;
			fetch('/theme.js', { headers: { 'x-note': btoa('for ' + target.value) } });
		});`,
		{ name: 'tenant', steps: [enters, looksForSomebodyElse, copyOfEverything] },
	);
	const named = found.filter((line) => line.includes('name of somebody they search for'));
	expect(named.join('\n')).toMatch(/looks for somebody else.*left in a request of the page/);
	expect(named.join('\n')).toContain('left in a request at the host: GET /theme.js');
});

test('a guest who was put into the pack is found there, and the pack may not leave', async () => {
	const found = await auditWith(
		'theme.js',
		(text) => `${text}\n
		addEventListener('change', async ({ target }) => {
			const file = target.files && target.files[0];
			if (file && file.name.endsWith('.csv')) 
				sessionStorage.guest = (await file.text()).split('\\n')[1];
		}, true);
		const make = URL.createObjectURL;
		URL.createObjectURL = (blob) => make.call(URL, blob.type ? blob : new Blob([blob, sessionStorage.guest]));`,
		maker,
	);
	const all = found.join('\n');
	expect(all).toMatch(
		/the guests’ ids in the file.* stands in a file for others: pack-\d\.doorpack/,
	);
	expect(all).toMatch(/a pack that may not leave: it was cut off, or something was added to it/);
	expect(all).toMatch(/the ledger has no entry of a saved file: pack-\d\.doorpack/);
});

test('a file that is saved beside the one that was asked for is found', async () => {
	const found = await auditWith(
		'theme.js',
		(text) => `${text}\naddEventListener('click', ({ target }) => {
			if (target.textContent.trim() !== 'Save the file') return;
			const link = document.createElement('a');
			link.href = URL.createObjectURL(new Blob(['more']));
			link.download = 'more.txt';
			link.click();
		}, true);`,
		{ name: 'tenant', steps: [enters, copyOfEverything] },
	);
	expect(found.join('\n')).toContain('a file was saved that nobody asked for');
});

test('a request for the pack that follows a choice of rankings is found by comparing two persons', async () => {
	test.setTimeout(240_000);
	const differences = await comparedWith(
		'theme.js',
		(text) => `${text}\naddEventListener('click', ({ target }) => {
			if (location.pathname !== '/evaluation' || !target.closest('[role=radio]')) return;
			fetch('/catalogue/pack.bin');
		}, true);`,
	);
	expect(differences).toHaveLength(1);
	expect(differences[0]).toMatch(/asked for different things/);
});
