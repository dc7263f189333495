import type { Examples } from '../tabular';

/** Examples with their weights written out. A RangeError says what of them cannot be learned from. */
export function checkExamples(train: Examples): Examples & { readonly weights: Float64Array } {
	const { rows, targets } = train;
	const weights = train.weights ?? new Float64Array(rows.count).fill(1);
	if (rows.count === 0) throw new RangeError('there are no rows to learn from');
	if (targets.length !== rows.count || weights.length !== rows.count)
		throw new RangeError('examples need one target and one weight a row');
	if (!targets.every(Number.isFinite))
		throw new RangeError('a target is not a finite number: leave its row out');
	if (!weights.every((weight) => Number.isFinite(weight) && weight >= 0))
		throw new RangeError('a weight is negative or not a finite number');
	if (!weights.some((weight) => weight > 0)) throw new RangeError('all weights are zero');
	return { rows, targets, weights };
}
