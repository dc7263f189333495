import { store } from '$lib/client';
import type { Fault, InsightModel } from '$lib/contracts';
import { faultOf, Resource } from '../resource.svelte';

/** Versions of the models and their refreshes. */
export const runs = new Resource(() => store.ask('runs'), ['insights', 'profile']);
export const jobs = new Resource(() => store.ask('jobs'), ['insights', 'profile', 'books']);

/** Moves versions between stages. */
class Registry {
	#fault = $state.raw<Fault>();

	/** Why the last move was refused. */
	get fault(): Fault | undefined {
		return this.#fault;
	}

	promote = (run: string) => this.#try(() => store.tell('promote', run));
	rollBack = (model: InsightModel) => this.#try(() => store.tell('rollBack', model));
	delete = (run: string) => this.#try(() => store.tell('deleteRun', run));

	async #try(move: () => Promise<unknown>): Promise<void> {
		this.#fault = undefined;
		try {
			await move();
		} catch (error) {
			this.#fault = faultOf(error);
		}
	}
}
export const registry = new Registry();
