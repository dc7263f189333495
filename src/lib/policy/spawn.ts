import { trusted } from './trusted';

/**
 * Starts a worker that inherits the page's policy.
 *
 * Inside it, addresses that begin with a slash fail (its own address is a blob's): make them
 * absolute with `new URL(address, import.meta.url).href`.
 *
 * @param workerFile  what `$workers/….worker?worker&url` gives
 * @param name        shown in the browser's tools
 */
export function spawn(workerFile: string, name: string): Worker {
	return new Worker(trusted(workerFile), { type: 'module', name });
}
