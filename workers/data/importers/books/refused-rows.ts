import type { BringRefusal, BringReport } from '$lib/contracts';

const MOST_EXAMPLES = 20;
const LONGEST_FOUND = 40;

type Refusal = BringReport['refused'][number];

/** Counts refused rows by reason and column, with the first of them as examples. */
export class RefusedRows {
	readonly #counts = new Map<string, Refusal>();
	readonly examples: BringReport['examples'][number][] = [];
	rows = 0;

	add(row: number, column: string, reason: BringRefusal, found: string): void {
		this.rows++;
		const name = `${reason} ${column}`;
		const rows = (this.#counts.get(name)?.rows ?? 0) + 1;
		this.#counts.set(name, { reason, column, rows });
		if (this.examples.length < MOST_EXAMPLES)
			this.examples.push({ row, column, reason, found: shortened(found) });
	}

	/** Most usual first. */
	list(): readonly Refusal[] {
		return [...this.#counts.values()].sort((a, b) => b.rows - a.rows);
	}
}

/** On one line, without characters that cannot be seen or that turn the direction of what follows. */
export function shortened(text: string, longest = LONGEST_FOUND): string {
	const clean = text
		.slice(0, longest * 4)
		.replace(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	const units = Array.from(clean);
	return units.length <= longest ? clean : `${units.slice(0, longest - 1).join('')}…`;
}
