import type { Page } from 'playwright';
import { type Catalogue } from '$workers/table/homes';
import { sampleTown } from '$workers/sample';
import type { Figure, Measure } from './figure';
import { readWatched } from './in-page/watch';
import { HOMES } from './ranking';
import { enterAsTenant, visit } from './site';

/** A training is watched for at most so long: what it does to the page does not change after. */
const WATCHED_SECONDS = 40;
const FEW_HOMES = 2_000;
const SCREENS_SCROLLED = 60;
const LONGEST_TASK = { atMost: 50 };

/**
 * The longest task of the page's own thread, in the built app in Chromium. Browsers tell of tasks from
 * 50 ms on; 0 stands for none so long.
 */
export const smooth: Measure = {
	name: 'smooth',
	async run({ folder, say }) {
		const figures: Figure[] = [];
		for (const homes of [FEW_HOMES, HOMES]) {
			say(`learning ${homes.toLocaleString('en')} homes`);
			const catalogue = sampleTown({ seed: 'bench', homes });
			figures.push(...(await watchTraining(folder, catalogue)));
		}
		return figures;
	},
};

function watchTraining(folder: string, catalogue: Catalogue): Promise<Figure[]> {
	const homes = `${catalogue.homes.count.toLocaleString('en')} homes`;
	return visit(folder, { catalogue, serviceWorker: 'block' }, async ({ site, page }) => {
		await enterAsTenant(page, site.address);
		const learning = page.getByText('Learning the homes').first();
		await learning.waitFor({ timeout: 60_000 });
		const training = await longestTask(page, () =>
			learning
				.waitFor({ state: 'hidden', timeout: WATCHED_SECONDS * 1000 })
				.catch((error: Error) => {
					if (error.name !== 'TimeoutError') throw error;
				}),
		);
		await page.goto(`${site.address}/browse`);
		const first = page
			.getByRole('list', { name: /homes?$/ })
			.getByRole('link')
			.first();
		const before = await first.getAttribute('href');
		await page.waitForTimeout(2_000);
		const scrolling = await longestTask(page, () => scrollList(page));
		const scrolled = (await first.getAttribute('href')) !== before;
		return [
			line(`Longest task while learning ${homes}`, training),
			line(`Longest task while scrolling the list of ${homes}`, scrolled ? scrolling : NaN),
		];
	});
}

const line = (what: string, figure: number): Figure => ({
	what: `${what}, in Chromium`,
	figure,
	unit: 'ms',
	budget: LONGEST_TASK,
});

async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
	const before = (await page.evaluate(readWatched)).longTasks.length;
	await work();
	// The observer is told a moment after the task.
	await page.waitForTimeout(200);
	const { longTasks } = await page.evaluate(readWatched);
	return Math.max(0, ...longTasks.slice(before).map(({ duration }) => duration));
}

/** As a wheel turned fast, half a screen a time. */
async function scrollList(page: Page): Promise<void> {
	await page.mouse.move(300, 600);
	for (let screen = 0; screen < SCREENS_SCROLLED; screen++) {
		await page.mouse.wheel(0, 400);
		await page.waitForTimeout(30);
	}
}
