import type { Share } from '$lib/contracts/insight';
import type { Contributions } from '$workers/learners/contract';
import type { Matrix } from '$workers/table/matrix';

/** What each column adds to the log-odds of a row, largest first; they sum to its score. */
export function factorsOf(
	{ names, values }: Contributions,
	place: number,
	rows: Matrix,
	row: number,
): Share[] {
	return names
		.map((feature, i): Share => {
			const share = values[place * names.length + i] as number;
			const column = rows.columns.find(({ name }) => name === feature);
			const value = column?.values[row];
			if (!column || value === undefined || Number.isNaN(value)) return { feature, share };
			return { feature, share, value: column.levels[value] ?? value };
		})
		.sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
}

/**
 * Log-odds as points of chance: the way from the chance of the base to that of the row, divided as the
 * log-odds divide it. They sum to the chance.
 */
export function impactsOf(factors: readonly Share[], chance: number): Share[] {
	const base = factors.find(({ feature }) => feature === 'base')?.share ?? 0;
	const start = 1 / (1 + Math.exp(-base));
	const way = factors.reduce((sum, { share }) => sum + share, 0) - base;
	const scale = Math.abs(way) > 1e-9 ? (chance - start) / way : 0;
	return factors.map((factor) => ({
		...factor,
		share: factor.feature === 'base' ? (scale === 0 ? chance : start) : factor.share * scale,
	}));
}
