import type { LedgerApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. */
export function ledgerOf(_storehouse: Storehouse): Behind<LedgerApi> {
	return {
		ledgerEntries: () => Promise.reject(new Error('not built yet')),
		verifyLedger: () => Promise.reject(new Error('not built yet')),
	};
}
