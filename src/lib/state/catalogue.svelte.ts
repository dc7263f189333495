import { store } from '$lib/client';
import type { CatalogueSummary, ImportOptions, ImportReport } from '$lib/contracts';
import { Job } from './job.svelte';
import { packs } from './packs.svelte';
import { situation } from './situation.svelte';

/** Bringing homes in: from the host, from the sample town, or from a file of the person's own. */
class CatalogueOpener {
	readonly opening = new Job<CatalogueSummary>();
	readonly importing = new Job<ImportReport>();
	#file = $state.raw<File>();

	/** The file being imported, or imported last. */
	get file(): File | undefined {
		return this.#file;
	}

	async openFromHost(): Promise<void> {
		const opened = await this.opening.run((options) => store.run('openHostCatalogue', [], options));
		await this.#settle();
		// What others' choices teach comes with the catalogue; nobody waits for it.
		if (opened) void packs.lookNow();
	}

	async openSample(): Promise<void> {
		await this.opening.run((options) => store.run('openSampleTown', [], options));
		await this.#settle();
	}

	async importFile(file: File, choices: ImportOptions = {}): Promise<void> {
		this.#file = file;
		await this.importing.run((options) => store.run('importListings', [file, choices], options));
		await this.#settle();
	}

	/** A catalogue is worth keeping: the browser is asked not to clear it. */
	async #settle(): Promise<void> {
		await navigator.storage.persist();
		await situation.refresh();
	}
}

export const catalogue = new CatalogueOpener();
