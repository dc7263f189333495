import type { Refusal, RefusalReason, RefusedRow } from '$lib/contracts';

const MOST_EXAMPLES = 20;

/** Counts refused rows by reason and column, with the first of them as examples. */
export class Refusals {
	readonly #counts = new Map<string, Refusal>();
	readonly #examples: RefusedRow[] = [];
	#rows = 0;

	get rows(): number {
		return this.#rows;
	}

	get examples(): readonly RefusedRow[] {
		return this.#examples;
	}

	add(row: number, column: string, reason: RefusalReason): void {
		this.#rows++;
		const known = this.#counts.get(`${reason} ${column}`);
		this.#counts.set(`${reason} ${column}`, { reason, column, rows: (known?.rows ?? 0) + 1 });
		if (this.#examples.length < MOST_EXAMPLES) this.#examples.push({ row, column, reason });
	}

	/** Most usual first. */
	list(): readonly Refusal[] {
		return [...this.#counts.values()].sort((a, b) => b.rows - a.rows);
	}
}
