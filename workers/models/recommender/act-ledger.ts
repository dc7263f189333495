import { type TasteAct, countingActs } from './acts';

/** Which acts begin and which cease to count. */
export interface LedgerChange {
	readonly begin: readonly TasteAct[];
	readonly cease: readonly TasteAct[];
}

/** The acts that count, by home. */
export type StandingActs = ReadonlyMap<number, ReadonlySet<TasteAct>>;

/**
 * The acts that are remembered, by home. What counts depends on the acts of a home alone and not on
 * the order in which they are told, so forgetting an act leaves what never knowing it would have.
 */
export class ActLedger {
	readonly #byRow = new Map<number, TasteAct[]>();
	readonly #rowOf = new Map<number, number>();
	readonly #standing = new Map<number, ReadonlySet<TasteAct>>();

	/** The acts that count, by home. */
	get standing(): StandingActs {
		return this.#standing;
	}

	/** Acts that are known already (by sequence number) change nothing. */
	add(acts: readonly TasteAct[]): LedgerChange {
		const fresh = acts.filter(({ sequence }) => !this.#rowOf.has(sequence));
		for (const act of fresh) {
			const own = this.#byRow.get(act.row);
			if (own) own.push(act);
			else this.#byRow.set(act.row, [act]);
			this.#rowOf.set(act.sequence, act.row);
		}
		const rows = new Set(fresh.map(({ row }) => row));
		for (const row of rows)
			this.actsOn(row).sort((a, b) => a.instant - b.instant || a.sequence - b.sequence);
		return this.#count(new Map(Array.from(rows, (row) => [row, countingActs(this.actsOn(row))])));
	}

	/** Numbers that are not known change nothing. */
	remove(sequences: readonly number[]): LedgerChange {
		const without = this.without(sequences);
		const gone = new Set(sequences);
		for (const row of without.keys())
			this.#byRow.set(
				row,
				this.actsOn(row).filter(({ sequence }) => !gone.has(sequence)),
			);
		for (const sequence of gone) this.#rowOf.delete(sequence);
		return this.#count(without);
	}

	/** What would count without these acts, of the homes they are on. Changes nothing. */
	without(sequences: readonly number[]): StandingActs {
		const gone = new Set(sequences);
		const rows = new Set(sequences.flatMap((sequence) => this.#rowOf.get(sequence) ?? []));
		const left = (row: number) => this.actsOn(row).filter(({ sequence }) => !gone.has(sequence));
		return new Map(Array.from(rows, (row) => [row, countingActs(left(row))]));
	}

	/** Against what counts now. */
	difference(changed: StandingActs): LedgerChange {
		const before = new Set<TasteAct>();
		const after = new Set<TasteAct>();
		for (const [row, acts] of changed) {
			for (const act of this.#standing.get(row) ?? []) before.add(act);
			for (const act of acts) after.add(act);
		}
		return {
			begin: [...after].filter((act) => !before.has(act)),
			cease: [...before].filter((act) => !after.has(act)),
		};
	}

	actsOn(row: number): TasteAct[] {
		return this.#byRow.get(row) ?? [];
	}

	#count(changed: StandingActs): LedgerChange {
		const difference = this.difference(changed);
		for (const [row, acts] of changed) {
			if (acts.size > 0) this.#standing.set(row, acts);
			else this.#standing.delete(row);
		}
		return difference;
	}
}
