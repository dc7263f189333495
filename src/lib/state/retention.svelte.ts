import { store, training } from '$lib/client';
import type { DatedTable, Fault, RetentionPreview, RetentionReport } from '$lib/contracts';
import { Job } from './job.svelte';
import { faultOf, Resource } from './resource.svelte';

/** How long each table is kept, what that would remove and cost, and the job that does it. */
class RetentionRoom {
	readonly view = new Resource(
		() => store.ask('retention'),
		['retention', 'acts', 'books', 'insights', 'profile', 'erased'],
	);
	/** Training with and without the rows: minutes. */
	readonly preview = new Job<RetentionPreview>();
	#measuring = $state<DatedTable>();
	#removing = $state(false);
	#fault = $state.raw<Fault>();

	/** The table whose cost is being measured, or was measured last. */
	get measuring(): DatedTable | undefined {
		return this.#measuring;
	}
	get removing(): boolean {
		return this.#removing;
	}
	/** Why the last change was not made. */
	get fault(): Fault | undefined {
		return this.#fault;
	}

	/** Rows that a period would remove now. */
	rowsPast(table: DatedTable, days: number | null): Promise<number> {
		return store.ask('rowsPast', table, days);
	}

	async measure(table: DatedTable, days: number): Promise<void> {
		if (this.preview.running) return;
		this.#measuring = table;
		await this.preview.run((options) => training.run('previewRetention', [table, days], options));
	}

	/** Keeps a table so long from now on, and removes at once what is older. */
	keep(table: DatedTable, days: number | null): Promise<RetentionReport | undefined> {
		return this.#change(async () => {
			await store.tell('changeRetention', table, days);
			const report = await store.tell('enforceRetention', { clockIsRight: false });
			// What was measured was of rows that may be gone now.
			this.preview.reset();
			return report;
		});
	}

	/** The job at once, by the periods as they are. */
	enforce(clockIsRight = false): Promise<RetentionReport | undefined> {
		return this.#change(() => store.tell('enforceRetention', { clockIsRight }));
	}

	async #change(work: () => Promise<RetentionReport>): Promise<RetentionReport | undefined> {
		this.#fault = undefined;
		this.#removing = true;
		try {
			return await work();
		} catch (error) {
			this.#fault = faultOf(error);
			return undefined;
		} finally {
			this.#removing = false;
			await this.view.refresh();
		}
	}
}

export const retention = new RetentionRoom();
