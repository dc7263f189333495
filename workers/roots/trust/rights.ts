import type { RightsApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. */
export function rights(_storehouse: Storehouse): Behind<RightsApi> {
	return {
		findGuests: () => Promise.reject(new Error('not built yet')),
		archive: () => Promise.reject(new Error('not built yet')),
		rectify: () => Promise.reject(new Error('not built yet')),
		restrict: () => Promise.reject(new Error('not built yet')),
		object: () => Promise.reject(new Error('not built yet')),
		forgetGuest: () => Promise.reject(new Error('not built yet')),
		forgetBooking: () => Promise.reject(new Error('not built yet')),
	};
}
