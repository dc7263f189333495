import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import type { Figure, Measure, Setting } from './figure';
import { hotelBookings } from './hotel-bookings';
import { type Learned, neverLearn, readWatched } from './in-page/watch';
import { serveCopy, visitAs } from './site';
import { timed } from './timing';

const FROM_COLD = { atMost: 60 };
const MEMORY = { atMost: 700 };
const LONGEST_TASK = { atMost: 50 };
/** A training that takes longer is given up: it is over its budget many times. */
const PATIENCE = 600_000;
const STROLL_SECONDS = 40;
const PLACES = ['Overview', 'Revenue', 'Demand', 'Prices', 'Conversion', 'Guests'];

/**
 * A manager's models, in the built app in Chromium: books that are there already, a browser that just
 * started, and the clock from the page's load to the end of the last job. The page stands on the
 * overview meanwhile; then the sample's models are learned anew while somebody goes through the pages.
 */
export const insights: Measure = {
	name: 'insights',
	run: (setting) =>
		serveCopy(setting.folder, undefined, async ({ address }) => [
			...(await onHotels(address, setting)),
			...(await onSample(address, setting)),
		]),
};

async function onHotels(address: string, setting: Setting): Promise<Figure[]> {
	const { name, packed } = await hotelBookings(setting);
	return inFolder(async (folder) => {
		const file = path.join(folder, 'hotel_bookings.csv.gz');
		await writeFile(file, packed);
		const profile = path.join(folder, 'profile');
		const imported = await visitAs(profile, (page) => bringIn(page, address, file), neverLearn);
		setting.say(`learning from ${name}`);
		const learned = await visitAs(profile, (page, browser) => learn(page, browser, address));
		return [...imported, ...figuresOf(learned, name, setting)];
	});
}

async function onSample(address: string, setting: Setting): Promise<Figure[]> {
	return inFolder(async (profile) => {
		await visitAs(profile, (page) => openSample(page, address), neverLearn);
		setting.say('learning from the sample');
		return visitAs(profile, async (page, browser) => {
			const learned = await learn(page, browser, address);
			setting.say('learning from the sample again, with somebody on the pages');
			const stroll = await longestTaskOnStroll(page);
			return [...figuresOf(learned, 'the sample', setting), stroll];
		});
	});
}

