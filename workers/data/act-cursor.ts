import type { RememberedAct } from '$lib/contracts';
import type { ActRepository } from './acts';

export interface ActChanges {
	readonly added: readonly RememberedAct[];
	/** Sequence numbers of acts that were forgotten since. */
	readonly forgotten: readonly number[];
}

/**
 * Follows the log for somebody who learns from it: what came since it was last asked, and what was
 * forgotten. Acts from while learning was paused are not told.
 */
export class ActCursor {
	readonly #known = new Set<number>();
	#next = 0;
	#edits = 0;

	/** @param seeker whose search is followed: none learns from another */
	constructor(
		private readonly acts: ActRepository,
		private readonly seeker = 0,
	) {}

	async changes(): Promise<ActChanges> {
		const head = await this.acts.head();
		if (head.next === this.#next && head.edits === this.#edits) return { added: [], forgotten: [] };
		const whole = head.edits !== this.#edits;
		const { acts, next, edits } = await this.acts.since(whole ? 0 : this.#next, 'recommend');
		const learned = acts.filter((act) => act.consent && act.seeker === this.seeker);
		const forgotten = whole ? this.#missing(learned) : [];
		const added = learned.filter((act) => !this.#known.has(act.sequence));
		for (const { sequence } of added) this.#known.add(sequence);
		for (const sequence of forgotten) this.#known.delete(sequence);
		this.#next = next;
		this.#edits = edits;
		return { added, forgotten };
	}

	#missing(acts: readonly RememberedAct[]): number[] {
		const present = new Set(acts.map(({ sequence }) => sequence));
		return [...this.#known].filter((sequence) => !present.has(sequence));
	}
}
