import { CancelledError, type Estimator, type Run } from '../contract';
import type { Interactions, ItemQuery, RankedItems } from '../interactions';
import { FittedPopularity } from './fitted-popularity';

/** Interactions, and when each of them was. */
export interface DatedInteractions {
	readonly interactions: Interactions;
	/** Civil days, one for each value. */
	readonly days: Float64Array;
}

export interface PopularityOptions {
	/** An interaction this old counts half. */
	readonly halfLifeDays: number;
	/** Civil day from which age is counted. */
	readonly asOf: number;
}

export interface Popularity extends Estimator<DatedInteractions, ItemQuery, RankedItems> {
	fit(train: DatedInteractions, run: Run): Promise<FittedPopularity>;
}

/** How often each item was chosen, the recent more than the old: the least that every model must beat. */
export function popularity(options: PopularityOptions): Popularity {
	return {
		name: 'popularity',
		params: { ...options },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			const fitted = new FittedPopularity(train.interactions.width, options);
			fitted.update(train);
			run.onProgress({ done: 1, total: 1 });
			return fitted;
		},
	};
}
