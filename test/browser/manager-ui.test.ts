import { createRawSnippet } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import type { BringReport, FileLook } from '$lib/contracts/bring';
import type { ChanceRow, PricedDay } from '$lib/contracts/insight';
import type { RunRecord } from '$lib/contracts/registry';
import ChartFrame from '$lib/ui/charts/ChartFrame.svelte';
import ForecastChart from '$lib/ui/charts/ForecastChart.svelte';
import HeatMap from '$lib/ui/charts/HeatMap.svelte';
import PriceCalendar from '$lib/ui/charts/PriceCalendar.svelte';
import Rail from '$lib/ui/frame/Rail.svelte';
import BringReportView from '$lib/ui/manager/BringReportView.svelte';
import BudgetForm from '$lib/ui/manager/BudgetForm.svelte';
import ChanceList from '$lib/ui/manager/ChanceList.svelte';
import ColumnMatcher from '$lib/ui/manager/ColumnMatcher.svelte';
import PriceRulesForm from '$lib/ui/manager/PriceRulesForm.svelte';
import RunTable from '$lib/ui/manager/RunTable.svelte';
import StageControl from '$lib/ui/manager/StageControl.svelte';
import { numberUnit } from '$lib/ui/words/units';

const JUNE = Date.UTC(2026, 5, 1) / 86_400_000;

afterEach(() => document.body.replaceChildren());

const pressed = (keys: string): Promise<void> => userEvent.keyboard(keys);
const texts = (selector: string): (string | null)[] =>
	[...document.querySelectorAll(selector)].map((element) => element.textContent.trim());

it('lets arrows walk a chart, and reads its points out', async () => {
	await render(ForecastChart, {
		past: [{ day: JUNE - 7, value: 40 }],
		forecast: [{ day: JUNE, value: 50, low: 45, high: 55 }],
		today: JUNE - 7,
		every: 'week',
		unit: numberUnit(),
		label: 'Arrivals a week',
	});
	const chart = page.getByRole('img', { name: 'Arrivals a week' });
	await expect.element(chart).toBeVisible();
	(chart.element() as HTMLElement).focus();
	const readout = page.getByRole('status');
	await pressed('{ArrowRight}');
	await expect.element(readout).toHaveTextContent(/: 40$/);
	await pressed('{End}');
	await expect.element(readout).toHaveTextContent('forecast 50, 8 in 10: 45 to 55');
	await pressed('{Escape}');
	await expect.element(readout).toHaveTextContent('');
});

it('shows the numbers of a chart as a table behind a button', async () => {
	const words = (html: string) => createRawSnippet(() => ({ render: () => html }));
	await render(ChartFrame, {
		title: 'Revenue climbs until early August',
		table: words('<p>the table</p>'),
		children: words('<p>the picture</p>'),
	});
	const button = page.getByRole('button', { name: 'Table' });
	await expect.element(button).toHaveAttribute('aria-expanded', 'false');
	expect(page.getByText('the table').elements()).toHaveLength(0);
	await button.click();
	await expect.element(button).toHaveAttribute('aria-expanded', 'true');
	await expect.element(page.getByText('the table')).toBeVisible();
});

it('has one stop for Tab in a month of prices, and arrows choose a day', async () => {
	const estimate = { value: 0.6, low: 0.5, high: 0.7 };
	const days = Array.from({ length: 30 }, (_, index): PricedDay => ({
		day: JUNE + index,
		booked: index === 1 ? 1 : 0,
		free: index === 1 ? 0 : 1,
		current: 132,
		suggested: index === 7 ? 150 : 132,
		demandNow: estimate,
		demandSuggested: estimate,
		revenueNow: estimate,
		revenueSuggested: estimate,
		why: [],
	}));
	const onselect = vi.fn();
	const onmonth = vi.fn();
	await render(PriceCalendar, {
		month: JUNE,
		days,
		currency: 'USD',
		selected: JUNE,
		onselect,
		onmonth,
	});
	const buttons = [...document.querySelectorAll<HTMLElement>('[data-day]')];
	expect(buttons).toHaveLength(30);
	expect(buttons.filter((button) => button.tabIndex === 0)).toHaveLength(1);
	expect(buttons[1]?.getAttribute('aria-label')).toMatch(/booked at \$132$/);
	expect(buttons[7]?.getAttribute('aria-label')).toMatch(
		/\$150 suggested, now \$132, chance of being let: 60%/,
	);

	buttons[0]?.focus();
	await pressed('{ArrowDown}');
	expect(onselect).toHaveBeenLastCalledWith(JUNE + 7);
	expect(document.activeElement).toBe(buttons[7]);
	await pressed('{ArrowLeft}');
	expect(onselect).toHaveBeenLastCalledWith(JUNE + 6);
	await pressed('{PageDown}');
	expect(onmonth).toHaveBeenCalledExactlyOnceWith(1);
});

