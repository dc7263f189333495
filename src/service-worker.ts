/**
 * Keeps the whole build on the device, answers from it, and never acts as a proxy.
 *
 * For an auditor, all it does with the network:
 * 1. On install it fetches each file of one fixed list, and keeps it only if its SHA-256 is the
 *    one that was written down at build time. One wrong or missing file, and nothing is installed.
 *    With them `/integrity.json`, the list of the whole build for people to compare, which must agree
 *    with the fixed one; its signature, where it is signed; and this script, as the list names it.
 * 2. `/catalogue/homes.bin` and `/catalogue/pack.bin`, the same files for everyone, are fetched when the
 *    app asks for them.
 * (A file of the list that the browser has cleared is fetched again, and checked again.)
 * Everything else is answered from the list, or refused without touching the network. No request is
 * passed on: each is made here from a fixed address, without query, body, cookies or referrer.
 *
 * Every answer carries the policy's headers, so that a plain host that sends none still gets pages
 * and workers that are governed from the second visit on.
 */

/** Written by tools/static-with-precache.js. */
interface Build {
	/** Differs whenever a file, a header or this worker differs. */
	readonly id: string;
	/** Addresses of pages. All of them are the same shell, `/`. */
	readonly routes: readonly string[];
	readonly headers: readonly (readonly [name: string, value: string])[];
	/** Address of each file and its SHA-256, in hexadecimal. */
	readonly files: Readonly<Record<string, string>>;
}

/** The parts of `integrity.json` that are read here: src/lib/contracts/integrity.ts. */
interface IntegrityList {
	readonly build: string;
	readonly signedBy: string | null;
	readonly files: Readonly<Record<string, { readonly sha256: string; readonly keptAs?: string }>>;
}

declare const self: ServiceWorkerGlobalScope & { readonly DOORSTEP_BUILD: Build };

const build = self.DOORSTEP_BUILD;
const files = new Map(Object.entries(build.files));
const routes = new Set(build.routes);

const CACHE_PREFIX = 'doorstep-';
const CACHE_NAME = CACHE_PREFIX + build.id;

const SHELL = '/';
const HOST_FILES = new Set(['/catalogue/homes.bin', '/catalogue/pack.bin']);
const INTEGRITY = '/integrity.json';
const SIGNATURE = '/integrity.json.sig';
const OWN_SCRIPT = '/service-worker.js';

/** Names carry the hash of the content, so a file of an earlier build is never taken for another. */
const IMMUTABLE = '/_app/immutable/';

/** Tells the page who sent the policy: see src/lib/policy/level.ts. */
const POLICY_BY = 'Doorstep-Policy-By';

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('message', (event) => hear(event));
self.addEventListener('fetch', (event) => {
	event.respondWith(answer(event.request));
	if (event.request.mode === 'navigate') event.waitUntil(dropEarlierBuilds());
});

/** Keeps every file, or none. */
async function install(): Promise<void> {
	const cache = await caches.open(CACHE_NAME);
	try {
		await Promise.all([...files].map(([address, hash]) => keep(cache, address, hash)));
		await keepIntegrity(cache);
	} catch (fault) {
		await caches.delete(CACHE_NAME);
		throw fault;
	}
}

async function keep(cache: Cache, address: string, hash: string): Promise<void> {
	await cache.put(address, await checked(address, hash));
}

/**
 * Keeps the list of the whole build, so that the app can show and check it without a request. It
 * names this script, so it cannot stand in this script's own list: it has to agree with that one.
 * Neither is handed to pages by address; the app reads them where they are kept.
 */
async function keepIntegrity(cache: Cache): Promise<void> {
	const response = await fromNetwork(INTEGRITY);
	const list = (await response.clone().json()) as IntegrityList;
	const listed = new Map(Object.values(list.files).map((file) => [file.keptAs, file.sha256]));
	const agrees = [...files].every(([address, hash]) => listed.get(address) === hash);
	if (!response.ok || list.build !== build.id || !agrees) {
		throw new Error(`${INTEGRITY} is not the list of this build.`);
	}
	await keep(cache, OWN_SCRIPT, listed.get(OWN_SCRIPT) ?? '');
	if (list.signedBy) await cache.put(SIGNATURE, await fromNetwork(SIGNATURE));
	await cache.put(INTEGRITY, response);
}

