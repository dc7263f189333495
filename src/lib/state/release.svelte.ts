import { store } from '$lib/client';
import { saveBlob } from '$lib/client/gate';
import type { Release, ReleasePreview, ReleaseRequest } from '$lib/contracts';
import { Job } from './job.svelte';
import { Resource } from './resource.svelte';

/** A file as the page shows it before it is saved. */
export interface PreparedFile {
	readonly name: string;
	readonly text: string;
	readonly file: Blob;
}

/** What was released, what is left of the budget, and the next release as it is being put together. */
class ReleaseState {
	#wish = $state.raw<Partial<ReleaseRequest>>({});
	readonly view = new Resource(
		() => store.ask('releases'),
		['releases', 'books', 'profile', 'erased'],
	);
	readonly preview = new Resource(
		() => this.#ask(),
		['releases', 'books', 'profile', 'consent', 'erased'],
	);
	readonly releasing = new Job<Release>();

	/** `undefined` where there is no year to release anything about. */
	get request(): ReleaseRequest | undefined {
		const year = this.view.current?.years[0]?.year;
		if (year === undefined) return undefined;
		return { grouping: 'month', figure: 'stays', epsilon: 0.5, edition: 1, year, ...this.#wish };
	}

	/** Puts another release together: of that one, the first edition is meant. */
	change(wish: Partial<ReleaseRequest>): void {
		this.#wish = { ...this.#wish, edition: 1, ...wish };
		this.releasing.reset();
		void this.preview.refresh();
	}

	async release(): Promise<Release | undefined> {
		const { request } = this;
		return request && this.releasing.run(() => store.tell('release', request));
	}

	/** A release as a file, to be shown before it is saved. */
	async prepare(release: Release, format: 'csv' | 'json'): Promise<PreparedFile> {
		const file = await store.ask('releaseFile', release.id, format);
		return { name: `figures-${release.id}.${format}`, text: await file.text(), file };
	}

	save({ file, name }: PreparedFile): Promise<void> {
		return saveBlob(file, name, 'figures');
	}

	async #ask(): Promise<ReleasePreview | null> {
		if (!this.view.current) await this.view.refresh();
		const { request } = this;
		return request ? store.ask('previewRelease', request) : null;
	}
}

export const release = new ReleaseState();