it('moves over a heat map by arrows, and chooses a cell by Enter', async () => {
	const onselect = vi.fn();
	await render(HeatMap, {
		caption: 'Share let',
		rows: ['Mill Lane', 'Pond Cabin'].map((title) => ({
			key: title,
			title,
			values: Float64Array.of(0.1, NaN, 0.9),
		})),
		days: Int32Array.of(JUNE, JUNE + 1, JUNE + 2),
		words: (value: number) => `${Math.round(value * 100)}%`,
		legend: 'Share let',
		onselect,
	});
	const cells = [...document.querySelectorAll<HTMLElement>('[data-cell]')];
	expect(cells.filter((cell) => cell.tabIndex === 0)).toHaveLength(1);
	expect(cells[1]?.getAttribute('aria-label')).toMatch(/nothing known$/);
	cells[0]?.focus();
	await pressed('{ArrowRight}{ArrowDown}{Enter}');
	expect(onselect).toHaveBeenLastCalledWith(1, 1);
	await pressed('{End}{ArrowUp}{Enter}');
	expect(onselect).toHaveBeenLastCalledWith(0, 2);
});

it('marks the innermost place alone', async () => {
	await page.viewport(1180, 820);
	const place = (name: string, href: string) => ({ name, href, icon: LayoutDashboard });
	await render(Rail, {
		home: '/manage',
		places: [place('Overview', '/manage'), place('Prices', '/manage/prices')],
		path: '/manage/prices/4',
		shield: { words: 'Nothing has left', href: '/privacy' },
		doors: '/#doors',
	});
	await expect.element(page.getByRole('link', { name: 'Prices' })).toBeVisible();
	expect(texts('[aria-current=page]')).toEqual(['Prices']);
});

it('holds back price rules that contradict each other, and says why', async () => {
	const onchange = vi.fn();
	const rules = { minimum: 80, maximum: 200, step: 5, objective: 0 };
	await render(PriceRulesForm, { rules, currency: 'USD', onchange });
	const highest = page.getByRole('spinbutton', { name: 'Highest price' });
	await highest.fill('60');
	await pressed('{Tab}');
	await expect.element(page.getByText('has to be at least the lowest')).toBeVisible();
	await expect.element(highest).toHaveAttribute('aria-invalid', 'true');
	expect(onchange).not.toHaveBeenCalled();
	await page.getByRole('spinbutton', { name: 'Lowest price' }).fill('50');
	await pressed('{Tab}');
	expect(onchange).toHaveBeenLastCalledWith({ ...rules, minimum: 50, maximum: 60 });
});

it('fills a budget from last year and some per cent', async () => {
	const onchange = vi.fn();
	const months = [{ key: '2026-06', first: JUNE, lastYear: 1000 }];
	await render(BudgetForm, { months, budget: {}, currency: 'USD', onchange });
	await page.getByRole('spinbutton', { name: 'Last year plus, %' }).fill('10');
	await pressed('{Tab}');
	await page.getByRole('button', { name: 'Fill all months' }).click();
	expect(onchange).toHaveBeenLastCalledWith({ '2026-06': 1100 });
});

const LOOK: FileLook = {
	fileName: 'bookings.csv',
	bytes: 100,
	format: 'csv',
	packed: 'none',
	source: 'other',
	table: 'bookings',
	columns: [
		{ name: 'unit', samples: ['Mill Lane'], empty: 0, personal: false },
		{ name: 'meal', samples: ['BB'], empty: 0, personal: false },
		{ name: 'email', samples: [], empty: 0, personal: true },
	],
	fields: {
		bookings: [{ field: 'property', required: true, kind: 'key' }],
		properties: [],
		daily: [],
		engagement: [],
		reviews: [],
		features: [],
	},
	mapping: { source: 'other', table: 'bookings', columns: {}, extras: [] },
	remembered: false,
	questions: ['day-month-order'],
};

