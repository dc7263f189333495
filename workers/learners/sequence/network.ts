import type { Algebra } from './algebra';
import { LAYERS, type LayerName, type Shape } from './layout';
import type { Batch } from './sequences';

/** The weights of each layer; `content` is absent where nothing is known of items. */
export type Weights<Matrix> = Readonly<Record<Exclude<LayerName, 'content'>, Matrix>> & {
	readonly content: Matrix | null;
};

/** Keeps a root from 0. */
const LEAST_SQUARE = 1e-6;

/**
 * Guesses the item that follows each step of a sequence: one block of self-attention that looks back
 * (Kang and McAuley 2018, "Self-attentive sequential recommendation"), then a softmax over all items,
 * with the items' own numbers for input and output. Unlike there, a step is known by how far back it lies
 * (Raffel et al. 2020), and rows are scaled by their root mean square (Zhang and Sennrich 2019).
 */
export class Network<Matrix> {
	readonly #algebra: Algebra<Matrix>;
	readonly #shape: Shape;
	readonly #weights: Weights<Matrix>;
	/** Of every item: its own numbers, and what is made of its content. */
	readonly #items: Matrix;
	readonly #content: Matrix | null;

	/** @param content items × shape.content, or null */
	constructor(
		algebra: Algebra<Matrix>,
		shape: Shape,
		weights: Weights<Matrix>,
		content: Matrix | null,
	) {
		this.#algebra = algebra;
		this.#shape = shape;
		this.#weights = weights;
		this.#content = content;
		this.#items =
			content && weights.content
				? algebra.add(weights.item, algebra.times(content, weights.content))
				: weights.item;
	}

	/** The probability that the next item was given, rows · length × 1. */
	likelihood(batch: Batch): Matrix {
		const { oneHot, mul } = this.#algebra;
		const { ended } = this.#forward(batch);
		const guess = this.#guess(ended);
		return this.#rowSums(mul(guess, oneHot(batch.next, this.#shape.items)), this.#shape.items);
	}

	/** What each step says of the next item, rows · length × size: its product with an item's numbers. */
	outlook(batch: Batch): Matrix {
		return this.#forward(batch).ended;
	}

	/** Every item's numbers, items × size. */
	get items(): Matrix {
		return this.#items;
	}

