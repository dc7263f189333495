/** weight · v·vᵀ, where v has few values that are not zero. */
export interface RankOne {
	readonly weight: number;
	readonly columns: ArrayLike<number>;
	readonly values: ArrayLike<number>;
}

/** Rows of the matrix whose other half is written at once: few enough to stay in the cache. */
const BAND = 64;

/**
 * Turns the inverse of a symmetric matrix into that of the matrix plus all `changes`, in place (Sherman
 * and Morrison 1950, one change after the other in small, then all of them in one product). Each number
 * above the diagonal is found once, summed in float64 and rounded at the end; the others are its mirror.
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
	// In fours, filled up with steps that take nothing away.
	while (steps.length % 4 > 0) steps.push({ vector: new Float64Array(size), share: 0 });
	const sums = new Float64Array(size);
	for (let from = 0; from < size; from += BAND) {
		const end = Math.min(size, from + BAND);
		for (let row = from; row < end; row++) takeAway(inverse, size, row, steps, sums);
		mirror(inverse, size, from, end);
	}
}

/** One row from its diagonal on; four steps at a time, so that a sum is read and written once for four. */
function takeAway(
	inverse: Float32Array,
	size: number,
	row: number,
	steps: readonly Step[],
	sums: Float64Array,
): void {
	sums.fill(0, row);
	for (let k = 0; k < steps.length; k += 4) {
		const [first, second, third, fourth] = steps.slice(k, k + 4) as [Step, Step, Step, Step];
		const timesOf = ({ vector, share }: Step) => share * (vector[row] as number);
		const [t0, t1, t2, t3] = [timesOf(first), timesOf(second), timesOf(third), timesOf(fourth)];
		const [v0, v1, v2, v3] = [first.vector, second.vector, third.vector, fourth.vector];
		for (let i = row; i < size; i++)
			sums[i] =
				(sums[i] as number) +
				t0 * (v0[i] as number) +
				t1 * (v1[i] as number) +
				t2 * (v2[i] as number) +
				t3 * (v3[i] as number);
	}
	const target = row * size;
	for (let i = row; i < size; i++)
		inverse[target + i] = (inverse[target + i] as number) - (sums[i] as number);
}

/** Writes what stands right of the diagonal in some rows below it, too. */
function mirror(inverse: Float32Array, size: number, from: number, end: number): void {
	for (let i = from + 1; i < size; i++)
		for (let row = from; row < Math.min(end, i); row++)
			inverse[i * size + row] = inverse[row * size + i] as number;
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
