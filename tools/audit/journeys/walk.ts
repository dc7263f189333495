import { openVisitor, type Visitor } from '../browser';
import { describedBuild } from '../altered-build';
import { type HostRequest, openHost } from '../host';
import { type Mark, Marks } from '../marks';
import { type NetworkLog } from '../network-log';
import { record, type Recorder } from '../recorder';
import type { Journey, Place, SavedFile } from './steps';

/** A journey as it was walked, and everything that was seen on the way. */
export interface Walk {
	readonly journey: string;
	readonly address: string;
	readonly steps: readonly { readonly name: string; readonly seconds: number }[];
	/** A step that could not be taken, and why; empty where all were. */
	readonly stuck: string;
	readonly recorder: Recorder;
	readonly atHost: readonly HostRequest[];
	readonly log: NetworkLog;
	/** Cookies that the browser held after a step. */
	readonly cookiesHeld: readonly { readonly step: string; readonly name: string }[];
	/** What was typed and done, to be looked for in everything that left. */
	readonly marks: readonly Mark[];
	/** What the person saved. */
	readonly files: readonly SavedFile[];
	/** Names of all files that came out of the browser, asked for or not. */
	readonly downloads: readonly string[];
	readonly browser: string;
}

/** What the last step set off may come late: a file, or a request. So many milliseconds are waited. */
const LATE = 2_000;

/** Walks a journey through a built app, served with its own headers, in a fresh profile. */
export async function walk(build: string, journey: Journey): Promise<Walk> {
	const { routes } = await describedBuild(build);
	const host = await openHost(build, { headers: true });
	const visitor = await openVisitor();
	const recorder = await record(visitor.context);
	const place: Place = { host, build, routes, marks: new Marks(), files: [] };
	const taken = await take(journey, visitor, place, recorder);
	const browser = visitor.context.browser()?.version() ?? '';
	const log = await visitor.leave();
	await host.close();
	const { address, requests: atHost } = host;
	const left = { marks: place.marks.all, files: place.files };
	return { journey: journey.name, address, recorder, atHost, log, browser, ...left, ...taken };
}

async function take(
	journey: Journey,
	{ context }: Visitor,
	place: Place,
	recorder: Recorder,
): Promise<Pick<Walk, 'steps' | 'stuck' | 'cookiesHeld' | 'downloads'>> {
	const [page = await context.newPage()] = context.pages();
	const steps: { name: string; seconds: number }[] = [];
	const cookiesHeld: { step: string; name: string }[] = [];
	const downloads: string[] = [];
	page.on('download', (download) => downloads.push(download.suggestedFilename()));
	for (const { name, run } of journey.steps) {
		recorder.step = name;
		place.marks.step = name;
		const started = performance.now();
		try {
			await run(page, place);
		} catch (fault) {
			const words = fault instanceof Error ? fault.message : String(fault);
			return { steps, stuck: `${name}: ${words.split('\n')[0]}`, cookiesHeld, downloads };
		} finally {
			const held = await context.cookies().catch(() => []);
			cookiesHeld.push(...held.map((cookie) => ({ step: name, name: cookie.name })));
			steps.push({ name, seconds: (performance.now() - started) / 1000 });
		}
	}
	await page.waitForTimeout(LATE);
	return { steps, stuck: '', cookiesHeld, downloads };
}
