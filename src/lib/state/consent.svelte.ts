import { store } from '$lib/client';
import type { ConsentView, Fault, WithdrawablePurpose } from '$lib/contracts';
import { faultOf, Resource } from './resource.svelte';

/** What the person granted and took back, of the profile that is open. */
class ConsentState {
	readonly view = new Resource<ConsentView>(() => store.ask('consent'), ['consent', 'profile']);
	#fault = $state.raw<Fault>();
	#changing = $state(false);

	/** Why the last change was not made. */
	get fault(): Fault | undefined {
		return this.#fault;
	}
	get changing(): boolean {
		return this.#changing;
	}

	/** Until the answer is there, what was granted is taken to stand: the workers ask for themselves. */
	grants(purpose: WithdrawablePurpose): boolean {
		const found = this.view.current?.purposes.find((each) => each.purpose === purpose);
		return found?.granted ?? true;
	}

	/** @param table one table alone; `null`: the purpose as a whole */
	async change(
		purpose: WithdrawablePurpose,
		table: string | null,
		granted: boolean,
	): Promise<void> {
		this.#fault = undefined;
		this.#changing = true;
		try {
			await store.tell('changeConsent', purpose, table, granted);
			await this.view.refresh();
		} catch (error) {
			this.#fault = faultOf(error);
		} finally {
			this.#changing = false;
		}
	}
}

export const consent = new ConsentState();
