import type { Random } from '$workers/math/random';
import type { Matrix } from '$workers/table/matrix';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { check } from '../boosted-trees/settings';
import { CancelledError, type Estimator, type Fitted, type Run } from '../contract';
import { breathing } from '../linear';
import {
	IsolationGrower,
	type IsolationTrees,
	LEAF,
	pathLength,
	usualDepth,
} from './isolation-tree';
import { type ColumnView, coordinatesOf, viewOf } from './view';

export interface IsolationForestSettings {
	readonly trees: number;
	/** Rows that a tree is grown on, drawn without replacement; all where there are fewer. */
	readonly sample: number;
}

export type IsolationForest = Estimator<Matrix, Matrix, Float64Array>;

const LEARNER = 'isolation-forest';
const USUAL: IsolationForestSettings = { trees: 100, sample: 256 };

/**
 * Tells odd rows from usual ones without targets: trees cut at random soon have an odd row alone (Liu,
 * Ting and Zhou 2008, "Isolation forest"). A row's score is 2^(-mean depth / c(sample)): near 1 is
 * odd, below 0.5 is usual. The settings are those of the paper.
 */
export function isolationForest(settings: Partial<IsolationForestSettings> = {}): IsolationForest {
	const { trees, sample } = { ...USUAL, ...settings };
	check('trees', trees, 1, 10_000, true);
	check('sample', sample, 2, 1e6, true);
	return {
		name: LEARNER,
		params: { trees, sample },
		async fit(rows: Matrix, run: Run) {
			if (run.cancelled()) throw new CancelledError();
			requireRows(rows);
			const breathe = breathing(run);
			const view = viewOf(rows);
			const size = Math.min(sample, rows.count);
			const grower = new IsolationGrower(coordinatesOf(view, rows), Math.ceil(Math.log2(size)));
			const order = Uint32Array.from({ length: rows.count }, (_, row) => row);
			for (let tree = 0; tree < trees; tree++) {
				await breathe(tree / trees);
				const random = run.random.fork(`tree/${tree}`);
				grower.grow(drawRows(order, size, random), random);
			}
			run.onProgress({ done: 1, total: 1 });
			return new FittedIsolation(view, size, grower.trees());
		},
	};
}

/** The inverse of `toBuffer`. A RangeError where the bytes are not of an isolation forest. */
export function isolationForestFrom(buffer: ArrayBuffer): Fitted<Matrix, Float64Array> {
	const { arrays, metadata } = decodeTensors(buffer);
	const { roots, columns, splits, left, sample } = arrays;
	if (metadata['learner'] !== LEARNER || metadata['columns'] === undefined)
		throw new RangeError('the bytes are not those of an isolation forest');
	const view = JSON.parse(metadata['columns']) as readonly ColumnView[];
	if (
		!(roots instanceof Uint32Array && columns instanceof Uint16Array) ||
		!(splits instanceof Float64Array && left instanceof Uint32Array && sample?.length === 1)
	)
		throw new RangeError('an isolation forest lacks its trees');
	const trees = {
		roots: roots.slice(),
		columns: columns.slice(),
		splits: splits.slice(),
		left: left.slice(),
	};
	requireSound(trees, view.length);
	return new FittedIsolation(view, sample[0] as number, trees);
}

class FittedIsolation implements Fitted<Matrix, Float64Array> {
	readonly #view: readonly ColumnView[];
	readonly #sample: number;
	readonly #trees: IsolationTrees;

	constructor(view: readonly ColumnView[], sample: number, trees: IsolationTrees) {
		this.#view = view;
		this.#sample = sample;
		this.#trees = trees;
	}

	/** A score a row. */
	async predict(query: Matrix): Promise<Float64Array> {
		const coordinates = coordinatesOf(this.#view, query);
		const trees = this.#trees.roots.length;
		const usual = trees * usualDepth(this.#sample);
		// Of a single row of training nothing can be told.
		if (usual === 0) return new Float64Array(query.count).fill(0.5);
		const own = new Float64Array(coordinates.length);
		return Float64Array.from({ length: query.count }, (_, row) => {
			coordinates.forEach((values, column) => (own[column] = values[row] as number));
			let depth = 0;
			for (let tree = 0; tree < trees; tree++) depth += pathLength(this.#trees, tree, own);
			return 2 ** (-depth / usual);
		});
	}

	toBuffer(): ArrayBuffer {
		return encodeTensors({
			arrays: { ...this.#trees, sample: Uint32Array.of(this.#sample) },
			metadata: { learner: LEARNER, columns: JSON.stringify(this.#view) },
		});
	}

	dispose(): void {}
}

function requireRows(rows: Matrix): void {
	if (rows.count === 0) throw new RangeError('nothing to learn from: hand in at least one row');
	if (rows.columns.length === 0 || rows.columns.length >= LEAF)
		throw new RangeError(`an isolation forest takes 1 to ${LEAF - 1} columns`);
}

/** Damaged children could lead round in a circle: they always stand behind their node. */
function requireSound({ roots, columns, splits, left }: IsolationTrees, width: number): void {
	const nodes = columns.length;
	const isNode = (column: number, node: number) => {
		const child = left[node] as number;
		return column === LEAF || (column < width && child > node && child + 1 < nodes);
	};
	if (
		splits.length !== nodes ||
		left.length !== nodes ||
		!columns.every(isNode) ||
		!roots.every((root) => root < nodes)
	)
		throw new RangeError('the trees of an isolation forest are damaged');
}

/** Draws without replacement by the first steps of a shuffle; whatever order came before is as good. */
function drawRows(order: Uint32Array, count: number, random: Random): Uint32Array {
	for (let i = 0; i < count; i++) {
		const j = i + random.integer(order.length - i);
		const kept = order[i] as number;
		order[i] = order[j] as number;
		order[j] = kept;
	}
	return order.slice(0, count);
}
