import { meanOf, medianOf, requireFinite } from './check';

/*
 * Figures of a learner of numbers. `truth` and `guess` hold one finite number a row; each throws a
 * RangeError for what is empty, of different lengths or not finite.
 */

/** Share of the variance explained; 1 at best. A RangeError where all true values are equal. */
export function r2(truth: ArrayLike<number>, guess: ArrayLike<number>): number {
	requireFinite(truth, guess);
	const mean = meanOf(truth.length, (row) => truth[row] as number);
	const variance = meanOf(truth.length, (row) => ((truth[row] as number) - mean) ** 2);
	if (variance === 0) throw new RangeError('all true values are equal: nothing to explain');
	return 1 - mse(truth, guess) / variance;
}

/** Mean absolute error, in the unit of the values. */
export function mae(truth: ArrayLike<number>, guess: ArrayLike<number>): number {
	requireFinite(truth, guess);
	return meanOf(truth.length, (row) => Math.abs((truth[row] as number) - (guess[row] as number)));
}

/** Mean squared error. */
export function mse(truth: ArrayLike<number>, guess: ArrayLike<number>): number {
	requireFinite(truth, guess);
	return meanOf(truth.length, (row) => ((truth[row] as number) - (guess[row] as number)) ** 2);
}

/** Root of the mean squared error, in the unit of the values. */
export function rmse(truth: ArrayLike<number>, guess: ArrayLike<number>): number {
	return Math.sqrt(mse(truth, guess));
}

/** Mean of |error| / |truth|, a share. A RangeError where a true value is 0. */
export function mape(truth: ArrayLike<number>, guess: ArrayLike<number>): number {
	const errors = relativeErrors(truth, guess);
	return meanOf(errors.length, (row) => errors[row] as number);
}

/** Median of |error| / |truth|, a share. A RangeError where a true value is 0. */
export function mdape(truth: ArrayLike<number>, guess: ArrayLike<number>): number {
	return medianOf(relativeErrors(truth, guess));
}

/** Mean loss of a guessed quantile (Koenker and Bassett 1978); `quantile` lies between 0 and 1. */
export function pinball(
	truth: ArrayLike<number>,
	guess: ArrayLike<number>,
	quantile: number,
): number {
	requireFinite(truth, guess);
	if (!(quantile > 0 && quantile < 1)) throw new RangeError('a quantile lies between 0 and 1');
	return meanOf(truth.length, (row) => {
		const error = (truth[row] as number) - (guess[row] as number);
		return Math.max(quantile * error, (quantile - 1) * error);
	});
}

/** Mean Poisson deviance of counts (at least 0) and guessed means (above 0). */
export function poissonDeviance(truth: ArrayLike<number>, guess: ArrayLike<number>): number {
	requireFinite(truth, guess);
	return meanOf(truth.length, (row) => {
		const count = truth[row] as number;
		const mean = guess[row] as number;
		if (count < 0) throw new RangeError('a count is negative');
		if (mean <= 0) throw new RangeError('a guessed mean is not above 0');
		return 2 * ((count === 0 ? 0 : count * Math.log(count / mean)) - count + mean);
	});
}

function relativeErrors(truth: ArrayLike<number>, guess: ArrayLike<number>): Float64Array {
	requireFinite(truth, guess);
	return Float64Array.from({ length: truth.length }, (_, row) => {
		const value = truth[row] as number;
		if (value === 0) throw new RangeError('a true value is 0: measure by mae or wape');
		return Math.abs((value - (guess[row] as number)) / value);
	});
}
