import { store } from '$lib/client';
import { saveBlob } from '$lib/client/gate';
import type { LedgerQuery, Topic } from '$lib/contracts';
import { Resource } from './resource.svelte';

/** What is done with data is told under these; looking at the ledger itself writes nothing into it. */
const TOPICS: readonly Topic[] = [
	'ledger',
	'profile',
	'acts',
	'taste',
	'models',
	'books',
	'insights',
	'consent',
	'retention',
	'releases',
];
const STEP = 25;

/** The ledger as its own page shows it: asked for by filters, and checked as a whole. */
class LedgerState {
	#query = $state.raw<Omit<LedgerQuery, 'offset' | 'limit'>>({});
	#shown = $state(STEP);

	readonly page = new Resource(
		() => store.ask('ledgerEntries', { ...this.#query, offset: 0, limit: this.#shown }),
		TOPICS,
	);
	readonly verdict = new Resource(() => store.ask('verifyLedger'), TOPICS);

	/** What is asked for, in place of what was. */
	async ask(query: Omit<LedgerQuery, 'offset' | 'limit'>): Promise<void> {
		this.#query = query;
		this.#shown = STEP;
		await this.page.refresh();
	}

	async showMore(): Promise<void> {
		this.#shown += 4 * STEP;
		await this.page.refresh();
	}

	async checkAgain(): Promise<void> {
		await Promise.all([this.page.refresh(), this.verdict.refresh()]);
	}

	/** The whole ledger as a file, to be shown before it is saved. */
	prepare(format: 'json' | 'csv'): Promise<Blob> {
		return store.ask('ledgerFile', format);
	}

	async save(file: Blob, format: 'json' | 'csv'): Promise<void> {
		const day = new Date().toISOString().slice(0, 10);
		await saveBlob(file, `doorstep-ledger-${day}.${format}`, 'ledger');
	}
}

export const ledger = new LedgerState();