async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
	const folder = await mkdtemp(path.join(tmpdir(), 'doorstep-insights-'));
	try {
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** Through the wizard, as a person does. */
async function bringIn(page: Page, address: string, file: string): Promise<Figure[]> {
	page.setDefaultTimeout(PATIENCE);
	await page.goto(`${address}/data`);
	await page.locator('input[type=file]').setInputFiles(file);
	const read = page.getByRole('button', { name: 'Read the rows' });
	await read.waitFor();
	const keep = page.getByRole('button', { name: 'Keep it' });
	const reading = await timed(async () => {
		await read.click();
		await keep.waitFor();
	});
	const keeping = await timed(async () => {
		await keep.click();
		await page.waitForURL('**/overview');
	});
	const what = 'the hotel bookings in the app, in Chromium';
	return [
		{ what: `Reading ${what}`, figure: reading / 1000, unit: 's' },
		{ what: `Keeping ${what}`, figure: keeping / 1000, unit: 's' },
	];
}

async function openSample(page: Page, address: string): Promise<void> {
	page.setDefaultTimeout(PATIENCE);
	await page.goto(`${address}/overview`);
	await page.getByRole('button', { name: 'Look around with the sample town' }).click();
	await page.getByText('Sample town', { exact: true }).first().waitFor();
}

interface Learning {
	readonly training: Learned;
	/** Milliseconds; 0 for none over 50. */
	readonly longestTask: number;
	/** Megabytes. */
	readonly memory: number;
	/** Seconds of processor time of the tab, all threads together. */
	readonly processor: number;
}

/** The app learns what is due by itself. */
async function learn(page: Page, browser: Browser, address: string): Promise<Learning> {
	await page.goto(`${address}/overview`);
	const training = await nextTraining(page, 0);
	return {
		training,
		longestTask: await longestTask(page, 0),
		...(await costOfTab(browser)),
	};
}

async function nextTraining(page: Page, before: number): Promise<Learned> {
	const patience = AbortSignal.timeout(PATIENCE);
	for (;;) {
		const training = (await page.evaluate(readWatched)).trainings[before];
		if (training) return training;
		if (patience.aborted) throw new Error(`the models were not learned in ${PATIENCE / 1000} s`);
		await page.waitForTimeout(200);
	}
}

/** Goes from page to page while all models are learned anew. */
async function longestTaskOnStroll(page: Page): Promise<Figure> {
	await page.getByRole('link', { name: 'Models' }).first().click();
	const { trainings } = await page.evaluate(readWatched);
	const since = await page.evaluate(() => performance.now());
	await page.getByRole('button', { name: 'Learn all anew' }).click();
	const over = AbortSignal.timeout(STROLL_SECONDS * 1000);
	for (let step = 0; !over.aborted; step++) {
		await page
			.getByRole('link', { name: PLACES[step % PLACES.length] })
			.first()
			.click();
		await page.waitForTimeout(1_500);
		const now = await page.evaluate(readWatched);
		if (now.trainings.length > trainings.length) break;
	}
	return {
		what: 'Longest task while learning and going from page to page, the sample, in Chromium',
		figure: await longestTask(page, since),
		unit: 'ms',
		budget: LONGEST_TASK,
	};
}

/** Of the page's thread, from the start of the learning worker or later. */
async function longestTask(page: Page, since: number): Promise<number> {
	// The observer is told a moment after the task.
	await page.waitForTimeout(200);
	const { learningSince, longTasks } = await page.evaluate(readWatched);
	const from = Math.max(since, learningSince[0] ?? 0);
	const tasks = longTasks.filter(({ start }) => start >= from);
	return Math.max(0, ...tasks.map(({ duration }) => duration));
}

/** Other processes wait for tabs to come, and have done next to nothing. */
async function costOfTab(browser: Browser): Promise<Pick<Learning, 'memory' | 'processor'>> {
	const session = await browser.newBrowserCDPSession();
	const { processInfo } = await session.send('SystemInfo.getProcessInfo');
	const tabs = processInfo.filter(({ type }) => type === 'renderer');
	const [tab] = tabs.toSorted((a, b) => b.cpuTime - a.cpuTime);
	return { processor: tab?.cpuTime ?? NaN, memory: tab ? await peakMemory(tab.id) : NaN };
}

/**
 * The most that a tab's process ever held in memory: page, workers, and the browser's own code in
 * it. The system counts it (`VmHWM`), so no peak falls between two looks; NaN but on Linux.
 */
async function peakMemory(process: number): Promise<number> {
	const status = await readFile(`/proc/${process}/status`, 'utf8').catch(() => '');
	const [, kibibytes = NaN] = /^VmHWM:\s*(\d+) kB/m.exec(status) ?? [];
	return (Number(kibibytes) * 1024) / 1e6;
}

function figuresOf(
	{ longestTask, memory, processor, training }: Learning,
	name: string,
	{ say }: Setting,
): Figure[] {
	const failed = training.fault !== undefined;
	if (failed) say(`learning from ${name} ended with ${training.fault}`);
	const what = `from ${name}, in Chromium`;
	return [
		{
			what: `All models ${what}, from the page's load`,
			figure: failed ? NaN : training.at / 1000,
			unit: 's',
			budget: FROM_COLD,
		},
		...training.runs.map(({ model, seconds }) => ({
			what: `· ${model}`,
			figure: seconds,
			unit: 's',
		})),
		{ what: `Processor time of the tab for it`, figure: processor, unit: 's' },
		{
			what: `Memory of the tab while learning ${what}`,
			figure: memory,
			unit: 'MB',
			budget: MEMORY,
		},
		{
			what: `Longest task while learning ${what}`,
			figure: longestTask,
			unit: 'ms',
			budget: LONGEST_TASK,
		},
	];
}
