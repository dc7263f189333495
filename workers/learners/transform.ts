import type { Matrix } from '$workers/table/matrix';
import type { Run } from './contract';
import type { Examples } from './tabular';

/**
 * A step of cleaning or encoding: a recipe that is fitted on training rows alone. A pipeline
 * (`pipeline/`) fits its steps and its learner on the same rows, so that nothing of a test row is
 * ever seen.
 */
export interface Transform {
	readonly name: string;
	readonly params: Readonly<Record<string, number | string | boolean>>;
	/**
	 * Hands back the training rows as the learner is to see them, which need not equal `apply` on
	 * them: target encoding is out of fold here. As many rows as before, in their order.
	 */
	fit(
		train: Examples,
		run: Run,
	): Promise<{ readonly fitted: FittedTransform; readonly train: Matrix }>;
}

/** Plain data (`state`), so that a pipeline is a buffer. */
export interface FittedTransform {
	readonly name: string;
	readonly state: unknown;
	/** What a row becomes does not depend on the rows beside it. */
	apply(rows: Matrix): Matrix;
}