it('matches columns, asks what the file does not say, and offers nobody’s name', async () => {
	const onchange = vi.fn();
	await render(ColumnMatcher, { look: LOOK, mapping: LOOK.mapping, onchange });
	await expect.element(page.getByText('Still needed: Home')).toBeVisible();
	await page.getByRole('combobox', { name: 'Home (needed)' }).selectOptions('unit');
	expect(onchange.mock.lastCall?.[0].columns).toEqual({ property: ['unit'] });
	await page.getByRole('radio', { name: 'Day first' }).click();
	expect(onchange.mock.lastCall?.[0].dayFirst).toBe(true);
	await page.getByRole('checkbox', { name: 'meal' }).click();
	expect(onchange.mock.lastCall?.[0].extras).toEqual(['meal']);
	expect(page.getByRole('checkbox', { name: 'email' }).elements()).toHaveLength(0);
});

it('shows what was refused and hands it out as a file', async () => {
	const report: BringReport = {
		token: 't',
		fileName: 'bookings.csv',
		table: 'bookings',
		rowsRead: 1000,
		rowsFit: 990,
		added: 900,
		changed: 0,
		known: 90,
		forgotten: 0,
		refused: [{ reason: 'NoPrice', column: 'price', rows: 10 }],
		examples: [{ row: 41, column: 'price', reason: 'NoPrice', found: '' }],
		columnsRead: 5,
		columnsIgnored: [],
		from: JUNE,
		to: JUNE + 90,
		properties: 3,
		currency: 'USD',
		notes: ['NoGuestIds'],
	};
	const onrefused = vi.fn();
	await render(BringReportView, { report, onrefused });
	await expect
		.element(page.getByRole('heading', { name: '10 rows are refused, 1%' }))
		.toBeVisible();
	await expect.element(page.getByRole('rowheader', { name: '41' })).toBeVisible();
	await page.getByRole('button', { name: 'Refused rows as a file' }).click();
	expect(onrefused).toHaveBeenCalledOnce();
});

it('lists chances with what moves them, a few at a time', async () => {
	const rows = Array.from({ length: 5 }, (_, id): ChanceRow => ({
		property: id,
		title: `Home ${id}`,
		guest: -1,
		id,
		day: JUNE,
		amount: NaN,
		chance: { value: 0.4, low: 0.3, high: 0.5 },
		factors: [],
		impacts: [{ feature: 'lead_time', share: 0.2, value: 90 }],
	}));
	await render(ChanceList, { question: 'cancellation', rows, currency: 'USD', page: 3 });
	expect(document.querySelectorAll('details')).toHaveLength(3);
	await page.getByRole('button', { name: 'Show 2 more' }).click();
	expect(document.querySelectorAll('details')).toHaveLength(5);
	await page.getByText('Home 0').click();
	await expect.element(page.getByText('+20 points').first()).toBeVisible();
});

function run(parts: Partial<RunRecord>): RunRecord {
	return {
		id: 'a',
		model: 'revenue',
		name: 'revenue',
		version: '1.1',
		stage: 'Staging',
		reason: 'gates-passed',
		gates: [],
		trainedAt: 0,
		seconds: 1,
		rows: 10,
		learner: 'gbdt',
		settings: {},
		features: [],
		backtest: { figures: [], points: [] },
		...parts,
	} as unknown as RunRecord;
}

it('asks before a model is deleted for ever, and deletes nothing on the way', async () => {
	const ondelete = vi.fn();
	const others = { onpromote: vi.fn(), onrollback: vi.fn() };
	await render(StageControl, { run: run({}), ondelete, ...others });
	await page.getByRole('button', { name: 'Delete for ever' }).click();
	await page.getByRole('button', { name: 'Keep it' }).click();
	expect(ondelete).not.toHaveBeenCalled();
	await page.getByRole('button', { name: 'Delete for ever' }).click();
	await page.getByRole('button', { name: 'Delete it for ever' }).click();
	expect(ondelete).toHaveBeenCalledOnce();
});

it('offers no promotion past a check that nobody can waive', async () => {
	const gate = {
		name: 'no-leak',
		hard: true,
		passed: false,
		figure: '',
		value: 1,
		bound: 0,
	} as const;
	const nothing = { onpromote: vi.fn(), onrollback: vi.fn(), ondelete: vi.fn() };
	await render(StageControl, { run: run({ gates: [gate] }), ...nothing });
	await expect.element(page.getByText('It can’t be promoted')).toBeVisible();
	expect(page.getByRole('button', { name: /Promote/ }).elements()).toHaveLength(0);
});

it('lets two versions be chosen for comparison, the third in place of the first', async () => {
	const runs = ['a', 'b', 'c'].map((id) => run({ id, version: id }));
	const onchoose = vi.fn();
	await render(RunTable, { runs, chosen: ['a', 'b'], onchoose });
	await page.getByRole('checkbox', { name: 'Compare version c' }).click();
	expect(onchoose).toHaveBeenLastCalledWith(['b', 'c']);
});
