import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright';
import { chromiumArguments, findChromium } from '../chromium';
import type { Budget, Figure, Measure, Setting } from './figure';
import { homesForYou, serveCopy } from './site';
import { median } from './timing';

const RUNS = 3;
const BUDGETS: Readonly<Record<string, Budget>> = {
	performance: { atLeast: 90 },
	accessibility: { atLeast: 100 },
	'best-practices': { atLeast: 100 },
};

/** Lighthouse, as it is (a slowed phone), on the first page and on For you with the sample town. */
export const lighthousePages: Measure = {
	name: 'lighthouse',
	run: (setting) =>
		serveCopy(setting.folder, undefined, async ({ address }) => {
			const profile = await mkdtemp(path.join(tmpdir(), 'doorstep-lighthouse-'));
			try {
				const first = await audit(`${address}/`, profile, setting);
				await openSampleTown(address, profile);
				return [...first, ...(await audit(`${address}/for-you`, profile, setting))];
			} finally {
				await rm(profile, { recursive: true, force: true, maxRetries: 5 });
			}
		}),
};

/** What a person has who has looked around with the sample town. */
async function openSampleTown(address: string, profile: string): Promise<void> {
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: findChromium(),
		args: chromiumArguments,
	});
	const page = await context.newPage();
	await page.goto(address);
	await page.getByRole('button', { name: 'Look around with the sample town' }).click();
	await homesForYou(page);
	await context.close();
}

async function audit(url: string, profile: string, { say }: Setting): Promise<Figure[]> {
	const browser = await launch({
		chromePath: findChromium(),
		userDataDir: profile,
		chromeFlags: ['--headless=new', ...chromiumArguments],
	});
	const categories = Object.keys(BUDGETS);
	const scores = new Map(categories.map((name) => [name, [] as number[]]));
	try {
		for (let run = 0; run < RUNS; run++) {
			const result = await lighthouse(url, {
				port: browser.port,
				onlyCategories: categories,
				// A first visit, but with the town that was opened (IndexedDB stays).
				clearStorageTypes: ['service_workers', 'cache_storage'],
				logLevel: 'silent',
			});
			for (const name of categories)
				scores.get(name)?.push(100 * (result?.lhr.categories[name]?.score ?? NaN));
			if (run === 0 && result)
				failed(result.lhr.audits).forEach((audit) => say(`${url}: ${audit}`));
		}
	} finally {
		browser.kill();
	}
	return categories.map((name) => ({
		what: `Lighthouse ${name} of ${new URL(url).pathname}`,
		figure: median(scores.get(name) ?? []),
		unit: 'of 100',
		budget: BUDGETS[name],
	}));
}

/** What takes points, in Lighthouse's words. */
function failed(
	audits: Readonly<
		Record<
			string,
			{ score: number | null; title: string; displayValue?: string; errorMessage?: string }
		>
	>,
): string[] {
	return Object.values(audits)
		.filter(({ score, errorMessage }) => errorMessage || (score !== null && score < 0.9))
		.map(({ title, displayValue, errorMessage }) =>
			`${title} ${errorMessage ?? displayValue ?? ''}`.trim(),
		);
}
