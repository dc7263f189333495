import type { Random } from '$workers/math/random';
import { type SparseRows, turnedRows } from '$workers/table/sparse';
import { CancelledError, type Estimator, type Run } from '../contract';
import type { Interactions, ItemQuery, RankedItems } from '../interactions';
import { type Breathe, breathing } from '../linear/breath';
import { checkInteractions } from '../rank-items';
import { FittedIals } from './fitted-ials';
import { FoldIn, type FoldInOptions } from './fold-in';
import { historyOf } from './history';

export interface IalsParams extends FoldInOptions {
	/** Numbers of a factor. */
	readonly size: number;
	/** Passes over people and items. */
	readonly sweeps: number;
	/** Numbers of a factor that are found together; see `FoldIn.improve`. */
	readonly block: number;
	/** Factors start as normal numbers of this deviation over the root of their size. */
	readonly spread: number;
}

export interface Ials extends Estimator<Interactions, ItemQuery, RankedItems> {
	fit(train: Interactions, run: Run): Promise<FittedIals>;
}

const USUAL: IalsParams = {
	size: 64,
	sweeps: 15,
	block: 16,
	unseenWeight: 0.5,
	ridge: 0.005,
	frequencyPower: 1,
	spread: 0.1,
};

/**
 * Implicit alternating least squares: people and items get factors whose product is near 1 where
 * somebody had to do with an item, and near 0 elsewhere. Only the items' factors are kept: people, those
 * trained on too, are folded in from their history. See `FoldIn` for the sources.
 */
export function ials(params: Partial<IalsParams> = {}): Ials {
	const all = { ...USUAL, ...params };
	return { name: 'ials', params: { ...all }, fit: (train, run) => fit(train, all, run) };
}

async function fit(train: Interactions, params: IalsParams, run: Run): Promise<FittedIals> {
	if (run.cancelled()) throw new CancelledError();
	checkInteractions(train);
	const byItem = turnedRows(train);
	const people = firstFactors(train.count, params, run.random.fork('people'));
	const items = firstFactors(train.width, params, run.random.fork('items'));
	const breathe = breathing(run);
	for (let sweep = 0; sweep < params.sweeps; sweep++) {
		const share = (half: number) => (sweep + half) / params.sweeps;
		await halfSweep(train, items, people, params, (done) => breathe(share(done / 2)));
		await halfSweep(byItem, people, items, params, (done) => breathe(share((1 + done) / 2)));
	}
	run.onProgress({ done: 1, total: 1 });
	return FittedIals.fromFactors(items, params.size, params);
}

/** Improves the factor of every row, given those of the columns. */
async function halfSweep(
	rows: SparseRows,
	columnFactors: Float64Array,
	rowFactors: Float64Array,
	{ size, block, ...options }: IalsParams,
	breathe: Breathe,
): Promise<void> {
	const kernel = new FoldIn(columnFactors, size, options);
	for (let row = 0; row < rows.count; row++) {
		const history = historyOf(rows, row);
		kernel.improve(history, rowFactors.subarray(row * size, (row + 1) * size), block);
		await breathe(row / rows.count);
	}
}

function firstFactors(rows: number, { size, spread }: IalsParams, random: Random): Float64Array {
	const deviation = spread / Math.sqrt(size);
	return Float64Array.from({ length: rows * size }, () => random.normal() * deviation);
}
