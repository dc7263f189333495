import type { LedgerApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. */
export function ledgerOf({ here }: Storehouse): Behind<LedgerApi> {
	return {
		ledgerEntries: async (query) => (await here()).ledger.query(query, 'account'),
		verifyLedger: async () => (await here()).ledger.verify('account'),
		async ledgerFile(format) {
			const { ledger } = await here();
			const page = await ledger.query({ offset: 0, limit: Infinity }, 'export');
			const { ledgerCsv, ledgerJson } = await import('$workers/data/exporters/ledger-file');
			return format === 'csv' ? ledgerCsv(page.entries) : ledgerJson(page.entries, Date.now());
		},
	};
}
