import { scoring } from '$lib/client';
import type { Estimate, Share } from '$lib/contracts';

interface ChanceOfVisit {
	readonly chance: Estimate;
	readonly factors: readonly Share[];
	readonly impacts: readonly Share[];
}

/** What a visit that has not happened would most likely lead to. */
export class WhatIf {
	#answer = $state.raw<ChanceOfVisit>();
	#asked = 0;

	get answer(): ChanceOfVisit | undefined {
		return this.#answer;
	}

	/** @param guest row of the guest table; -1 for somebody new */
	async ask(property: number, guest: number): Promise<void> {
		const asked = ++this.#asked;
		const answer = await scoring.ask('conversionOf', property, guest);
		if (asked === this.#asked) this.#answer = answer;
	}
}