/** The file of this build and no other. */
async function checked(address: string, hash: string): Promise<Response> {
	const response = await fromNetwork(address);
	const content = await response.arrayBuffer();
	if (!response.ok || (await sha256(content)) !== hash) {
		throw new Error(`${address} is not the file of this build.`);
	}
	return new Response(content, { headers: governed(response) });
}

/** @param address  one of the fixed addresses above or of the build's list */
function fromNetwork(address: string): Promise<Response> {
	return fetch(
		new Request(address, {
			mode: 'same-origin',
			credentials: 'omit',
			redirect: 'error',
			referrerPolicy: 'no-referrer',
			cache: address.startsWith(IMMUTABLE) ? 'default' : 'no-cache',
		}),
	);
}

async function sha256(content: ArrayBuffer): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function answer(request: Request): Promise<Response> {
	const response = await find(request);
	return request.method === 'HEAD'
		? new Response(null, { status: response.status, headers: response.headers })
		: response;
}

async function find(request: Request): Promise<Response> {
	const url = new URL(request.url);
	if (url.origin !== location.origin) return Response.error();
	if (request.method !== 'GET' && request.method !== 'HEAD') return refusal();
	if (request.mode === 'navigate') return page(url.pathname);
	if (url.search) return refusal();
	if (HOST_FILES.has(url.pathname)) return fromHost(url.pathname);
	return (await kept(url.pathname)) ?? refusal();
}

/** The shell. It draws the page of its address, or says that there is none. */
async function page(path: string): Promise<Response> {
	const shell = (await kept(SHELL)) ?? refusal();
	const known = routes.has(path.replace(/(.)\/$/, '$1'));
	return known ? shell : new Response(shell.body, { status: 404, headers: shell.headers });
}

/** A file of this build. A page that still runs an earlier one gets that one's, until it reloads. */
async function kept(path: string): Promise<Response | undefined> {
	const address = routes.has(path) ? SHELL : path;
	const hash = files.get(address);
	if (!hash) return path.startsWith(IMMUTABLE) ? caches.match(path) : undefined;
	const found = await caches.match(address, { cacheName: CACHE_NAME });
	if (found) return found;
	// The browser may clear what is kept; the same file, checked again, takes its place. Where all is
	// gone, the origin was emptied, and a page that is still leaving must not fill it again.
	const file = await checked(address, hash);
	if (await caches.has(CACHE_NAME))
		await (await caches.open(CACHE_NAME)).put(address, file.clone());
	return file;
}

/** Not kept here: the app imports it into its database, and works from there. */
async function fromHost(address: string): Promise<Response> {
	const response = await fromNetwork(address);
	return new Response(response.body, { status: response.status, headers: governed(response) });
}

function refusal(): Response {
	return new Response(null, { status: 404, headers: [...build.headers.map(([...pair]) => pair)] });
}

/** The policy's headers for what a host sent, and whether it had sent the same ones itself. */
function governed(response: Response): Headers {
	const bySender = build.headers.every(([name, value]) => response.headers.get(name) === value);
	const result = new Headers(build.headers.map(([...pair]) => pair));
	result.set('Content-Type', response.headers.get('Content-Type') ?? 'application/octet-stream');
	result.set(POLICY_BY, bySender ? 'host' : 'service-worker');
	return result;
}

/** The person agreed to the new version; or a page asks which build it runs. */
function hear(event: ExtendableMessageEvent): void {
	const { type } = event.data as { type?: string };
	if (type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
	if (type === 'WHICH_BUILD') event.ports[0]?.postMessage(build.id);
}

/**
 * Files of earlier builds go once no page is open that may still run them. They stay while one is:
 * after an update each tab reloads when its own work allows. Done beside a navigation, not while
 * this worker activates: every page waits for that.
 */
async function dropEarlierBuilds(): Promise<void> {
	const earlier = (await caches.keys()).filter(
		(name) => name.startsWith(CACHE_PREFIX) && name !== CACHE_NAME,
	);
	const { installing, waiting } = self.registration;
	if (earlier.length === 0 || installing || waiting) return;
	const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
	if (open.length === 0) await Promise.all(earlier.map((name) => caches.delete(name)));
}

// Makes this file a module of its own, so that `self` above is not everybody's.
export {};
