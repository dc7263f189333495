import { policyLevel, stopWorkers, store, training } from '$lib/client';
import { saveFile } from '$lib/client/gate';
import { leaveToErase } from '$lib/client/pwa';
import { allRequests } from '$lib/client/requests';
import { Job } from './job.svelte';
import { faultOf, Resource } from './resource.svelte';

/** What the privacy page shows. Everything is counted when it is looked at. */
class PrivacyState {
	readonly inventory = new Resource(
		() => store.ask('inventory'),
		['acts', 'taste', 'models', 'catalogue', 'settings', 'ledger', 'profile'],
	);
	#ledgerShown = $state(10);
	readonly ledger = new Resource(
		() => store.ask('ledger', 0, this.#ledgerShown),
		['ledger', 'profile'],
	);
	readonly requests = new Resource(allRequests, ['ledger']);
	readonly level = new Resource(policyLevel, []);
	readonly erasing = new Job<void>();
	readonly device = new Resource(() => training.ask('device'), ['models']);

	async showMoreLedger(): Promise<void> {
		this.#ledgerShown += 50;
		await this.ledger.refresh();
	}

	/** Everything as one file, to be shown before it is saved. */
	prepareExport() {
		return store.ask('exportEverything');
	}

	async saveExport(file: Blob): Promise<void> {
		const day = new Date().toISOString().slice(0, 10);
		await saveFile(file, `doorstep-${day}.json`);
	}

	/**
	 * Deletes the databases, lets the workers go, and leaves for `/erase`, which empties the rest.
	 * Every tab leaves when it hears that the databases are gone: this one perhaps before the answer.
	 */
	async erase(): Promise<void> {
		await this.erasing.run(async () => {
			try {
				await store.tell('erase');
			} catch (error) {
				if (faultOf(error).name !== 'WorkerLost') throw error;
			}
			stopWorkers();
			await leaveToErase();
		});
	}
}

export const privacy = new PrivacyState();
