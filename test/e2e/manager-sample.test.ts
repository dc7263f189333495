/** The manager's rooms on the sample town's books, learned in a real browser, then without a network. */
import { expect, type Page, test } from '@playwright/test';
import type { StaticServer } from '../../tools/static-server';
import { listen } from '../support/app';
import { expectNoFault } from '../support/axe';
import {
	expectSameFigures,
	figuresShown,
	insightFigures,
	learned,
	openSampleBooks,
	stages,
	versionsOf,
} from '../support/manager';
import { openSite, visit, type Visitor } from '../support/site';

const INSIGHTS = ['/revenue', '/demand', '/prices', '/conversion', '/guests'] as const;
const PAGES = ['/overview', ...INSIGHTS, '/models', '/features', '/data'] as const;
/** The quickest to learn. */
const QUICKEST = 'Value of guests';

let site: StaticServer;
let visitor: Visitor;
let page: Page;
let faults: string[];
let printed: ReturnType<typeof insightFigures>;

test.describe.configure({ timeout: 300_000 });

test.beforeAll(async () => {
	test.setTimeout(600_000);
	printed = insightFigures('--sample', '--model', 'revenue,demand');
	site = await openSite();
	visitor = await visit(site.address);
	faults = listen(visitor.context, site.address);
	page = await visitor.context.newPage();
	await openSampleBooks(page);
	await learned(page);
	await printed;
});

test.afterEach(() => {
	expect(faults.splice(0)).toEqual([]);
});

test.afterAll(async () => {
	await visitor.leave();
	await site.close();
});

/** Every page of an answer shows it, and how it did beside the baseline. */
async function expectAnswer(): Promise<void> {
	await expect(page.getByRole('heading', { level: 1 })).toContainText(/\w/);
	const figures = Object.entries(await figuresShown(page));
	expect(figures.length).toBeGreaterThan(0);
	for (const [name, { value }] of figures) expect(Number.isFinite(value), name).toBe(true);
	expect(Number.isFinite(figures[0]?.[1].naive)).toBe(true);
}

test('kinds of guests have homes of their own, and a home the guests whom it suits', async () => {
	await page.goto('/guest-homes');
	await expect(page.getByRole('heading', { level: 1 })).toContainText(
		'tells best which home a guest will choose',
	);
	await expect(page.getByText(/^It helps: of .* later bookings/)).toBeVisible();
	const home = page.getByRole('button', { name: /\d$/ }).first();
	const name = (await home.textContent()) ?? '';
	await home.click();
	await expect(page.getByLabel('Home', { exact: true }).locator('option:checked')).toHaveText(name);
	const guests = page.getByRole('listitem').filter({ hasText: /^Guest \d+/ });
	await expect(guests).toHaveCount(20);
	await expect(guests.filter({ hasText: name })).toHaveCount(0);
	await expectNoFault(page, 'which homes for whom');
});

test('every page shows its answer with its figures beside those of the baseline', async () => {
	for (const path of INSIGHTS) {
		await page.goto(path);
		await expectAnswer();
		await expect(page.getByText('Sample town').first()).toBeVisible();
		await expect(page.getByRole('button', { name: 'Print this page' })).toBeVisible();
	}
	await page.goto('/conversion');
	await page.getByRole('radio', { name: 'Bookings are cancelled' }).click();
	await expectAnswer();
	await page.goto('/overview');
	await expect(page.getByRole('table', { name: 'Homes' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Print this page' })).toBeVisible();
	await page.goto('/features');
	// Three tables of features, and who stayed where.
	await expect(page.getByRole('button', { name: 'Save as Parquet' })).toHaveCount(4);
});

test('figures are those of the command line on the same books', async () => {
	const { demand, revenue } = await printed;
	await page.goto('/revenue');
	expectSameFigures(await figuresShown(page), revenue);
	await page.goto('/demand');
	expectSameFigures(await figuresShown(page), demand);
});

test('prices are accepted, and taken back', async () => {
	await page.goto('/prices');
	const accept = page.getByRole('button', { name: /^Accept .* changes?$/ });
	const nothing = page.getByRole('button', { name: 'Nothing to change' });
	while (!(await accept.isVisible()))
		await page.getByRole('button', { name: 'The month after' }).click();
	const words = await accept.textContent();
	await accept.click();
	await expect(nothing).toBeDisabled();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(accept).toHaveText(words ?? '');
});

test('a budget stands beside the forecast, and stays', async () => {
	await page.goto('/revenue');
	await page.getByRole('button', { name: 'Table', exact: true }).first().click();
	const sheet = page.getByRole('table').filter({ hasText: 'Week from' });
	await expect(sheet.getByRole('columnheader', { name: 'Budget' })).toHaveCount(0);
	await page.getByRole('button', { name: 'Compare with a budget' }).click();
	await page.getByRole('button', { name: 'Fill all months' }).click();
	await expect(sheet.getByRole('columnheader', { name: 'Budget' })).toBeVisible();
	const sum = page.getByText(/^Twelve months together/);
	const filled = await sum.textContent();
	await page.reload();
	await page.getByRole('button', { name: 'Compare with a budget' }).click();
	await expect(sum).toHaveText(filled ?? '');
	expect(filled).toMatch(/[1-9]/);
});

test('a version is learned anew, rolled back and deleted for ever', async () => {
	await page.goto('/models');
	const part = versionsOf(page, QUICKEST);
	await part.getByRole('button', { name: 'Learn anew' }).click();
	await expect
		.poll(() => stages(part), { timeout: 120_000 })
		.toEqual({ '1.0': 'Retired', '1.1': 'In production' });
	await part.getByRole('button', { name: 'Checks of version 1.1' }).click();
	await part.getByRole('button', { name: 'Roll back to 1.0' }).click();
	await expect.poll(() => stages(part)).toEqual({ '1.0': 'In production', '1.1': 'Retired' });
	await page.goto('/guests');
	await expect(page.getByText('Version 1.0, in production')).toBeVisible();
	await page.goto('/models');
	await part.getByRole('button', { name: 'Checks of version 1.1' }).click();
	await part.getByRole('button', { name: 'Delete for ever' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete it for ever' }).click();
	await expect.poll(() => stages(part)).toEqual({ '1.0': 'In production' });
	await page.reload();
	await expect.poll(() => stages(part)).toEqual({ '1.0': 'In production' });
});

test('without a network every page answers, and a model is learned', async () => {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await visitor.context.setOffline(true);
	for (const path of PAGES) {
		await page.goto(path);
		await page.reload();
		await expect(page.getByText('No signal. Everything here works without one.')).toBeVisible();
		if (INSIGHTS.some((insight) => insight === path)) await expectAnswer();
	}
	await page.goto('/models');
	const part = versionsOf(page, QUICKEST);
	const before = Object.keys(await stages(part)).length;
	await part.getByRole('button', { name: 'Learn anew' }).click();
	await expect
		.poll(async () => Object.keys(await stages(part)).length, { timeout: 120_000 })
		.toBe(before + 1);
	await visitor.context.setOffline(false);
});

for (const path of PAGES)
	test(`${path} has no serious fault of accessibility`, async () => {
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await page.goto(path);
		await expect(page.getByRole('heading', { level: 1 })).toContainText(/\w/);
		await expectNoFault(page, path);
		if (path !== '/conversion') return;
		await page.getByRole('radio', { name: 'Bookings are cancelled' }).click();
		await figuresShown(page);
		await expectNoFault(page, 'cancellation');
	});
