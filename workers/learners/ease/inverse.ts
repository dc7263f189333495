import {
	add,
	concat,
	matMul,
	mul,
	slice,
	sub,
	tensor2d,
	transpose,
	type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Session } from '$workers/device/device';
import { cholesky } from '$workers/math/cholesky';

/** Below this size a block is inverted in plain float64. */
const LEAF = 112;
/** From this size on, only three quarters of a symmetric product are computed. */
const HALVED = 512;
/** Multiplications of one piece of work; between pieces others have their turn. */
const PIECE = { cpu: 2 ** 27, wasm: 2 ** 27, webgpu: 2 ** 31 };

/** From this many numbers on, a matrix that was merely moved or added to is a piece of its own. */
const LARGE = 2 ** 17;

/** Called after each piece with the multiplications done so far; it throws to stop the work. */
export type Breath = (multiplications: number) => Promise<void>;

/** What an inversion takes, in multiplications; for progress. */
export function inversionWork(size: number): number {
	if (size <= LEAF) return 0;
	const first = size >> 1;
	const rest = size - first;
	const across = first * first * rest + first * rest * rest;
	const here = across + symmetricWork(rest, first) + symmetricWork(first, rest);
	return here + inversionWork(first) + inversionWork(rest);
}

/** Of a symmetric product with this many rows, each a sum of `inner` products. */
function symmetricWork(rows: number, inner: number): number {
	if (rows < HALVED) return rows * rows * inner;
	const half = rows >> 1;
	const rest = rows - half;
	return half * rest * inner + symmetricWork(half, inner) + symmetricWork(rest, inner);
}

/**
 * The inverse of a symmetric positive definite matrix on the backend in use, by halves: the inverse
 * of one quarter and of its Schur complement (Banachiewicz 1937), so that nearly all of the work
 * lies in products of matrices. Errors are those of float32: a few units of the seventh digit, times
 * the condition.
 *
 * @param matrix rows of length `size`
 * @throws RangeError where the matrix is not positive definite; whatever `breathe` throws
 */
export async function invert(
	matrix: Float32Array,
	size: number,
	session: Session,
	breathe: Breath,
): Promise<Float32Array> {
	const inversion = new Inversion(session, breathe);
	try {
		const whole = inversion.keep(tensor2d(matrix, [size, size]));
		await breathe(0);
		return await session.read(await inversion.invert(whole));
	} finally {
		inversion.dispose();
	}
}

/** Knows every tensor that is alive, so that none is left when it is stopped. */
class Inversion {
	readonly #session: Session;
	readonly #breathe: Breath;
	readonly #alive = new Set<Tensor2D>();
	#done = 0;

	constructor(session: Session, breathe: Breath) {
		this.#session = session;
		this.#breathe = breathe;
	}

	keep(tensor: Tensor2D): Tensor2D {
		this.#alive.add(tensor);
		return tensor;
	}

	dispose(): void {
		this.#drop(...this.#alive);
	}

	/** Takes `matrix` over: it is disposed. */
	async invert(matrix: Tensor2D): Promise<Tensor2D> {
		const [size] = matrix.shape;
		if (size <= LEAF) return this.#invertLeaf(matrix, size);
		const half = size >> 1;
		const rest = size - half;
		const quarter = await this.#part(matrix, [0, 0], [half, half]);
		const beside = await this.#part(matrix, [0, half], [half, rest]);
		const below = await this.#part(matrix, [half, 0], [rest, half]);
		const corner = await this.#part(matrix, [half, half], [rest, rest]);
		this.#drop(matrix);

		const first = await this.invert(quarter);
		const share = await this.#product(first, beside);
		const explained = await this.#symmetric(below, share);
		const left = await this.#moved(sub(corner, explained));
		this.#drop(beside, below, corner, explained);
		const last = await this.invert(left);

		const across = await this.#product(share, last);
		const turned = await this.#moved(transpose(share));
		const gained = await this.#symmetric(across, turned);
		this.#drop(share, turned);
		const whole = await this.#moved(add(first, gained));
		const negative = await this.#moved(mul(across, -1));
		this.#drop(first, gained, across);
		const under = await this.#moved(transpose(negative));
		this.#drop(negative);
		return this.#join(whole, under, last);
	}

