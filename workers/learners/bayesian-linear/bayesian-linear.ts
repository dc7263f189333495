import type { SparseRows } from '$workers/table/sparse';
import { CancelledError, type Estimator, type Run } from '../contract';
import { FittedLinear } from './fitted-linear';
import type { LinearPrior } from './prior';

/** Rows that were reacted to; parallel arrays. */
export interface LinearObservations {
	readonly rows: SparseRows;
	/** What the score should be: 1 for wanted, -1 for unwanted. */
	readonly targets: Float64Array;
	/** How much each counts, at least 0: the precision of its target. */
	readonly weights: Float64Array;
	/** Civil days. */
	readonly days: Float64Array;
}

export interface LinearOptions {
	/** An observation this old counts half. */
	readonly halfLifeDays: number;
	/** Civil day from which age is counted. */
	readonly asOf: number;
	/**
	 * One standard deviation of an observation of weight 1 around its score, and the unit of the prior
	 * deviations; 1 if left out. It scales what is said of uncertainty and moves no score.
	 */
	readonly noise?: number;
}

/**
 * Bayesian linear regression in closed form (Bishop 2006, section 3.3) over sparse rows, centred at
 * the rows at large: a normal prior, observations weighted and fading with age, full covariance for
 * columns that many rows share and independence for rare ones, so that an update costs the same
 * however much was observed before. Fitting draws no random numbers.
 */
export function bayesianLinear(
	prior: LinearPrior,
	options: LinearOptions,
): Estimator<LinearObservations, SparseRows, Float64Array> & {
	fit(train: LinearObservations, run: Run): Promise<FittedLinear>;
} {
	return {
		name: 'bayesian-linear',
		params: { ...options, columns: prior.means.length, together: prior.together.length },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			const fitted = new FittedLinear(prior, options);
			fitted.update(train);
			run.onProgress({ done: 1, total: 1 });
			return fitted;
		},
	};
}
