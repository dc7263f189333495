import type { DataMapApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. */
export function dataMapOf(_storehouse: Storehouse): Behind<DataMapApi> {
	return {
		dataMap: () => Promise.reject(new Error('not built yet')),
	};
}
