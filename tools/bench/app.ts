import type { Page } from 'playwright';
import { sampleTown } from '$workers/sample';
import type { Figure, Measure } from './figure';
import { type Watched, readWatched } from './in-page/watch';
import { HISTORIES, HOMES, RERANK_BUDGET } from './ranking';
import { LOG_MODULE, enterAsTenant, homesForYou, visit } from './site';
import { median } from './timing';

const ACTS_TIMED = 9;

/** For you after an act, in the built app in Chromium: from the click to the list that answers it. */
export const app: Measure = {
	name: 'app',
	async run({ folder, say }) {
		const catalogue = sampleTown({ seed: 'bench', homes: HOMES });
		return visit(folder, { catalogue, serviceWorker: 'block' }, async ({ site, page }) => {
			await enterAsTenant(page, site.address);
			const figures: Figure[] = [];
			let known = 0;
			for (const length of HISTORIES) {
				say(`a history of ${length}`);
				await addHistory(page, length - known);
				known = length;
				await stopLearning(page, `${site.address}/for-you`);
				figures.push(...(await rerank(page, length)));
				known += ACTS_TIMED;
			}
			return figures;
		});
	},
};

async function addHistory(page: Page, acts: number): Promise<void> {
	await page.evaluate(
		`import(${JSON.stringify(LOG_MODULE)}).then(({ addHistory }) => addHistory('own', ${acts}, ${HOMES}))`,
	);
}

/** Opens the list anew, so that it knows the whole history; learning the homes waits for another day. */
async function stopLearning(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await homesForYou(page);
	await page.getByRole('button', { name: 'Stop, and keep the order as it is' }).click();
}

async function rerank(page: Page, length: number): Promise<Figure[]> {
	const saves = page.getByRole('list', { name: 'Homes for you' }).getByRole('button', {
		name: /^Save: /,
		pressed: false,
	});
	const lists: Watched['lists'] = [];
	for (let i = 0; i <= ACTS_TIMED; i++) {
		const before = (await page.evaluate(readWatched)).lists.length;
		await saves.nth(i).click();
		const list = await nextList(page, before);
		if (i > 0) lists.push(list);
	}
	const what = `${HOMES.toLocaleString('en')} homes, history of ${length.toLocaleString('en')}, in Chromium`;
	return [
		{
			what: `For you after an act, ${what}: in the worker`,
			figure: median(lists.map(({ inWorker }) => inWorker)),
			unit: 'ms',
			budget: RERANK_BUDGET,
		},
		{
			what: `the same, from the click (act on disk) to the new list`,
			figure: median(lists.map(({ wall }) => wall)),
			unit: 'ms',
		},
	];
}

async function nextList(page: Page, before: number): Promise<Watched['lists'][number]> {
	for (;;) {
		const list = (await page.evaluate(readWatched)).lists[before];
		if (list) return list;
		await page.waitForTimeout(50);
	}
}
