import { scoring } from '$lib/client';
import type { Estimate, Fault, Share } from '$lib/contracts';
import { faultOf } from '../resource.svelte';

interface ChanceOfVisit {
	readonly chance: Estimate;
	readonly factors: readonly Share[];
	readonly impacts: readonly Share[];
}

/** What a visit that has not happened would most likely lead to. */
export class WhatIf {
	#answer = $state.raw<ChanceOfVisit>();
	#fault = $state.raw<Fault>();
	#asked = 0;

	get answer(): ChanceOfVisit | undefined {
		return this.#answer;
	}
	/** Why there is no answer. */
	get fault(): Fault | undefined {
		return this.#fault;
	}

	/** @param guest row of the guest table; -1 for somebody new */
	async ask(property: number, guest: number): Promise<void> {
		const asked = ++this.#asked;
		try {
			const answer = await scoring.ask('conversionOf', property, guest);
			if (asked !== this.#asked) return;
			this.#answer = answer;
			this.#fault = undefined;
		} catch (error) {
			if (asked === this.#asked) this.#fault = faultOf(error);
		}
	}
}
