import { untrack } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { DoorstepError, subscribe } from '$lib/client';
import type { Fault, Topic } from '$lib/contracts';

/**
 * Something a worker knows, as a page shows it: asked for when it is first read, asked again when
 * one of its topics changes, here or in another tab. The last answer stays until the next is there.
 */
export class Resource<Value> {
	#value = $state.raw<Value>();
	#fault = $state.raw<Fault>();
	#asked = 0;
	readonly #follow: () => void;

	constructor(
		private readonly load: () => Promise<Value>,
		topics: readonly Topic[],
	) {
		this.#follow = createSubscriber(() => {
			void this.refresh();
			return subscribe(topics, () => void this.refresh());
		});
	}

	/** `undefined` until the first answer. */
	get current(): Value | undefined {
		this.#follow();
		return this.#value;
	}

	/** Why there is no newer answer. */
	get fault(): Fault | undefined {
		this.#follow();
		return this.#fault;
	}

	/** Asks again; of several askings under way only the last one counts. */
	async refresh(): Promise<void> {
		const asked = ++this.#asked;
		try {
			// What the question is made of is not what the asker follows.
			const value = await untrack(this.load);
			if (asked !== this.#asked) return;
			this.#value = value;
			this.#fault = undefined;
		} catch (error) {
			if (asked !== this.#asked) return;
			this.#fault = faultOf(error);
			// What may not be read any more is not shown any more either.
			if (this.#fault.name === 'PurposeDenied') this.#value = undefined;
		}
	}
}

/** The fault inside an error; one in general words for an error that nobody foresaw. */
export function faultOf(error: unknown): Fault {
	if (error instanceof DoorstepError) return error.fault;
	return {
		name: 'Unexpected',
		message: 'Something went wrong on this page.',
		kept: 'Everything that was stored before, as it was.',
		next: 'Reload the page.',
		...(error instanceof Error ? { detail: error.name } : {}),
	};
}
