import { type TasteAct, countingActs } from './acts';

/** Which acts begin and which cease to count. */
export interface LedgerChange {
	readonly begin: readonly TasteAct[];
	readonly cease: readonly TasteAct[];
}

/**
 * The acts that are remembered, by home. What counts depends on the acts of a home alone and not on
 * the order in which they are told, so forgetting an act leaves what never knowing it would have.
 */
export class ActLedger {
	readonly #byRow = new Map<number, TasteAct[]>();
	readonly #rowOf = new Map<number, number>();

	/** Acts that are known already (by sequence number) change nothing. */
	add(acts: readonly TasteAct[]): LedgerChange {
		const fresh = acts.filter(({ sequence }) => !this.#rowOf.has(sequence));
		return this.#change(new Set(fresh.map(({ row }) => row)), () => {
			for (const act of fresh) {
				const own = this.#byRow.get(act.row);
				if (own) own.push(act);
				else this.#byRow.set(act.row, [act]);
				this.#rowOf.set(act.sequence, act.row);
			}
		});
	}

	/** Numbers that are not known change nothing. */
	remove(sequences: readonly number[]): LedgerChange {
		const gone = new Set(sequences);
		const rows = new Set(sequences.flatMap((sequence) => this.#rowOf.get(sequence) ?? []));
		return this.#change(rows, () => {
			for (const row of rows)
				this.#byRow.set(
					row,
					this.actsOn(row).filter(({ sequence }) => !gone.has(sequence)),
				);
			for (const sequence of gone) this.#rowOf.delete(sequence);
		});
	}

	actsOn(row: number): TasteAct[] {
		return this.#byRow.get(row) ?? [];
	}

	#change(rows: ReadonlySet<number>, change: () => void): LedgerChange {
		const before = new Set<TasteAct>();
		for (const row of rows) for (const act of countingActs(this.actsOn(row))) before.add(act);
		change();
		const after = new Set<TasteAct>();
		for (const row of rows) {
			this.actsOn(row).sort((a, b) => a.instant - b.instant || a.sequence - b.sequence);
			for (const act of countingActs(this.actsOn(row))) after.add(act);
		}
		return {
			begin: [...after].filter((act) => !before.has(act)),
			cease: [...before].filter((act) => !after.has(act)),
		};
	}
}