	/** A symmetric matrix from its quarters, which are disposed. */
	async #join(corner: Tensor2D, below: Tensor2D, last: Tensor2D): Promise<Tensor2D> {
		const beside = await this.#moved(transpose(below));
		const above = await this.#moved(concat([corner, beside], 1));
		this.#drop(corner, beside);
		const under = await this.#moved(concat([below, last], 1));
		this.#drop(below, last);
		const joined = await this.#moved(concat([above, under], 0));
		this.#drop(above, under);
		return joined;
	}

	async #invertLeaf(matrix: Tensor2D, size: number): Promise<Tensor2D> {
		const values = await this.#session.read(matrix);
		this.#drop(matrix);
		const inverse = invertSmall(Float64Array.from(values), size);
		return this.keep(tensor2d(Float32Array.from(inverse), [size, size]));
	}

	/** A product that is known to be symmetric: the quarter above its diagonal is not computed. */
	async #symmetric(left: Tensor2D, right: Tensor2D): Promise<Tensor2D> {
		const [rows, inner] = left.shape;
		if (rows < HALVED) return this.#product(left, right);
		const half = rows >> 1;
		const rest = rows - half;
		const upper = await this.#part(left, [0, 0], [half, inner]);
		const lower = await this.#part(left, [half, 0], [rest, inner]);
		const first = await this.#part(right, [0, 0], [inner, half]);
		const second = await this.#part(right, [0, half], [inner, rest]);
		const corner = await this.#symmetric(upper, first);
		const below = await this.#product(lower, first);
		const last = await this.#symmetric(lower, second);
		this.#drop(upper, lower, first, second);
		return this.#join(corner, below, last);
	}

	#part(matrix: Tensor2D, begin: [number, number], size: [number, number]): Promise<Tensor2D> {
		return this.#moved(slice(matrix, begin, size));
	}

	/** Keeps what took no multiplications to speak of, and breathes where it took time all the same. */
	async #moved(tensor: Tensor2D): Promise<Tensor2D> {
		this.keep(tensor);
		if (tensor.size >= LARGE) await this.#breathe(this.#done);
		return tensor;
	}

	/** In strips of rows, short enough to be stopped in between. */
	async #product(left: Tensor2D, right: Tensor2D): Promise<Tensor2D> {
		const [rows, inner] = left.shape;
		const columns = right.shape[1];
		const height = Math.max(1, Math.floor(PIECE[this.#session.backend] / (inner * columns)));
		const strips: Tensor2D[] = [];
		for (let from = 0; from < rows; from += height) {
			const count = Math.min(height, rows - from);
			const strip = count === rows ? left : this.keep(slice(left, [from, 0], [count, inner]));
			strips.push(this.keep(matMul(strip, right)));
			if (strip !== left) this.#drop(strip);
			this.#done += count * inner * columns;
			await this.#wait(strips.at(-1) as Tensor2D);
		}
		if (strips.length === 1) return strips[0] as Tensor2D;
		const whole = await this.#moved(concat(strips, 0));
		this.#drop(...strips);
		return whole;
	}

	/** A GPU only queues its work: one number read back means that the strip is done. */
	async #wait(strip: Tensor2D): Promise<void> {
		const corner = this.keep(slice(strip, [0, 0], [1, 1]));
		await this.#session.read(corner);
		this.#drop(corner);
		await this.#breathe(this.#done);
	}

	#drop(...tensors: readonly Tensor2D[]): void {
		for (const tensor of tensors) {
			tensor.dispose();
			this.#alive.delete(tensor);
		}
	}
}

/**
 * The inverse of a small symmetric positive definite matrix in float64.
 *
 * @throws RangeError where the matrix is not positive definite
 */
export function invertSmall(matrix: Float64Array, size: number): Float64Array {
	const lower = invertLower(cholesky(matrix, size), size);
	const inverse = new Float64Array(size * size);
	for (let k = 0; k < size; k++)
		for (let i = 0; i <= k; i++) {
			const value = lower[k * size + i] as number;
			for (let j = 0; j <= i; j++)
				inverse[i * size + j] =
					(inverse[i * size + j] as number) + value * (lower[k * size + j] as number);
		}
	for (let i = 0; i < size; i++)
		for (let j = 0; j < i; j++) inverse[j * size + i] = inverse[i * size + j] as number;
	return inverse;
}

/** Of a lower triangle; row by row, each from those above it. */
function invertLower(factor: Float64Array, size: number): Float64Array {
	const inverse = new Float64Array(size * size);
	for (let i = 0; i < size; i++) {
		const pivot = factor[i * size + i] as number;
		for (let k = 0; k < i; k++) {
			const value = (factor[i * size + k] as number) / pivot;
			for (let j = 0; j <= k; j++)
				inverse[i * size + j] =
					(inverse[i * size + j] as number) - value * (inverse[k * size + j] as number);
		}
		inverse[i * size + i] = 1 / pivot;
	}
	return inverse;
}
