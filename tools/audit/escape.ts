import type { BrowserContext, Page, Worker } from 'playwright';
import { openVisitor, serviceWorkerReady, temporaryFolder } from './browser';
import { type Canary, type Hit, openCanary } from './canary';
import { type Host, openHost } from './host';
import { expressionFor } from './kit';
import { buildAt, type Level, type LevelName, type State } from './levels';
import type { NetworkLog } from './network-log';
import type { Context, Target, Vector } from './vector';

/** One vector in one place, at one level and in one state. */
export interface Outcome {
	readonly vector: Vector;
	readonly context: Context;
	readonly level: LevelName;
	readonly state: State;
	readonly token: string;
	/** Whether the place answered that it ran. */
	readonly tried: boolean;
	/** What arrived; empty where nothing got out. */
	readonly hits: readonly Hit[];
}

export interface Escape {
	readonly level: LevelName;
	readonly state: State;
	/** The policy that came with the page, as the browser received it. */
	readonly headers: Readonly<Record<string, string>>;
	readonly outcomes: readonly Outcome[];
	/** Seconds. */
	readonly took: number;
}

interface Try {
	readonly vector: Vector;
	readonly context: Context;
	readonly token: string;
	readonly target: Target;
}

/** Long enough for a form, a prefetch and WebRTC, in milliseconds; the control run shows that it is. */
const SETTLE = 3_000;
/** Vectors that share a page: should one end the page, the others have theirs. */
const TOGETHER = 40;
/** Pages that are open at a time. */
const PARALLEL = 6;
/** What a page that takes itself elsewhere is given, in milliseconds. */
const LEAVING = 2_000;
/** The longest that a place is waited for until it has tried all, in milliseconds. */
const ANSWER = 5_000;
const SUFFIX = 'leak.test';
const POLICY_HEADERS = ['content-security-policy', 'connection-allowlist', 'doorstep-policy-by'];

/**
 * Tries every vector wherever it can run, at one level and in one state: in a fresh profile, on a
 * host and against a canary of their own.
 *
 * @param build  the folder of the built app
 */
export async function escape(
	build: string,
	level: Level,
	state: State,
	vectors: readonly Vector[],
): Promise<Escape> {
	const started = performance.now();
	const folder = await temporaryFolder();
	await buildAt(level, build, folder.path);
	const host = await openHost(folder.path, { headers: level.host !== 'nothing', careless: true });
	const named = tokensOf(vectors, level.name, state);
	const canary = await openCanary(named.map(({ token }) => token));
	const visitor = await openVisitor({ switches: [resolverRules(canary)] });
	const tries = named.map((one) => ({ ...one, target: target(one.token, canary, host) }));
	const tried = new Set<string>();
	const headers = await tryAll(visitor.context, host, state, tries, tried);
	const log = await visitor.leave();
	await host.close();
	await canary.close();
	await folder.remove();
	const hits = [...canary.hits(), ...lookups(log, canary), ...atOwnHost(host, tries)];
	const took = (performance.now() - started) / 1000;
	const outcomes = tries.map(({ vector, context, token }) => ({
		...{ vector, context, token, state, level: level.name },
		tried: tried.has(token),
		hits: hits.filter((hit) => hit.token === token),
	}));
	return { level: level.name, state, headers, outcomes, took };
}

function tokensOf(vectors: readonly Vector[], level: LevelName, state: State) {
	return vectors.flatMap((vector) =>
		vector.contexts.map((context) => ({
			vector,
			context,
			token: `${vector.id}.${context}.${level}.${state}`.toLowerCase(),
		})),
	);
}

function target(token: string, canary: Canary, host: Host): Target {
	const name = `${token}.${SUFFIX}`;
	const port = canary.ports.get(token);
	const [place, near] = [`${name}:${port}`, `127.0.0.1:${port}`];
	return {
		token,
		host: name,
		origin: `http://${place}`,
		near: `http://${near}/${token}`,
		url: `http://${place}/${token}`,
		socket: `ws://${place}/${token}`,
		secure: `https://${place}/${token}`,
		stun: near,
		own: host.address,
	};
}

/**
 * Each name leads to its own port of this machine, and no other name leads anywhere: nothing of the
 * audit goes out to a resolver. A look-up stands in the browser's log with the port it led to.
 */
function resolverRules(canary: Canary): string {
	const rules = [...canary.ports].map(
		([token, port]) => `MAP ${token}.${SUFFIX} 127.0.0.1:${port}`,
	);
	return `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(',')}`;
}

