import { type Random, shuffle } from '$workers/math/random';
import type { Breathe } from '../linear';
import { takeExamples, weightsOf } from '../examples';
import type { Examples } from '../tabular';
import type { ClassRows } from './classes';
import { Space, candidatesOf } from './space';

const ROWS_A_BREATH = 20;

/** Rows of the larger class drawn at random, as many as the smaller has; rows stay in their order. */
export function underSample(train: Examples, { few, many }: ClassRows, random: Random): Examples {
	const kept = shuffle(many.slice(), random).slice(0, few.length);
	return takeExamples(train, joined(few, kept));
}

/**
 * NearMiss-1 (Zhang and Mani 2003): keeps the rows of the larger class whose mean distance to their
 * nearest of the smaller one is least, as many as the smaller has; rows stay in their order.
 */
export async function nearMiss(
	train: Examples,
	{ few, many }: ClassRows,
	neighbours: number,
	random: Random,
	breathe: Breathe,
): Promise<Examples> {
	const space = new Space(train.rows);
	const candidates = candidatesOf(few, random);
	const distances = new Float64Array(train.rows.count);
	for (const [i, row] of many.entries()) {
		if (i % ROWS_A_BREATH === 0) await breathe(i / many.length);
		const near = space.nearest(row, candidates, neighbours);
		distances[row] = near.reduce((sum, { distance }) => sum + Math.sqrt(distance), 0);
	}
	const kept = many
		.slice()
		.sort((a, b) => (distances[a] as number) - (distances[b] as number) || a - b)
		.slice(0, few.length);
	return takeExamples(train, joined(few, kept));
}

/** Weights such that both classes weigh the same in all, and all rows as much as before. */
export function balanceWeights(train: Examples, { few, many }: ClassRows): Examples {
	const weights = weightsOf(train).slice();
	const sum = (rows: Uint32Array) => rows.reduce((all, row) => all + (weights[row] as number), 0);
	const sums = [sum(few), sum(many)] as const;
	if (sums[0] === 0 || sums[1] === 0) throw new RangeError('a class has no weight');
	const half = (sums[0] + sums[1]) / 2;
	[few, many].forEach((rows, i) => {
		const factor = half / (sums[i] as number);
		for (const row of rows) weights[row] = (weights[row] as number) * factor;
	});
	return { ...train, weights };
}

function joined(few: Uint32Array, kept: Uint32Array): Uint32Array {
	const rows = new Uint32Array(few.length + kept.length);
	rows.set(few);
	rows.set(kept, few.length);
	return rows.sort();
}
