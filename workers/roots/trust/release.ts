import type { ReleaseApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. */
export function release(_storehouse: Storehouse): Behind<ReleaseApi> {
	return {
		releases: () => Promise.reject(new Error('not built yet')),
		release: () => Promise.reject(new Error('not built yet')),
		releaseFile: () => Promise.reject(new Error('not built yet')),
	};
}