	/** The gradient of the weighted mean of -ln likelihood, layer by layer. */
	gradient(batch: Batch): Weights<Matrix> {
		const { times, turned, add, sub, mul, scale, positive, oneHot, reshape, constant, filled } =
			this.#algebra;
		const { items, size, length: memory } = this.#shape;
		const { rows, length } = batch;
		const steps = rows * length;
		const flat = (matrix: Matrix, columns = size) => reshape(matrix, [steps, columns]);
		const deep = (matrix: Matrix) => reshape(matrix, [rows, length, size]);
		const ones = filled(1, [1, steps]);
		const sum = (matrix: Matrix) => times(ones, matrix);
		const [keptInput, keptLook, keptThought] = this.#kept(batch);
		const w = this.#weights;
		const f = this.#forward(batch);

		const wrong = mul(
			sub(this.#guess(f.ended), oneHot(batch.next, items)),
			constant(batch.weight, [steps, 1]),
		);
		const byEnded = times(wrong, this.#items);
		const byThought = this.#unscaled(mul(byEnded, w.endScale), f.end);

		const byOut = mul(byThought, keptThought);
		const byUnits = mul(times(byOut, turned(w.out)), positive(f.units));
		const byThink = times(byUnits, turned(w.into));
		const byLooked = add(byThought, this.#unscaled(mul(byThink, w.thinkScale), f.think));

		const byLook = deep(mul(byLooked, keptLook));
		const byShares = times(byLook, turned(f.value));
		const usual = this.#stepSums(mul(byShares, f.shares), batch);
		const byMatch = mul(f.shares, sub(byShares, usual));
		const byDistance = times(filled(1, [1, rows]), reshape(byMatch, [rows, length * length]));
		const perRoot = scale(byMatch, 1 / Math.sqrt(size));
		const byQuery = flat(times(perRoot, f.key));
		const byKey = flat(times(turned(perRoot), f.query));
		const byValue = flat(times(turned(f.shares), byLook));
		const byAttend = add(
			add(times(byQuery, turned(w.query)), times(byKey, turned(w.key))),
			times(byValue, turned(w.value)),
		);
		const byInput = add(byLooked, this.#unscaled(mul(byAttend, w.attendScale), f.attend));

		const byFound = scale(mul(byInput, keptInput), Math.sqrt(size));
		const byItems = add(times(turned(wrong), f.ended), times(turned(f.found), byFound));
		const attended = turned(f.attended);
		return {
			item: byItems,
			content: this.#content && times(turned(this.#content), byItems),
			bias: sum(wrong),
			distance: turned(times(byDistance, oneHot(distances(length), memory))),
			attendScale: sum(mul(byAttend, f.attend.scaled)),
			query: times(attended, byQuery),
			key: times(attended, byKey),
			value: times(attended, byValue),
			thinkScale: sum(mul(byThink, f.think.scaled)),
			into: times(turned(f.thinking), byUnits),
			intoBias: sum(byUnits),
			out: times(turned(f.units), byOut),
			outBias: sum(byOut),
			endScale: sum(mul(byEnded, f.end.scaled)),
		};
	}

	#forward(batch: Batch) {
		const { times, add, mul, scale, relu, oneHot, reshape } = this.#algebra;
		const { items, size } = this.#shape;
		const { rows, length } = batch;
		const [keptInput, keptLook, keptThought] = this.#kept(batch);
		const w = this.#weights;
		const deep = (matrix: Matrix) => reshape(matrix, [rows, length, size]);

		const found = oneHot(batch.items, items);
		const input = mul(scale(times(found, this.#items), Math.sqrt(size)), keptInput);

		const attend = this.#scaled(input);
		const attended = mul(attend.scaled, w.attendScale);
		const query = deep(times(attended, w.query));
		const key = deep(times(attended, w.key));
		const value = deep(times(attended, w.value));
		const shares = this.#shares(query, key, batch);
		const look = reshape(times(shares, value), [rows * length, size]);
		const looked = add(input, mul(look, keptLook));

		const think = this.#scaled(looked);
		const thinking = mul(think.scaled, w.thinkScale);
		const units = relu(add(times(thinking, w.into), w.intoBias));
		const thought = add(looked, mul(add(times(units, w.out), w.outBias), keptThought));

		const end = this.#scaled(thought);
		const ended = mul(end.scaled, w.endScale);
		return {
			found,
			attend,
			attended,
			query,
			key,
			value,
			shares,
			think,
			thinking,
			units,
			end,
			ended,
		};
	}

	/** How much each step looks at itself and those before: rows × length × length. */
	#shares(query: Matrix, key: Matrix, batch: Batch): Matrix {
		const { times, turned, add, mul, div, scale, exp, oneHot, reshape, constant } = this.#algebra;
		const { size, length: memory } = this.#shape;
		const { length } = batch;
		const match = scale(times(query, turned(key)), 1 / Math.sqrt(size));
		const distance = times(oneHot(distances(length), memory), this.#weights.distance);
		const e = mul(
			exp(add(match, reshape(distance, [1, length, length]))),
			constant(lookingBack(length), [1, length, length]),
		);
		return div(e, this.#stepSums(e, batch));
	}

	/** Probability of every item, from what the steps say. */
	#guess(ended: Matrix): Matrix {
		const { times, turned, add, div, exp } = this.#algebra;
		const e = exp(add(times(ended, turned(this.#items)), this.#weights.bias));
		return div(e, this.#rowSums(e, this.#shape.items));
	}

	/** Rows over their root mean square. */
	#scaled(matrix: Matrix): Scaled<Matrix> {
		const { mul, div, add, sqrt, filled } = this.#algebra;
		const square = this.#mean(mul(matrix, matrix));
		const root = sqrt(add(square, filled(LEAST_SQUARE, [1, 1])));
		return { scaled: div(matrix, root), root };
	}

	/** The gradient by what was scaled, from that by the outcome. */
	#unscaled(by: Matrix, { scaled, root }: Scaled<Matrix>): Matrix {
		const { sub, mul, div } = this.#algebra;
		return div(sub(by, mul(scaled, this.#mean(mul(by, scaled)))), root);
	}

	/** Of each row of `size` columns. */
	#mean(matrix: Matrix): Matrix {
		return this.#algebra.scale(this.#rowSums(matrix, this.#shape.size), 1 / this.#shape.size);
	}

	/** Sums of the rows of rows × length × length. */
	#stepSums(matrix: Matrix, { rows, length }: Batch): Matrix {
		const { reshape } = this.#algebra;
		const flat = reshape(matrix, [rows * length, length]);
		return reshape(this.#rowSums(flat, length), [rows, length, 1]);
	}

	/** Sums of rows; a product, since backends are fastest at that. */
	#rowSums(matrix: Matrix, columns: number): Matrix {
		const { times, filled } = this.#algebra;
		return times(matrix, filled(1, [columns, 1]));
	}

	#kept({ rows, length, kept }: Batch): readonly [Matrix, Matrix, Matrix] {
		const { size } = this.#shape;
		const [input, look, thought] = kept.map((values) =>
			this.#algebra.constant(values, [rows * length, size]),
		);
		return [input, look, thought] as [Matrix, Matrix, Matrix];
	}
}

interface Scaled<Matrix> {
	readonly scaled: Matrix;
	/** Of the mean square of each row. */
	readonly root: Matrix;
}

/** How far back each step lies from each: length × length; 0 for those to come. */
function distances(length: number): Int32Array {
	return Int32Array.from({ length: length * length }, (_, i) =>
		Math.max(0, Math.floor(i / length) - (i % length)),
	);
}

/** 1 for the step itself and those before it. */
function lookingBack(length: number): Float32Array {
	return Float32Array.from({ length: length * length }, (_, i) =>
		Math.floor(i / length) >= i % length ? 1 : 0,
	);
}

/** The layers in their order, without those that are absent. */
export function inOrder<Matrix>(weights: Weights<Matrix>): Matrix[] {
	return LAYERS.map((name) => weights[name]).filter((layer) => layer !== null);
}
