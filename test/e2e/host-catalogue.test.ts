/** A site with a catalogue of its own, written by `npm run catalogue`. */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, listen, test } from '../support/app';
import { csv, listings } from '../support/csv';
import { copyBuild, openSite, temporaryFolder, visit } from '../support/site';

test('the catalogue that the site offers comes in whole, whatever is looked at', async () => {
	const folder = await temporaryFolder();
	const build = await copyBuild(path.join(folder.path, 'build'));
	const file = path.join(folder.path, 'listings.csv');
	await writeFile(file, csv(listings(11)));
	await mkdir(path.join(build, 'catalogue'), { recursive: true });
	execFileSync('npm', [
		'run',
		'-s',
		'catalogue',
		'--',
		file,
		'--out',
		path.join(build, 'catalogue'),
	]);
	const site = await openSite(build);
	const visitor = await visit(site.address);
	const faults = listen(visitor.context, site.address);
	const asked: string[] = [];
	visitor.context.on('request', (request) => asked.push(new URL(request.url()).pathname));
	const page = await visitor.context.newPage();

	await page.goto('/');
	await page.getByRole('button', { name: 'Looking for a home' }).click();
	await page.getByRole('link', { name: 'Browse' }).first().click();
	await expect(page.getByRole('heading', { name: '11 homes of 11 fit' })).toBeVisible();
	await expect(page.getByText('Sample town')).toBeHidden();
	await page
		.getByRole('link', { name: /Quiet rooms/ })
		.first()
		.click();
	await expect(page.getByRole('heading', { name: 'What it has' })).toBeVisible();
	expect(asked.filter((address) => /airbnb|\?/.test(address))).toEqual([]);

	expect(faults).toEqual([]);

	await visitor.leave();
	await site.close();
	await folder.remove();
});
