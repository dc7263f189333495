/** Watching a training run from outside, and asking for another one than the app does by itself. */
import { expect, type Page } from '@playwright/test';
import type { TrainingOptions, TrainingReport } from '$lib/contracts';

/**
 * From the next load on, what the page asks of the training worker carries these options, and what
 * the worker answers is kept for `trainingReports`. Worker, policy and build stay what they are.
 */
export async function steerTraining(page: Page, options: TrainingOptions = {}): Promise<void> {
	await page.addInitScript((options) => {
		interface Call {
			path?: string[];
			argumentList?: { value: unknown }[];
		}
		const reports: unknown[] = [];
		Object.assign(globalThis, { reports });
		const post = Worker.prototype.postMessage as (...args: unknown[]) => void;
		Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
			const call = args[0] as Call;
			if (call.path?.[0] === 'trainEncoder') {
				const last = call.argumentList?.at(-1);
				if (last) last.value = options;
				this.addEventListener('message', ({ data }) => {
					const reply = (data as { value?: { ok?: boolean; value?: object } }).value;
					if (reply?.ok && reply.value && 'resumedAt' in reply.value) reports.push(reply.value);
				});
			}
			post.apply(this, args);
		} as Worker['postMessage'];
	}, options);
}

/** The next report of a run that trained something. */
export async function trainingReport(page: Page): Promise<TrainingReport> {
	const reports = () =>
		page.evaluate(() => (globalThis as unknown as { reports: TrainingReport[] }).reports);
	await expect.poll(async () => (await reports()).length, { timeout: 45_000 }).toBeGreaterThan(0);
	return (await reports()).at(-1) as TrainingReport;
}

/** Whether a model stands in a profile's database. */
export const modelStored = (page: Page, profile: string, model: string) =>
	page.evaluate(
		([profile, model]) =>
			new Promise<boolean>((resolve) => {
				const opening = indexedDB.open(`doorstep-${profile}`);
				opening.onsuccess = () => {
					const database = opening.result;
					const asking = database.transaction('models').objectStore('models').getKey(model);
					asking.onsuccess = () => {
						database.close();
						resolve(asking.result !== undefined);
					};
				};
			}),
		[profile, model] as const,
	);
