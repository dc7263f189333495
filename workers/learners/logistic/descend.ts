const MOST_PASSES = 1000;
const ENOUGH = 1e-9;

/**
 * The weights near `from` that minimise ½·dᵀ·curvature·d - pullsᵀ·d + l1·Σ |w|, d being the change and
 * the last weight unpenalised, by coordinate descent (Friedman, Hastie and Tibshirani 2010).
 * `curvature` has its lower triangle filled, rows of `from.length`.
 */
export function descend(
	curvature: Float64Array,
	pulls: Float64Array,
	from: Float64Array,
	l1: number,
): Float64Array {
	const size = from.length;
	const weights = from.slice();
	const left = pulls.slice();
	for (let pass = 0; pass < MOST_PASSES; pass++) {
		let largest = 0;
		for (let i = 0; i < size; i++) {
			const bend = curvature[i * size + i] as number;
			const old = weights[i] as number;
			const pull = (left[i] as number) + bend * old;
			const now = shrunk(pull, i < size - 1 ? l1 : 0) / bend;
			if (now === old) continue;
			weights[i] = now;
			takeFrom(left, curvature, size, i, now - old);
			largest = Math.max(largest, Math.abs(now - old));
		}
		if (largest < ENOUGH) break;
	}
	return weights;
}

/** Nearer to 0 by `by`, not beyond. */
const shrunk = (value: number, by: number): number =>
	Math.sign(value) * Math.max(0, Math.abs(value) - by);

/** Takes column `i` of the symmetric matrix, times `change`, from what is left. */
function takeFrom(
	left: Float64Array,
	curvature: Float64Array,
	size: number,
	i: number,
	change: number,
): void {
	for (let j = 0; j < size; j++) {
		const at = j <= i ? i * size + j : j * size + i;
		left[j] = (left[j] as number) - change * (curvature[at] as number);
	}
}
