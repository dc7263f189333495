import type { ActKind } from '$lib/contracts';
import type { TasteAct } from '../acts';
import type { PersonalTaste } from '../personal-taste';

/** An act of the log as far as evaluating needs it. */
export interface LoggedAct extends TasteAct {
	readonly session: number;
	readonly position?: number;
	readonly ranker?: string;
	readonly propensity?: number;
	/** It stood in For you. */
	readonly listed: boolean;
}

/** Acts by which a person takes up a home. */
const TAKING: ReadonlySet<ActKind> = new Set([
	'view',
	'save',
	'like',
	'share',
	'enquire',
	'choose',
] satisfies ActKind[]);

export const takesUp = ({ kind }: TasteAct): boolean => TAKING.has(kind);

export function inOrder<Each extends TasteAct>(acts: readonly Each[]): readonly Each[] {
	return [...acts].sort((a, b) => a.instant - b.instant || a.sequence - b.sequence);
}

/** Acts that are learned from at once. */
const STEP = 50;

/** A taste that lives through the acts once more, and knows nothing of what comes later. */
export class Replay {
	#next = 0;
	#last = Number.NEGATIVE_INFINITY;

	/** @param acts in order of time */
	constructor(
		readonly taste: PersonalTaste,
		private readonly acts: readonly TasteAct[],
	) {}

	/** The latest act that was learned from. */
	get last(): number {
		return this.#last;
	}

	/** As `until`, a step at a time: for all that came long before. */
	*through(instant: number): Generator<undefined, readonly TasteAct[]> {
		const learned: TasteAct[] = [];
		for (;;) {
			const fresh = this.#learn(instant, STEP);
			if (fresh.length === 0) return learned;
			learned.push(...fresh);
			yield;
		}
	}

	/** Learns from all that happened strictly before; hands back what was new. */
	until(instant: number): readonly TasteAct[] {
		return this.#learn(instant, Number.POSITIVE_INFINITY);
	}

	#learn(instant: number, most: number): readonly TasteAct[] {
		const from = this.#next;
		while (
			this.#next - from < most &&
			(this.acts[this.#next]?.instant ?? Number.POSITIVE_INFINITY) < instant
		)
			this.#next++;
		const fresh = this.acts.slice(from, this.#next);
		if (fresh.length) {
			this.taste.observe(fresh);
			this.#last = fresh.at(-1)?.instant ?? this.#last;
		}
		return fresh;
	}
}
