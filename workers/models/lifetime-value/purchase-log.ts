import type { Histories, Spending } from '$workers/learners/lifetime';

/** Purchases, one a day and customer, by customer and then by day. */
export interface PurchaseLog {
	/** Customers are numbered 0 … customers - 1; some may have bought nothing. */
	readonly customers: number;
	/** Purchase i is that of customer c for `starts[c] ≤ i < starts[c + 1]`. */
	readonly starts: Uint32Array;
	/** Civil days. */
	readonly day: Int32Array;
	/** Money of the day. */
	readonly amount: Float64Array;
}

/** Sorts purchases, and makes one of those of a customer on a day. */
export function purchaseLog(
	customers: number,
	customer: ArrayLike<number>,
	day: ArrayLike<number>,
	amount: ArrayLike<number>,
): PurchaseLog {
	const order = Uint32Array.from({ length: customer.length }, (_, i) => i).sort(
		(a, b) =>
			(customer[a] as number) - (customer[b] as number) || (day[a] as number) - (day[b] as number),
	);
	const days: number[] = [];
	const amounts: number[] = [];
	const starts = new Uint32Array(customers + 1);
	let previous = -1;
	for (const i of order) {
		const own = customer[i] as number;
		const first = own !== previous;
		if (first) starts.fill(days.length, previous + 1, own + 1);
		if (!first && days.at(-1) === day[i])
			amounts.push((amounts.pop() as number) + (amount[i] as number));
		else {
			days.push(day[i] as number);
			amounts.push(amount[i] as number);
		}
		previous = own;
	}
	starts.fill(days.length, previous + 1);
	return {
		customers,
		starts,
		day: Int32Array.from(days),
		amount: Float64Array.from(amounts),
	};
}

/** What is known of some customers at the end of a day; times in weeks. */
export interface CustomerStates extends Histories {
	/** Their numbers, ascending: those who had bought by then. */
	readonly customers: Uint32Array;
	/** Of purchases with a positive amount. */
	readonly repeats: Spending;
	/** The same, the first purchase counted too. */
	readonly all: Spending;
}

export const WEEK = 7;

/** The histories of all who had bought, up to and with a civil day. */
export function statesOn(log: PurchaseLog, lastDay: number): CustomerStates {
	const known = customersBy(log, lastDay);
	const column = () => new Float64Array(known.length);
	const states = {
		customers: known,
		frequency: column(),
		recency: column(),
		age: column(),
		repeats: { count: column(), mean: column() },
		all: { count: column(), mean: column() },
	};
	known.forEach((customer, row) => {
		const from = log.starts[customer] as number;
		const to = placeAfter(log, customer, lastDay);
		const first = log.day[from] as number;
		states.frequency[row] = to - from - 1;
		states.recency[row] = ((log.day[to - 1] as number) - first) / WEEK;
		states.age[row] = (lastDay - first) / WEEK;
		setSpending(states.repeats, row, log.amount.subarray(from + 1, to));
		setSpending(states.all, row, log.amount.subarray(from, to));
	});
	return states;
}

function setSpending({ count, mean }: Spending, row: number, amounts: Float64Array): void {
	const paid = amounts.filter((amount) => amount > 0);
	count[row] = paid.length;
	mean[row] = paid.length ? paid.reduce((sum, amount) => sum + amount, 0) / paid.length : 0;
}

/** What the same customers did on the days after `from`, up to and with `to`. */
export function outcomesBetween(
	log: PurchaseLog,
	customers: Uint32Array,
	from: number,
	to: number,
): { readonly purchases: Float64Array; readonly spend: Float64Array } {
	const purchases = new Float64Array(customers.length);
	const spend = new Float64Array(customers.length);
	customers.forEach((customer, row) => {
		const [start, end] = [placeAfter(log, customer, from), placeAfter(log, customer, to)];
		purchases[row] = end - start;
		spend[row] = log.amount.subarray(start, end).reduce((sum, amount) => sum + amount, 0);
	});
	return { purchases, spend };
}

function customersBy(log: PurchaseLog, lastDay: number): Uint32Array {
	return Uint32Array.from({ length: log.customers }, (_, customer) => customer).filter(
		(customer) => placeAfter(log, customer, lastDay) > (log.starts[customer] as number),
	);
}

/** The place of a customer's first purchase after a day. */
function placeAfter({ starts, day }: PurchaseLog, customer: number, lastDay: number): number {
	const end = starts[customer + 1] as number;
	let place = starts[customer] as number;
	while (place < end && (day[place] as number) <= lastDay) place++;
	return place;
}
