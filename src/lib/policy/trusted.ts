/**
 * The one Trusted Types policy: the only place where text becomes the address of a script. It
 * accepts a fixed list and nothing else: the service worker, and the worker files of the build.
 */

export const SERVICE_WORKER = '/service-worker.js';

/** Where the build puts worker files; the development server serves their sources. */
const WORKER_FILES = import.meta.env.DEV ? /^\/workers\// : /^\/_app\/immutable\/workers\//;

const policy = globalThis.trustedTypes?.createPolicy('app-url', { createScriptURL: scriptUrl });

/**
 * The address of the service worker, or that of a small script that imports a worker file.
 *
 * @param address  `SERVICE_WORKER`, or what `$workers/….worker?worker&url` gives
 * @throws TypeError for any other address
 */
export function trusted(address: string): string {
	// The DOM's types know no trusted value where a string is taken; the browser demands one.
	return policy ? (policy.createScriptURL(address) as unknown as string) : scriptUrl(address);
}

function scriptUrl(address: string): string {
	if (address === SERVICE_WORKER) return address;
	const url = new URL(address, location.origin);
	if (url.origin !== location.origin || !WORKER_FILES.test(url.pathname)) {
		throw new TypeError('This is not the address of a script of Doorstep.');
	}
	return bootstrap(url.href);
}

const bootstraps = new Map<string, string>();

/**
 * A worker loaded from the network takes the policy of its own response, and a plain host sends
 * none. A worker loaded from a blob inherits the page's. One blob a worker file, kept: it is some
 * eighty bytes, and a worker may start again at any time.
 */
function bootstrap(workerFile: string): string {
	const known = bootstraps.get(workerFile);
	if (known) return known;
	const script = new Blob([`import ${JSON.stringify(workerFile)};`], { type: 'text/javascript' });
	const url = URL.createObjectURL(script);
	bootstraps.set(workerFile, url);
	return url;
}
