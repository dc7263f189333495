import { untrack } from 'svelte';
import type { Fault, Progress } from '$lib/contracts';
import { faultOf } from './resource.svelte';

/** A long job as a page shows it: how far, since when, with a cancel that works. */
export class Job<Result> {
	#progress = $state.raw<Progress>();
	#fault = $state.raw<Fault>();
	#result = $state.raw<Result>();
	#startedAt = $state(0);
	#running = $state(false);
	#controller = new AbortController();

	get progress(): Progress | undefined {
		return this.#progress;
	}
	get fault(): Fault | undefined {
		return this.#fault;
	}
	get result(): Result | undefined {
		return this.#result;
	}
	/** UTC milliseconds. */
	get startedAt(): number {
		return this.#startedAt;
	}
	get running(): boolean {
		return this.#running;
	}

	/** Starts; a job that runs is not started twice. A cancelled job leaves neither fault nor result. */
	async run(
		work: (options: {
			signal: AbortSignal;
			onProgress: (progress: Progress) => void;
		}) => Promise<Result>,
	): Promise<Result | undefined> {
		// An effect that starts a job does not follow it, or its end would start it again.
		if (untrack(() => this.#running)) return undefined;
		this.reset();
		this.#running = true;
		this.#startedAt = Date.now();
		this.#controller = new AbortController();
		try {
			this.#result = await work({
				signal: this.#controller.signal,
				onProgress: (progress) => (this.#progress = progress),
			});
			return this.#result;
		} catch (error) {
			const fault = faultOf(error);
			if (fault.name !== 'Cancelled') this.#fault = fault;
			return undefined;
		} finally {
			this.#running = false;
		}
	}

	cancel(): void {
		this.#controller.abort();
	}

	reset(): void {
		this.#progress = undefined;
		this.#fault = undefined;
		this.#result = undefined;
	}
}
