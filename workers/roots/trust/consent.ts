import type { ConsentApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. */
export function consent(_storehouse: Storehouse): Behind<ConsentApi> {
	return {
		consent: () => Promise.reject(new Error('not built yet')),
		changeConsent: () => Promise.reject(new Error('not built yet')),
	};
}
