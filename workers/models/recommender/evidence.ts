import type { ActKind, DismissReason } from '$lib/contracts';
import type { SparseRows } from '$workers/table/sparse';
import type { TasteAct } from './acts';

const NONE: ReadonlySet<number> = new Set();

/**
 * Which homes a person did what to, by feature: what reasons and "My taste" count. Kept up act by
 * act, so that counting never goes through the history.
 */
export class Evidence {
	readonly #rows: SparseRows;
	readonly #homes = new Map<ActKind, Map<number, number>>();
	readonly #having = new Map<ActKind, Map<number, Set<number>>>();
	readonly #reasons = new Map<DismissReason, Set<number>>();
	#acts = 0;

	constructor(rows: SparseRows) {
		this.#rows = rows;
	}

	/** Acts that count, impressions left out. */
	get acts(): number {
		return this.#acts;
	}

	add({ kind, row, reason }: TasteAct): void {
		if (kind === 'impression') return;
		this.#acts++;
		const homes = entry(this.#homes, kind, () => new Map<number, number>());
		homes.set(row, (homes.get(row) ?? 0) + 1);
		if (reason) entry(this.#reasons, reason, () => new Set<number>()).add(row);
		if (homes.get(row) !== 1) return;
		const having = entry(this.#having, kind, () => new Map<number, Set<number>>());
		for (const column of this.#columnsOf(row))
			entry(having, column, () => new Set<number>()).add(row);
	}

	remove({ kind, row, reason }: TasteAct): void {
		if (kind === 'impression') return;
		this.#acts--;
		const homes = this.#homes.get(kind);
		const times = (homes?.get(row) ?? 0) - 1;
		if (reason) this.#reasons.get(reason)?.delete(row);
		if (times > 0) {
			homes?.set(row, times);
			return;
		}
		homes?.delete(row);
		for (const column of this.#columnsOf(row)) this.#having.get(kind)?.get(column)?.delete(row);
	}

	/** Homes to which this was done. */
	homes(kind: ActKind): readonly number[] {
		return [...(this.#homes.get(kind)?.keys() ?? [])];
	}

	/** Whether it was done to a home. */
	did(kind: ActKind, row: number): boolean {
		return this.#homes.get(kind)?.has(row) ?? false;
	}

	/** Those of them that have a feature. */
	having(kind: ActKind, column: number): ReadonlySet<number> {
		return this.#having.get(kind)?.get(column) ?? NONE;
	}

	/** Homes dismissed for a reason. */
	dismissedFor(reason: DismissReason): ReadonlySet<number> {
		return this.#reasons.get(reason) ?? NONE;
	}

	#columnsOf(row: number): Uint32Array {
		return this.#rows.columns.subarray(this.#rows.starts[row], this.#rows.starts[row + 1]);
	}
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}
