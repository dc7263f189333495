import type { SparseRows } from '$workers/table/sparse';
import { packScores } from './scores';
import type { ItemWeights } from './weights';

/** What somebody who has the pack, and all that a guest did, makes of it: higher, likelier a member. */
export interface Attack {
	readonly name: string;
	score(weights: ItemWeights, homes: readonly number[]): number;
}

/**
 * Ways to tell from a pack whether a guest went into it. Each sees the pack and this guest alone, so
 * that one guest changes one score. For a guest of one home pairs say nothing: 0 either way.
 */
export const ATTACKS: readonly Attack[] = [
	{
		// The loss threshold of Yeom et al. 2018: members are predicted better.
		name: 'how well their own choices are predicted',
		score: (weights, homes) => mean(homes.map((home) => surprise(weights, homes, home))),
	},
	{
		// The likelihood ratio on their own cells: the pack with them against what is usual.
		name: 'the weights of their own pairs',
		score: ({ also }, homes) => mean(pairsOf(homes).map(([from, to]) => weightAt(also, from, to))),
	},
	{
		name: 'the largest weight among their pairs',
		score: ({ also }, homes) =>
			Math.max(0, ...pairsOf(homes).map(([from, to]) => weightAt(also, from, to))),
	},
	{
		name: 'the weights of their own steps',
		score: ({ next }, homes) =>
			mean(homes.slice(1).map((home, i) => weightAt(next, homes[i] as number, home))),
	},
];

/** Minus the loss of one home, told from the others of the guest. */
function surprise(weights: ItemWeights, homes: readonly number[], home: number): number {
	const others = homes.filter((other) => other !== home);
	const scores = packScores(weights, others);
	const open = scores.filter((_, other) => !others.includes(other));
	const highest = Math.max(...open);
	const total = open.reduce((sum, score) => sum + Math.exp(score - highest), 0);
	return (scores[home] as number) - highest - Math.log(total);
}

const pairsOf = (homes: readonly number[]): readonly (readonly [number, number])[] =>
	homes.flatMap((from, i) => homes.slice(i + 1).map((to) => [from, to] as const));

function weightAt(rows: SparseRows, row: number, column: number): number {
	const end = rows.starts[row + 1] as number;
	for (let at = rows.starts[row] as number; at < end; at++)
		if (rows.columns[at] === column) return rows.values[at] as number;
	return 0;
}

const mean = (values: readonly number[]): number =>
	values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
