/** What customers spent at a purchase; arrays run parallel. */
export interface Spending {
	/** Purchases that the mean is taken over; 0 where nothing is known of a customer. */
	readonly count: Float64Array;
	/** Mean amount of a purchase, in money; read only where `count` is positive, and positive there. */
	readonly mean: Float64Array;
}

/**
 * A purchase's amount is gamma with shape `p` and a customer's own rate; the rates are gamma with
 * shape `q` and rate `gamma` over customers.
 */
export interface SpendParameters {
	readonly p: number;
	/** Above 1, so that there is a mean. */
	readonly q: number;
	/** In money. */
	readonly gamma: number;
}

/** A RangeError where the columns are no spending. */
export function checkSpending({ count, mean }: Spending): void {
	if (count.length !== mean.length) throw new RangeError('one count and one mean a customer');
	for (let row = 0; row < count.length; row++) {
		if (!((count[row] as number) >= 0)) throw new RangeError('a count of purchases is negative');
		const known = (count[row] as number) > 0;
		if (known && !((mean[row] as number) > 0 && Number.isFinite(mean[row])))
			throw new RangeError('a mean amount must be positive; leave refunds and zeros out');
	}
}
