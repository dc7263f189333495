import type { Contributions } from '../contract';

/** The mean size of each column's share over all rows, `base` left out: what matters at large. */
export function meanAbsoluteShares({ names, values }: Contributions): ReadonlyMap<string, number> {
	const width = names.length;
	const rows = values.length / width;
	const sums = new Float64Array(width);
	for (let i = 0; i < values.length; i++)
		sums[i % width] = (sums[i % width] as number) + Math.abs(values[i] as number);
	return new Map(
		names
			.map((name, i) => [name, rows > 0 ? (sums[i] as number) / rows : 0] as const)
			.filter(([name]) => name !== 'base'),
	);
}
