import { store } from '$lib/client';
import type { BooksSummary, Overview } from '$lib/contracts';
import { Job } from '../job.svelte';
import { Resource } from '../resource.svelte';
import { situation } from '../situation.svelte';

/** What the manager's device holds, in counts; `null`: nothing yet. */
export const books = new Resource(() => store.ask('books'), ['books', 'profile', 'erased']);

/** The figures of the newest month or quarter. */
class OverviewState {
	#span = $state<'month' | 'quarter'>('month');
	readonly overview = new Resource<Overview>(
		() => store.ask('overview', this.#span),
		['books', 'profile'],
	);

	get span(): 'month' | 'quarter' {
		return this.#span;
	}

	choose(span: 'month' | 'quarter'): void {
		this.#span = span;
		void this.overview.refresh();
	}
}
export const overviewState = new OverviewState();

/** Opening the sample town's books: the first tap of somebody who wants to look around. */
class SampleBooks {
	readonly job = new Job<BooksSummary>();

	async open(): Promise<void> {
		await this.job.run((options) => store.run('openSampleBooks', [], options));
		await navigator.storage.persist();
		await situation.refresh();
	}
}
export const sampleBooks = new SampleBooks();
