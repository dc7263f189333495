/**
 * What customers did up to a day; arrays run parallel. Time is in the caller's unit (weeks, days),
 * counted from each customer's first purchase.
 */
export interface Histories {
	/** Repeat purchases: all but the first. */
	readonly frequency: Float64Array;
	/** From the first purchase to the last; 0 where there was no repeat. */
	readonly recency: Float64Array;
	/** From the first purchase to the day on which the history was taken. */
	readonly age: Float64Array;
	/**
	 * Further columns that may say how often somebody buys, on any scale; the same ones when fitting
	 * and when predicting. None where left out.
	 */
	readonly traits?: readonly Float64Array[];
}

export interface HistoryQuery extends Histories {
	/** How far ahead is asked, in the same unit; at least 0. */
	readonly horizon: number;
}

/** For each customer, in the order of the query. */
export interface PurchaseForecast {
	/** Purchases expected within the horizon. */
	readonly expected: Float64Array;
	/** Chance that the customer has not left for good. */
	readonly alive: Float64Array;
}

/** A RangeError where the columns are no histories. */
export function checkHistories({ frequency, recency, age, traits = [] }: Histories): void {
	if (recency.length !== frequency.length || age.length !== frequency.length)
		throw new RangeError('frequency, recency and age need one value a customer');
	if (traits.some((trait) => trait.length !== age.length || !trait.every(Number.isFinite)))
		throw new RangeError('a trait needs one finite number a customer');
	for (let row = 0; row < age.length; row++) {
		const x = frequency[row] as number;
		const last = recency[row] as number;
		const whole = age[row] as number;
		if (!(x >= 0 && last >= 0 && whole >= last && Number.isFinite(x) && Number.isFinite(whole)))
			throw new RangeError('a history needs frequency at least 0 and 0 ≤ recency ≤ age');
		if (x === 0 && last > 0)
			throw new RangeError('a history without repeat purchases needs a recency of 0');
	}
}

export function takeHistories<Kind extends Histories>(whole: Kind, rows: readonly number[]): Kind {
	const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
	return {
		...whole,
		frequency: take(whole.frequency),
		recency: take(whole.recency),
		age: take(whole.age),
		...(whole.traits && { traits: whole.traits.map(take) }),
	};
}
