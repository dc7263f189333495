import type { RetentionApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. */
export function retention(_storehouse: Storehouse): Behind<RetentionApi> {
	return {
		retention: () => Promise.reject(new Error('not built yet')),
		changeRetention: () => Promise.reject(new Error('not built yet')),
		rowsPast: () => Promise.reject(new Error('not built yet')),
		enforceRetention: () => Promise.reject(new Error('not built yet')),
	};
}
