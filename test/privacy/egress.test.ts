/**
 * Nothing gets out: a page, a worker that it started as the app does, and the service worker try
 * what `probes.ts` lists. The same probes on the same build without its policy show that each works.
 *
 * Probes are put into the real workers of the real build from outside, through the browser's
 * debugger. What they do there is governed as the workers' own code is.
 */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openCanary, type Canary } from '../support/canary';
import { copyBuild, openSite, temporaryFolder, visit } from '../support/site';
import {
	leavingProbes,
	LOOKUP_SUFFIX,
	lookupProbes,
	pageProbes,
	serviceWorkerProbes,
	webRtc,
	workerProbes,
	type Probe,
} from './probes';

/** Long enough for a form, a prefetch and ICE; the control run shows that it is. */
const SETTLE = 3_000;

/** Something a probe can be run in. */
interface Place {
	evaluate(probe: Probe, target: Parameters<Probe>[0]): Promise<unknown>;
}

test('at level A nothing leaves a page, a worker or the service worker', async () => {
	const site = await openSite();
	const { hits, names, level, connections } = await tryEverything(site.address, controlledPage);
	await site.close();
	expect(level).toContain('(response-origin)');
	expect(hits).toEqual([]);
	expect(connections).toBe(0);
	expect(names).toEqual([]);
});

test('at level A nothing leaves on the first visit, before the service worker is in control', async () => {
	const site = await openSite();
	const { hits, names, connections } = await tryEverything(site.address, firstVisit);
	await site.close();
	expect(hits).toEqual([]);
	expect(connections).toBe(0);
	expect(names).toEqual([]);
});

test('without the policy each of the same ways is open, so the probes work', async () => {
	const folder = await temporaryFolder();
	await copyBuild(folder.path, { withoutPolicy: true });
	const site = await openSite(folder.path, { headers: false });
	const { hits, names, level } = await tryEverything(site.address, firstVisit);
	await site.close();
	await folder.remove();
	expect(level).toBe('');
	expect(hits).toEqual(expectedHits());
	expect(names).toEqual(expectedNames());
});

interface Outcome {
	readonly connections: number;
	readonly hits: string[];
	readonly names: string[];
	/** The Connection-Allowlist of the page; empty without one. */
	readonly level: string;
}

async function tryEverything(address: string, open: typeof firstVisit): Promise<Outcome> {
	const canary = await openCanary();
	const visitor = await visit();
	const { context } = visitor;
	const page = await open(context, address);
	const level = await page.evaluate(async () => {
		const answer = await fetch(location.pathname, { method: 'HEAD' });
		return answer.headers.get('Connection-Allowlist') ?? '';
	});
	await runAll(page, 'page', pageProbes, canary);
	await run(page, 'page-webrtc', webRtc, canary);
	for (const [name, probe] of Object.entries(lookupProbes)) {
		await page.evaluate(probe, `page-${name}.${LOOKUP_SUFFIX}`).catch(() => undefined);
	}
	await runAll(await startedWorker(page), 'worker', workerProbes, canary);
	await runAll(await serviceWorker(context), 'service-worker', serviceWorkerProbes, canary);
	for (const [name, probe] of Object.entries(leavingProbes)) {
		const leaving = await context.newPage();
		await leaving.goto(address);
		await run(leaving, `page-${name}`, probe, canary);
	}
	await page.waitForTimeout(SETTLE);
	const hits = canary.hits().filter((hit) => hit !== '/favicon.ico');
	const names = (await visitor.leave()).filter((name) => name.endsWith(LOOKUP_SUFFIX));
	const connections = canary.connections();
	await canary.close();
	return { connections, hits, names, level };
}

/** A page without the service worker in between, which would refuse its requests by itself. */
async function firstVisit(context: BrowserContext, address: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(address);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	return page;
}

/** A page that came through the service worker, as every visit but the first does. */
async function controlledPage(context: BrowserContext, address: string): Promise<Page> {
	const page = await firstVisit(context, address);
	await page.reload();
	await expect
		.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state))
		.toBe('activated');
	return page;
}

async function startedWorker(page: Page): Promise<Place> {
	await expect.poll(() => page.workers().length).toBeGreaterThan(0);
	const worker = page.workers()[0];
	if (!worker) throw new Error('The app starts a worker on its first page.');
	expect(worker.url()).toMatch(/^blob:/);
	return worker;
}

async function serviceWorker(context: BrowserContext): Promise<Place> {
	return context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker');
}

async function runAll(
	place: Place,
	where: string,
	probes: Readonly<Record<string, Probe>>,
	canary: Canary,
): Promise<void> {
	for (const [name, probe] of Object.entries(probes)) {
		await run(place, `${where}-${name}`, probe, canary);
	}
}

/** Being refused is what is hoped for; what counts is what arrives. */
async function run(place: Place, name: string, probe: Probe, canary: Canary): Promise<void> {
	const { http, webSocket, stun } = canary;
	await place.evaluate(probe, { http, webSocket, stun, name }).catch(() => undefined);
}

function expectedHits(): string[] {
	const paths = (where: string, probes: Readonly<Record<string, Probe>>) =>
		Object.keys(probes).map((name) => `/${where}-${name}`);
	return [
		...paths('page', pageProbes),
		...paths('page', leavingProbes),
		...paths('worker', workerProbes),
		...paths('service-worker', serviceWorkerProbes),
		'stun',
	].sort();
}

function expectedNames(): string[] {
	return Object.keys(lookupProbes)
		.map((name) => `page-${name}.${LOOKUP_SUFFIX}`)
		.sort();
}
