/** What a model pack says of itself: the JSON part of the file, shown to whoever makes or keeps it. */
export interface PackHeader {
	readonly format: 1;
	/** Site or town it is for; a person reads it. */
	readonly place: string;
	/** Goes up with every pack of a site; a device never goes back. */
	readonly version: number;
	/** UTC milliseconds. */
	readonly madeAt: number;
	/** `item-weights`: from each home to others. `item-factors`: a vector for each home. */
	readonly kind: 'item-weights' | 'item-factors';
	/** What computed it, e.g. `doorstep` or `spark-als`. */
	readonly engine: string;
	/** How it is guarded; `null` where the maker says nothing of it (imported factors). */
	readonly privacy: PackPrivacy | null;
	/** How many guests, stays and homes went in, after bounding; noised where `privacy` stands. */
	readonly counts: { readonly guests: number; readonly stays: number; readonly homes: number };
	/** What stands in the columns, and how they were scaled: names to plain numbers. */
	readonly schema: Readonly<Record<string, number>>;
	/** Measured on guests who had no part in it. */
	readonly metrics: readonly PackMetric[];
	readonly audit: PackAudit | null;
	readonly provenance: {
		/** e.g. `bookings`. */
		readonly source: string;
		/** Civil days (since 1970-01-01) of the first and last booking that went in. */
		readonly from: number;
		readonly to: number;
		/** Made up by us. */
		readonly sample: boolean;
	};
}

export interface PackPrivacy {
	/** Of one guest with all that they did; pure (delta 0). */
	readonly epsilon: number;
	readonly unit: 'guest';
	readonly mechanism: 'discrete-laplace';
	/** Most homes of one guest that count. */
	readonly mostHomes: number;
}

/** The same guests asked, three ways. */
export interface PackMetric {
	readonly name: 'ndcg10' | 'recall10' | 'mrr';
	readonly pack: number;
	readonly popularity: number;
	/**
	 * Without noise: what privacy costs. `null` where the pack is private: that figure would be of the
	 * guests as they are.
	 */
	readonly exact: number | null;
	readonly guests: number;
	readonly standardError: number;
}

/** How well somebody who has the pack tells guests who went into it from guests who did not. */
export interface PackAudit {
	/** .5: a coin. */
	readonly auc: number;
	readonly low: number;
	readonly high: number;
	readonly members: number;
	readonly others: number;
	/** Of the strongest of the attacks tried. */
	readonly attack: string;
}
