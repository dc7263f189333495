import { CancelledError, type Estimator, type Run } from '../contract';
import type { Interactions, ItemQuery, RankedItems } from '../interactions';
import { breathing } from '../linear/breath';
import { FittedItemKnn } from './fitted-item-knn';

export interface ItemKnnParams {
	/** Neighbours that an item of the history speaks for. */
	readonly neighbours: number;
	/** Pulls the similarity of items that few have in common to 0; as many joint choices. */
	readonly shrinkage: number;
	/** Whether people of few items count more: by ln(1 + items / own items) (Breese, Heckerman and Kadie 1998). */
	readonly rarity: boolean;
	/**
	 * How soon more of the same no longer counts: v becomes v · (saturation + 1) / (v + saturation), as in
	 * BM25 (Robertson and Zaragoza 2009; its correction for length is taken out by the cosine). Infinity
	 * leaves v as it is.
	 */
	readonly saturation: number;
}

export interface ItemKnn extends Estimator<Interactions, ItemQuery, RankedItems> {
	fit(train: Interactions, run: Run): Promise<FittedItemKnn>;
}

export interface ItemKnn extends Estimator<Interactions, ItemQuery, RankedItems> {
	fit(train: Interactions, run: Run): Promise<FittedItemKnn>;
}

const USUAL: ItemKnnParams = {
	neighbours: 100,
	shrinkage: 10,
	rarity: true,
	saturation: Number.POSITIVE_INFINITY,
};

/**
 * Items chosen by the same people are alike: the cosine between items (Sarwar et al. 2001), each item of
 * a history speaking for its nearest neighbours (Deshpande and Karypis 2004). What is kept are counts, so
 * that people can be added and taken away without a trace.
 */
export function itemKnn(params: Partial<ItemKnnParams> = {}): ItemKnn {
	const all = { ...USUAL, ...params };
	return {
		name: 'item-knn',
		params: { ...all },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			const fitted = new FittedItemKnn(train.width, all);
			const breathe = breathing(run);
			let done = 0;
			for (const piece of fitted.absorb(train, 1)) {
				piece();
				await breathe(++done / train.width);
			}
			run.onProgress({ done: 1, total: 1 });
			return fitted;
		},
	};
}
