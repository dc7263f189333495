/** The manager's rooms from outside: opening books, waiting for what is learned, reading figures. */
import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, type Locator, type Page } from '@playwright/test';
import { pick, type NamedFile } from './catalogues';

/** Six trainings on two busy cores. */
const LEARNING = 400_000;

/** Through the manager's door to the sample town's books. */
export async function openSampleBooks(page: Page): Promise<void> {
	await page.goto('/');
	await page.getByRole('button', { name: 'Managing homes' }).click();
	// The first page has a button of this name, too.
	await expect(page.getByRole('heading', { name: 'No bookings here yet' })).toBeVisible();
	await page.getByRole('button', { name: 'Look around with the sample town' }).click();
	await expect(page.getByRole('table', { name: 'Homes' })).toBeVisible({ timeout: 60_000 });
}

/** The state of each refresh as the page of the models says it. Names of models as people read them. */
export async function jobStates(page: Page): Promise<Record<string, string>> {
	const rows = page.getByRole('table', { name: 'Refreshes of the models' }).locator('tbody tr');
	const cells = await rows.evaluateAll((found) =>
		found.map((row) => Array.from(row.children, (cell) => cell.textContent?.trim() ?? '')),
	);
	return Object.fromEntries(cells.map(([model = '', , state = '']) => [model, state]));
}

/** Waits on the page of the models until nothing is left to be learned. */
export async function learned(page: Page): Promise<void> {
	if (!page.url().endsWith('/models'))
		await page.getByRole('link', { name: 'Models', exact: true }).first().click();
	await expect
		.poll(async () => Object.values(await jobStates(page)), {
			timeout: LEARNING,
			intervals: [1000],
		})
		.toEqual(Array.from({ length: 6 }, () => 'done'));
}

export interface FigureShown {
	readonly value: number;
	readonly naive: number;
}

/** The figures of the backtest on a page, unrounded, by their names in the model card. */
export async function figuresShown(page: Page): Promise<Record<string, FigureShown>> {
	const table = page.getByRole('table', { name: 'Figures of the backtest' });
	await expect(table).toBeVisible();
	const rows = await table.locator('tbody tr').evaluateAll((found) =>
		found.map((row) => {
			const [value, naive] = Array.from(row.querySelectorAll('data'), (data) => Number(data.value));
			return [row.querySelector<HTMLElement>('[title]')?.title ?? '', { value, naive }];
		}),
	);
	return Object.fromEntries(rows) as Record<string, FigureShown>;
}

interface Figures {
	readonly naive: Readonly<Record<string, number>>;
	readonly [figure: string]: unknown;
}

/** What `npm run eval -- insight` prints, of the models that were trained. */
export async function insightFigures(
	...words: readonly string[]
): Promise<Readonly<Record<string, Figures>>> {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		[
			'node_modules/tsx/dist/cli.mjs',
			...['--tsconfig', 'tools/tsconfig.json', 'tools/eval.ts', 'insight', ...words],
		],
		{ maxBuffer: 2 ** 24 },
	);
	return JSON.parse(stdout) as Readonly<Record<string, Figures>>;
}

/** The page says of each figure what the command line says, to a thousandth. */
export function expectSameFigures(
	shown: Readonly<Record<string, FigureShown>>,
	printed: Figures | undefined,
): void {
	if (!printed) throw new Error('nothing was printed of this model');
	const { naive } = printed;
	expect(Object.keys(shown).length).toBeGreaterThan(0);
	for (const [name, figure] of Object.entries(shown)) {
		expect(Math.abs(figure.value - Number(printed[name])), name).toBeLessThan(1e-3);
		if (Number.isFinite(figure.naive))
			expect(Math.abs(figure.naive - (naive[name] ?? NaN)), `${name} of the baseline`).toBeLessThan(
				1e-3,
			);
	}
}

/** A model's part of the page of the models. */
export const versionsOf = (page: Page, model: string): Locator =>
	page.getByRole('region', { name: model, exact: true });

/** What stands in a row of versions: `1.1` to `In production`. */
export async function stages(part: Locator): Promise<Record<string, string>> {
	const rows = await part
		.getByRole('table', { name: 'Versions' })
		.locator('tbody tr')
		.evaluateAll((found) =>
			found.map((row) =>
				Array.from(row.children, (cell) => cell.textContent?.trim() ?? '').slice(0, 2),
			),
		);
	return Object.fromEntries(rows) as Record<string, string>;
}

/** Opens a file on the page of the data, as far as its columns. */
export async function lookAt(page: Page, file: string | NamedFile): Promise<void> {
	if (!page.url().endsWith('/data')) await page.goto('/data');
	await pick(page, file);
	await expect(page.getByRole('button', { name: 'Read the rows' })).toBeVisible();
}

/** Reads the rows of the file that is looked at; what its report counts. */
export async function readRows(page: Page): Promise<Record<string, number>> {
	await page.getByRole('button', { name: 'Read the rows' }).click();
	await expect(page.getByRole('button', { name: 'Keep it' })).toBeVisible({ timeout: 60_000 });
	const counts = page.getByRole('definition');
	const terms = ['New', 'Changed', 'Known already'];
	const found = await counts.evaluateAll((all) =>
		all.map((one) => [one.previousElementSibling?.textContent?.trim(), one.textContent]),
	);
	return Object.fromEntries(
		found
			.filter(([term]) => terms.includes(term ?? ''))
			.map(([term, count]) => [term, Number(count?.replace(/\D/g, ''))]),
	) as Record<string, number>;
}

/** Keeps what was read, and waits until the books are open. */
export async function keep(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Keep it' }).click();
	await expect(page).toHaveURL(/\/overview$/);
}
