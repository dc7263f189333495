import { expect, type Page, type Worker } from '@playwright/test';

/** A running worker of a page by its name: `store`, `scoring` or `training`. */
export async function workerNamed(page: Page, name: string): Promise<Worker> {
	let found: Worker | undefined;
	await expect
		.poll(async () => {
			for (const worker of page.workers())
				if ((await worker.evaluate(() => self.name).catch(() => '')) === name) found = worker;
			return found !== undefined;
		})
		.toBe(true);
	return found as Worker;
}

/** Ends a worker from inside, as a browser short of memory does: nobody is told. */
export async function kill(page: Page, name: string): Promise<void> {
	const worker = await workerNamed(page, name);
	await worker.evaluate(() => self.close()).catch(() => undefined);
}
