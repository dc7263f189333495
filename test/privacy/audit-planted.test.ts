/**
 * An audit that cannot fail proves nothing. Into a copy of the build, one leak each is planted; the
 * audit's journeys must notice the try, though the policy stops it, and name the place.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { copyBuild, describedBuild } from '../../tools/audit/altered-build';
import { serviceWorkerReady, temporaryFolder } from '../../tools/audit/browser';
import { allowedPaths, findings } from '../../tools/audit/findings';
import type { Journey } from '../../tools/audit/journeys/steps';
import { enters, looksAtOne } from '../../tools/audit/journeys/tenant';
import { walk } from '../../tools/audit/journeys/walk';
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

/** What the audit says of a copy of the build with one file changed. */
async function auditWith(file: string, change: (text: string) => string): Promise<string[]> {
	const folder = await temporaryFolder();
	await copyBuild(BUILD, folder.path, { files: { [file]: change } });
	const { routes } = await describedBuild(folder.path);
	const walked = await walk(folder.path, short);
	const found = findings(walked, await allowedPaths(folder.path, routes));
	await folder.remove();
	return found.map(sentence);
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
