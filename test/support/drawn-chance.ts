import { chiSquareChance } from './chances';

/**
 * How well draws fit a distribution: the chance that draws of it are off by more. Values whose
 * expected count is below 20 are counted together at both ends.
 *
 * @param weight in proportion to the chance of a value; the same for its negative
 * @param reach beyond it the weights add nothing
 */
export function drawnChance(
	draw: () => bigint,
	draws: number,
	weight: (value: number) => number,
	reach: number,
): number {
	const values = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
	const sum = values.reduce((total, value) => total + weight(value), 0);
	const expected = values.map((value) => (draws * weight(value)) / sum);
	const counts = values.map(() => 0);
	for (let i = 0; i < draws; i++) {
		const place = Math.min(2 * reach, Math.max(0, Number(draw()) + reach));
		counts[place] = (counts[place] as number) + 1;
	}
	const first = expected.findIndex((count) => count >= 20);
	const last = values.length - 1 - first;
	const together = (each: readonly number[]) => [
		total(each.slice(0, first + 1)),
		...each.slice(first + 1, last),
		total(each.slice(last)),
	];
	return chiSquareChance(together(counts), together(expected));
}

const total = (each: readonly number[]): number => each.reduce((sum, one) => sum + one, 0);
