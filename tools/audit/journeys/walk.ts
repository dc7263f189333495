import { openVisitor, type Visitor } from '../browser';
import { describedBuild } from '../altered-build';
import { type Host, type HostRequest, openHost } from '../host';
import { type NetworkLog } from '../network-log';
import { record, type Recorder } from '../recorder';
import type { Journey } from './steps';

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
	readonly browser: string;
}

/** Walks a journey through a built app, served with its own headers, in a fresh profile. */
export async function walk(build: string, journey: Journey): Promise<Walk> {
	const { routes } = await describedBuild(build);
	const host = await openHost(build, { headers: true });
	const visitor = await openVisitor();
	const recorder = await record(visitor.context);
	const taken = await take(journey, visitor, { host, routes }, recorder);
	const browser = visitor.context.browser()?.version() ?? '';
	const log = await visitor.leave();
	await host.close();
	const { address, requests: atHost } = host;
	return { journey: journey.name, address, recorder, atHost, log, browser, ...taken };
}

async function take(
	journey: Journey,
	{ context }: Visitor,
	place: { host: Host; routes: readonly string[] },
	recorder: Recorder,
): Promise<Pick<Walk, 'steps' | 'stuck' | 'cookiesHeld'>> {
	const [page = await context.newPage()] = context.pages();
	const steps: { name: string; seconds: number }[] = [];
	const cookiesHeld: { step: string; name: string }[] = [];
	for (const { name, run } of journey.steps) {
		recorder.step = name;
		const started = performance.now();
		try {
			await run(page, place);
		} catch (fault) {
			const words = fault instanceof Error ? fault.message : String(fault);
			return { steps, stuck: `${name}: ${words.split('\n')[0]}`, cookiesHeld };
		} finally {
			const held = await context.cookies().catch(() => []);
			cookiesHeld.push(...held.map((cookie) => ({ step: name, name: cookie.name })));
			steps.push({ name, seconds: (performance.now() - started) / 1000 });
		}
	}
	return { steps, stuck: '', cookiesHeld };
}
