import type { Figure, Measure } from './figure';
import type { LogTimes } from './in-page/log';
import { LOG_MODULE, visit } from './site';
import { median } from './timing';

const EVENTS = 1_000_000;
const ROUNDS = 5;
const WRITTEN = { atMost: 0.5 };
const SCANNED = { atMost: 0.3 };

/** A million events of the log, in Chromium's IndexedDB. */
export const events: Measure = {
	name: 'events',
	run: ({ folder }) =>
		visit(folder, {}, async ({ site, page }) => {
			await page.goto(site.address);
			const times: LogTimes = await page.evaluate(
				`import(${JSON.stringify(LOG_MODULE)}).then(({ timeLog }) => timeLog(${EVENTS}, ${ROUNDS + 1}))`,
			);
			const all = times.found === EVENTS;
			const seconds = ([, ...rounds]: number[]) => (all ? median(rounds) / 1000 : NaN);
			const lines: Figure[] = [
				{
					what: 'A million events written to the log, in Chromium',
					figure: seconds(times.written),
					unit: 's',
					budget: WRITTEN,
				},
				{
					what: 'A million events scanned, in Chromium',
					figure: seconds(times.scanned),
					unit: 's',
					budget: SCANNED,
				},
			];
			return lines;
		}),
};
