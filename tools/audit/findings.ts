import { filesIn } from '../integrity-list.js';
import type { Walk } from './journeys/walk';
import { ledgerFindings, markFindings } from './left';

/** Something that should not have happened, with its place. */
export interface Finding {
	/** For people: what it was. */
	readonly what: string;
	/** Address, name of a cookie, or name of a host. */
	readonly subject: string;
	/** File, line and column, as far as the browser knows. */
	readonly where: string;
	/** Journey and step. */
	readonly step: string;
}

/** Schemes that stay inside the browser. */
const INSIDE = new Set(['blob:', 'data:', 'about:', 'chrome:', 'chrome-error:', 'devtools:']);

/**
 * What a host may be asked for: the build's own files and pages, and the one file that it may offer
 * to everyone.
 *
 * @param build   the folder of the built app
 * @param routes  addresses of its pages
 */
export async function allowedPaths(build: string, routes: readonly string[]): Promise<Set<string>> {
	const files = (await filesIn(build)).filter((name) => name !== '_headers');
	const offered = ['/catalogue/homes.bin', '/catalogue/pack.bin'];
	return new Set(['/', ...offered, ...routes, ...files.map((name) => `/${name}`)]);
}

/** Everything in a walk that the promise forbids, tried or done. */
export function findings(walk: Walk, allowed: ReadonlySet<string>): Finding[] {
	const found = [
		...requestFindings(walk, allowed),
		...violationFindings(walk),
		...cookieFindings(walk),
		...hostFindings(walk, allowed),
		...logFindings(walk),
		...markFindings(walk),
		...ledgerFindings(walk),
	];
	const stuck = walk.stuck && {
		what: 'a step could not be taken',
		subject: walk.stuck,
		where: '',
		step: walk.journey,
	};
	return once(stuck ? [stuck, ...found] : found);
}

function requestFindings(walk: Walk, allowed: ReadonlySet<string>): Finding[] {
	return walk.recorder.requests.flatMap(({ url, method, step, where, context, failure }) => {
		const fault = faultOf(url, method, walk.address, allowed);
		const refused = failure ? `, stopped (${failure})` : '';
		return fault
			? [
					{
						what: `${fault}, in the ${context}${refused}`,
						subject: url,
						where,
						step: at(walk, step),
					},
				]
			: [];
	});
}

function faultOf(
	text: string,
	method: string,
	own: string,
	allowed: ReadonlySet<string>,
): string | undefined {
	const url = new URL(text);
	if (INSIDE.has(url.protocol)) return undefined;
	if (url.origin !== own) return 'a request to another address';
	if (url.search) return 'a request with a query';
	if (method !== 'GET' && method !== 'HEAD') return `a request with a body (${method})`;
	if (!allowed.has(decodeURI(url.pathname)))
		return 'a request for something that is no file of the app';
	return undefined;
}

function violationFindings(walk: Walk): Finding[] {
	// Where the request itself was seen, it names the line of code better than the violation does.
	const seen = new Set(walk.recorder.requests.map(({ url, step }) => `${step} ${url}`));
	const others = walk.recorder.violations.filter(({ url, step }) => !seen.has(`${step} ${url}`));
	return others.map(({ url, directive, where, step, context }) => ({
		what: `a try that the policy stopped (${directive}), in the ${context}`,
		subject: url,
		where,
		step: at(walk, step),
	}));
}

function cookieFindings(walk: Walk): Finding[] {
	const held = walk.cookiesHeld.map(({ name, step }) => ({
		what: 'a cookie',
		subject: name,
		where: '',
		step: at(walk, step),
	}));
	const written = walk.recorder.cookies.map(({ name, where, step }) => ({
		what: 'a cookie set by a script',
		subject: name,
		where,
		step: at(walk, step),
	}));
	return [...written, ...held];
}

function hostFindings(walk: Walk, allowed: ReadonlySet<string>): Finding[] {
	// Looking for a new version, the browser names the service worker's own file: always the same.
	const harmless = `${walk.address}/service-worker.js`;
	return walk.atHost.flatMap(({ method, url, cookie, referrer }) => {
		const fault = faultOf(`${walk.address}${url}`, method, walk.address, allowed);
		const faults = [
			...(fault ? [`the host received ${fault}`] : []),
			...(cookie ? ['the host received a cookie'] : []),
			...(referrer && referrer !== harmless
				? [`the host received ${referrer} as the address before`]
				: []),
		];
		return faults.map((what) => ({
			...{ what, subject: `${method} ${url}`, where: '', step: walk.journey },
		}));
	});
}

/** The browser's own log knows look-ups that never became a request, too. */
function logFindings(walk: Walk): Finding[] {
	const { app } = outside(walk);
	return app.map(([what, subject]) => ({ what, subject, where: '', step: walk.journey }));
}

/** Names that the browser asked for by itself: for updates, say, or for filling in forms. */
export function ownPurposes(walk: Walk): string[] {
	return outside(walk).browser;
}

/**
 * What the network log has of other hosts. A request names the origin whose code made it; the
 * browser's own name none. A name is the browser's where such a request of its own explains it, or
 * where it was looked up on no site's behalf.
 */
function outside(walk: Walk): { app: [what: string, subject: string][]; browser: string[] } {
	const own = new URL(walk.address).hostname;
	const requests = walk.log.requests.filter(
		({ url }) => /^(?:https?|wss?):/.test(url) && new URL(url).hostname !== own,
	);
	const made = requests.filter(({ initiator }) => initiator.includes(own));
	const browsers = new Set(
		requests.filter((request) => !made.includes(request)).map(({ url }) => new URL(url).hostname),
	);
	const names = walk.log.lookups.filter(({ host }) => host !== own);
	const mine = names.filter(({ host, site }) => site.includes(own) && !browsers.has(host));
	const theirs = names.filter((name) => !mine.includes(name)).map(({ host }) => host);
	return {
		app: [
			...made.map(({ url }): [string, string] => ['a request in the network log', url]),
			...mine.map(({ host }): [string, string] => ['a look-up of a name', host]),
		],
		browser: [...new Set(theirs)].sort(),
	};
}

const at = (walk: Walk, step: string) => `${walk.journey}: ${step}`;

function once(all: readonly Finding[]): Finding[] {
	return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}
