import type { Random } from '$workers/math/random';

/** A recipe: hyper-parameters only. Fitting twice equals fitting once; the training data is not kept. */
export interface Estimator<Train, Query, Output> {
	readonly name: string;
	readonly params: Readonly<Record<string, number | string | boolean>>;
	fit(train: Train, run: Run): Promise<Fitted<Query, Output>>;
}

/** What fitting yields. Predicting never changes it; `toBuffer` and the learner's `from` are inverses. */
export interface Fitted<Query, Output> {
	/** Columns in, columns out; a batch is the normal case. */
	predict(query: Query): Promise<Output>;
	toBuffer(): ArrayBuffer;
	/** Releases tensors; the conformance suite counts them. */
	dispose(): void;
}

/** A named share of a score for each row of a query; the shares of a row sum to its score. */
export interface Contributions {
	readonly names: readonly string[];
	/** Row by row, `names.length` values each. */
	readonly values: Float64Array;
}

export interface Explains<Query> {
	explain(query: Query): Promise<Contributions>;
}

/** Its cost does not depend on what came before. */
export interface Updates<Train> {
	update(more: Train): void;
}

/** Leaves what a fit without these rows would have given. */
export interface Forgets<Train> {
	forget(some: Train): void;
}

/** Everything ambient, handed in: cancellation, seeded randomness, progress. */
export interface Run {
	readonly cancelled: () => boolean;
	readonly random: Random;
	onProgress(progress: { readonly done: number; readonly total: number }): void;
}

/** Thrown by a job that found itself cancelled; it has kept nothing half-done. */
export class CancelledError extends Error {
	override readonly name = 'Cancelled';
}
