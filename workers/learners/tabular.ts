import type { Matrix } from '$workers/table/matrix';
import type { Estimator, Explains, Fitted } from './contract';

/** Rows with what is to be learned from them. */
export interface Examples {
	readonly rows: Matrix;
	/** 0 or 1 for a classifier; a NaN is refused. */
	readonly targets: Float64Array;
	/** At least 0; 1 each where left out. */
	readonly weights?: Float64Array;
}

export interface Predictions {
	/** What contributions sum to: log-odds, the logarithm of a mean, or the value itself. */
	readonly scores: Float64Array;
	/** The answer in its own unit: a chance, a mean, a value. Equal to `scores` for squared loss. */
	readonly values: Float64Array;
}

/**
 * A learner of one number from a table. Contributions are named like the columns, with `base` last
 * for what every row has; they sum to `scores`.
 */
export type TabularEstimator = Estimator<Examples, Matrix, Predictions>;
export type FittedTabular = Fitted<Matrix, Predictions> & Partial<Explains<Matrix>>;
