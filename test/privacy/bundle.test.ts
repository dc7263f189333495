/** The built files hold no way out but those that somebody has looked at and explained. */
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { scanBundle } from '../../tools/scan-bundle';
import { BUILD, copyBuild, temporaryFolder } from '../support/site';

test('the build passes, and nothing stands in the allow-list that it does not need', async () => {
	const { findings, allowed } = await scanBundle(BUILD);
	expect(findings).toEqual([]);
	expect(allowed.filter(({ times }) => times === 0)).toEqual([]);
});

test('a leak planted in a worker, a page, the service worker or the host’s rules is named', async () => {
	const folder = await temporaryFolder();
	await copyBuild(folder.path);
	const workers = await readdir(path.join(folder.path, '_app/immutable/workers'));
	const store = `_app/immutable/workers/${workers.find((name) => name.startsWith('store.worker'))}`;
	const plant = (name: string, code: string) => appendFile(path.join(folder.path, name), code);
	await plant(store, '\nfetch("/x?"+document);');
	await plant('browse.html', '\n<img src="https://elsewhere.example/pixel">');
	await plant('theme.js', '\ndocument.cookie="a=1";');
	const worker = path.join(folder.path, 'service-worker.js');
	const code = await readFile(worker, 'utf8');
	await writeFile(worker, `Response.redirect("https://elsewhere.example");${code}`);
	await writeFile(path.join(folder.path, '_redirects'), '/* https://elsewhere.example 302');

	const { findings } = await scanBundle(folder.path);
	await folder.remove();
	expect(findings.map(({ file, way }) => `${file} ${way}`).sort()).toEqual(
		[
			`${store} fetch`,
			'_redirects a rule for the host',
			'_redirects an address',
			'browse.html an address',
			'service-worker.js an address',
			'theme.js a cookie',
		].sort(),
	);
});