async function tryAll(
	context: BrowserContext,
	host: Host,
	state: State,
	tries: readonly Try[],
	tried: Set<string>,
): Promise<Record<string, string>> {
	host.offerServiceWorker = state !== 'first';
	const { page, headers } = await openIn(context, host, state);
	const of = (place: Context, leaving: boolean) =>
		tries.filter(
			({ vector, context }) => context === place && (vector.kind === 'navigation') === leaving,
		);
	await run(await startedWorker(page), of('worker', false), tried);
	const alone = of('page', true).map((one) => [one]);
	await inPages(context, host, [...chunks(of('page', false), TOGETHER), ...alone], tried);
	host.offerServiceWorker = true;
	await inServiceWorker(
		context,
		host,
		[of('service-worker', false), of('service-worker', true)],
		tried,
	);
	await pause(SETTLE);
	return headers;
}

/** The first page of a visit. */
async function openIn(context: BrowserContext, host: Host, state: State) {
	const [page = await context.newPage()] = context.pages();
	let response = await page.goto(host.address);
	if (state !== 'first') {
		await serviceWorkerReady(page);
		response = await page.reload();
		if (!response?.fromServiceWorker()) throw new Error('The service worker did not answer.');
	}
	if (state === 'offline') {
		await host.close();
		response = await page.reload();
	}
	const all = response?.headers() ?? {};
	const headers = POLICY_HEADERS.map((name) => [name, all[name] ?? '']);
	return { page, headers: Object.fromEntries(headers) as Record<string, string> };
}

/** The app starts it on its first page, from a blob, as it starts all of them. */
async function startedWorker(page: Page): Promise<Worker> {
	const started = () => page.workers().find((worker) => worker.url().startsWith('blob:'));
	const found = started() ?? (await page.waitForEvent('worker', { timeout: 20_000 }));
	if (!found.url().startsWith('blob:')) throw new Error('The app starts its workers from a blob.');
	return found;
}

async function inPages(
	context: BrowserContext,
	host: Host,
	groups: readonly (readonly Try[])[],
	tried: Set<string>,
): Promise<void> {
	const waiting = [...groups];
	const leaving: Promise<unknown>[] = [];
	const next = async (): Promise<void> => {
		const group = waiting.shift();
		if (!group) return;
		const page = await context.newPage();
		await page.goto(host.address, { waitUntil: 'domcontentloaded' });
		// The policy is in force; what the app would do next only takes time.
		await page.evaluate(() => stop());
		await run(page, group, tried);
		const left = () => page.close().catch(() => undefined);
		if (group.length === 1) leaving.push(pause(LEAVING).then(left));
		return next();
	};
	await Promise.all(Array.from({ length: PARALLEL }, next));
	await Promise.all(leaving);
}

async function inServiceWorker(
	context: BrowserContext,
	host: Host,
	[staying, leaving]: readonly [readonly Try[], readonly Try[]],
	tried: Set<string>,
): Promise<void> {
	const open = async () => {
		const page = await context.newPage();
		await page.goto(host.address);
		await serviceWorkerReady(page);
		return page;
	};
	await open();
	// Another one may stand there: registering it with a query is one of the vectors.
	const isOurs = (worker: Worker) => worker.url().endsWith('/service-worker.js');
	const worker =
		context.serviceWorkers().find(isOurs) ??
		(await context.waitForEvent('serviceworker', { predicate: isOurs }));
	await run(worker, staying, tried);
	for (const one of leaving) {
		const page = await open();
		await run(worker, [one], tried);
		await pause(LEAVING);
		await page.close().catch(() => undefined);
	}
}

/** A place that is left behind does not answer; that is no fault. */
async function run(place: Place, tries: readonly Try[], tried: Set<string>): Promise<void> {
	const answered = place
		.evaluate(expressionFor(tries))
		.then((tokens) => (tokens as string[]).forEach((token) => tried.add(token)))
		.catch(() => undefined);
	await Promise.race([answered, pause(ANSWER)]);
}

/** A page or a worker. */
interface Place {
	evaluate(expression: string): Promise<unknown>;
}

function lookups(log: NetworkLog, canary: Canary): Hit[] {
	const tokens = new Map([...canary.ports].map(([token, port]) => [port, token]));
	return log.lookups.flatMap(({ host, port }) => {
		const token = tokens.get(port);
		return token ? [{ token, kind: 'lookup' as const, detail: `${host}:${port}` }] : [];
	});
}

/** What the app's own host was told. */
function atOwnHost({ requests }: Host, tries: readonly Try[]): Hit[] {
	return tries
		.filter(({ vector }) => vector.kind === 'own-origin')
		.flatMap(({ token }) =>
			requests
				.filter(({ url, cookie, referrer }) => `${url} ${cookie} ${referrer}`.includes(token))
				.map(({ method, url }) => ({
					token,
					kind: 'own-host' as const,
					detail: `${method} ${url}`,
				})),
		);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
		items.slice(at * size, (at + 1) * size),
	);
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
