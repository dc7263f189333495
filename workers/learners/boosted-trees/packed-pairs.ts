import { sumSizesAt } from './sums';

/** Bits of the sum of hessians, below those of the sum of gradients. */
const HESSIAN_BITS = 26;
const SHIFT = 2 ** HESSIAN_BITS;
/** Half of the room of a sum; rounding may fill the other half. */
const GRADIENT_GOAL = 2 ** 26;
const HESSIAN_GOAL = 2 ** (HESSIAN_BITS - 1);

/** First and second derivative of the loss of each row by its score, times its weight. */
export interface Slopes {
	readonly gradients: Float64Array;
	readonly hessians: Float64Array;
}

/** What one step of a packed gradient, and of a packed hessian, stands for: powers of two. */
export interface Units {
	readonly gradient: number;
	readonly hessian: number;
}

/**
 * Gradient and hessian of each row in one number, so that one addition adds both: whole multiples of
 * two units, the gradient's times 2^26 plus the hessian's. Whatever rows are added, and in whatever
 * order, the sum is exact, because both fit into the 53 bits of a double. Steps are fine: 2^26 of
 * them make up all absolute gradients, where LightGBM does well with gradients of 2 to 5 bits (Shi
 * et al. 2022, "Quantized training of gradient boosting decision trees"). A sum is 0 only where
 * there is no row.
 *
 * @param rows those that are packed, the first `count`; at most 2^24
 * @param packed filled by row
 */
export function packPairs(
	{ gradients, hessians }: Slopes,
	rows: Uint32Array,
	count: number,
	packed: Float64Array,
): Units {
	const units = {
		gradient: unitOf(sumSizesAt(gradients, rows, count) / GRADIENT_GOAL),
		hessian: unitOf(sumSizesAt(hessians, rows, count) / HESSIAN_GOAL),
	};
	packRows(gradients, hessians, rows, count, 1 / units.gradient, 1 / units.hessian, packed);
	return units;
}

function packRows(
	gradients: Float64Array,
	hessians: Float64Array,
	rows: Uint32Array,
	count: number,
	perGradient: number,
	perHessian: number,
	packed: Float64Array,
): void {
	for (let i = 0; i < count; i++) {
		const row = rows[i] as number;
		const gradient = Math.round((gradients[row] as number) * perGradient);
		const hessian = Math.round((hessians[row] as number) * perHessian);
		packed[row] = gradient * SHIFT + Math.max(hessian, 1);
	}
}

/** The least power of two that is no less, so that whole numbers and halves stay exact. */
function unitOf(step: number): number {
	return 2 ** Math.max(-1000, Math.ceil(Math.log2(step)));
}

export const gradientOf = (sum: number, { gradient }: Units) => Math.floor(sum / SHIFT) * gradient;

export const hessianOf = (sum: number, { hessian }: Units) =>
	(sum - Math.floor(sum / SHIFT) * SHIFT) * hessian;

/** Unpacks `count` sums from `start` on. */
export function unpackSums(
	sums: Float64Array,
	start: number,
	count: number,
	units: Units,
	gradients: Float64Array,
	hessians: Float64Array,
): void {
	for (let i = 0; i < count; i++) {
		const sum = sums[start + i] as number;
		const gradient = Math.floor(sum / SHIFT);
		gradients[i] = gradient * units.gradient;
		hessians[i] = (sum - gradient * SHIFT) * units.hessian;
	}
}
