/** weight · v·vᵀ, where v has few values that are not zero. */
export interface RankOne {
	readonly weight: number;
	readonly columns: ArrayLike<number>;
	readonly values: ArrayLike<number>;
}

/**
 * Turns the inverse of a symmetric matrix into that of the matrix plus all `changes`, in place and in
 * size² steps a change (Sherman and Morrison 1950, one after the other; the large matrix is gone
 * through once).
 *
 * @throws RangeError where the matrix would have no inverse any more; nothing is changed then
 */
export function changeInverse(
	inverse: Float32Array,
	size: number,
	changes: readonly RankOne[],
): void {
	const steps: Step[] = [];
	for (const change of changes) steps.push(stepOf(inverse, size, change, steps));
	for (let row = 0; row < size; row++) {
		const target = inverse.subarray(row * size, (row + 1) * size);
		for (const { vector, share } of steps) {
			const times = share * (vector[row] as number);
			if (times === 0) continue;
			for (let i = 0; i < size; i++)
				target[i] = (target[i] as number) - times * (vector[i] as number);
		}
	}
}

/** What one change takes away: share · vector·vectorᵀ. */
interface Step {
	readonly vector: Float64Array;
	readonly share: number;
}

/** The inverse as it will be after the steps before, times the change's own vector. */
function stepOf(
	inverse: Float32Array,
	size: number,
	{ weight, columns, values }: RankOne,
	before: readonly Step[],
): Step {
	const vector = new Float64Array(size);
	for (let k = 0; k < columns.length; k++) {
		const from = (columns[k] as number) * size;
		const value = values[k] as number;
		for (let i = 0; i < size; i++)
			vector[i] = (vector[i] as number) + value * (inverse[from + i] as number);
	}
	const dot = (of: Float64Array) => {
		let sum = 0;
		for (let k = 0; k < columns.length; k++)
			sum += (values[k] as number) * (of[columns[k] as number] as number);
		return sum;
	};
	for (const step of before) {
		const times = step.share * dot(step.vector);
		for (let i = 0; i < size; i++)
			vector[i] = (vector[i] as number) - times * (step.vector[i] as number);
	}
	const rest = 1 + weight * dot(vector);
	if (!(rest > 0)) throw new RangeError('what is taken away was never there');
	return { vector, share: weight / rest };
}
