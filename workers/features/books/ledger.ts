import type { Books } from '$workers/table/bookings';
import type { Column } from '$workers/table/column';
import type { CivilDay } from '$workers/table/civil';

/**
 * Bookings in order of arrival, each with the days on which the books changed by it. All that a day's
 * books hold is read from here by comparing these days with that day; nothing else says what was
 * known when.
 */
export interface Ledger {
	/** First and last day of arrival. */
	readonly first: CivilDay;
	readonly last: CivilDay;
	/** Bookings `starts[i]` to `starts[i + 1]` (excluded) arrive on `first + i`. */
	readonly starts: Uint32Array;
	readonly booked: Int32Array;
	/** Day on which it left the books; `NEVER` where it did not. */
	readonly left: Int32Array;
	/** What it counts for: money, or 1. */
	readonly value: Float64Array;
	readonly series: Int32Array;
	/** Bookings of a kind (deposit and channel) are kept or cancelled alike. */
	readonly kind: Uint16Array;
	readonly seriesCount: number;
	readonly kindCount: number;
}

export const NEVER = 2_147_483_647;

export interface LedgerOptions {
	/** What a booking counts for. */
	readonly value: (booking: number) => number;
	/** Series of a booking, from 0; -1 leaves it out. */
	readonly series: (booking: number) => number;
	readonly seriesCount: number;
}

/**
 * A no-show leaves the books on the day of arrival, when it is first known; so does a cancelled
 * booking without a day. A day after arrival counts as the day of arrival.
 */
export function ledgerOf(books: Books, options: LedgerOptions): Ledger {
	const { columns, count } = books.bookings;
	const arrives = columns.arrives_on.values;
	const taken = Array.from({ length: count }, (_, row) => row).filter(
		(row) => options.series(row) >= 0 && Number.isFinite(options.value(row)),
	);
	taken.sort((a, b) => (arrives[a] as number) - (arrives[b] as number) || a - b);
	const first = taken.length ? (arrives[taken[0] as number] as number) : books.asOf;
	const last = taken.length ? (arrives[taken.at(-1) as number] as number) : books.asOf - 1;
	const kinds = bookingKinds(books);
	return {
		first,
		last,
		starts: startsOf(taken, arrives, first, last),
		booked: Int32Array.from(taken, (row) => columns.booked_on.values[row] as number),
		left: Int32Array.from(taken, (row) => leftOn(books, row)),
		value: Float64Array.from(taken, options.value),
		series: Int32Array.from(taken, options.series),
		kind: Uint16Array.from(taken, (row) => kinds.codes[row] as number),
		seriesCount: options.seriesCount,
		kindCount: kinds.count,
	};
}

function startsOf(
	taken: readonly number[],
	arrives: ArrayLike<number>,
	first: CivilDay,
	last: CivilDay,
): Uint32Array {
	const starts = new Uint32Array(last - first + 2);
	for (const row of taken) {
		const next = (arrives[row] as number) - first + 1;
		starts[next] = (starts[next] as number) + 1;
	}
	for (let i = 1; i < starts.length; i++)
		starts[i] = (starts[i] as number) + (starts[i - 1] as number);
	return starts;
}

function leftOn({ bookings: { columns } }: Books, row: number): number {
	const status = columns.status.names[columns.status.codes[row] as number];
	const arrives = columns.arrives_on.values[row] as number;
	if (status === 'no-show') return arrives;
	if (status !== 'cancelled') return NEVER;
	const day = columns.cancelled_on.values[row] as number;
	return Number.isFinite(day) ? Math.min(day, arrives) : arrives;
}

/** Columns of other systems that say more finely than `channel` where a booking came from. */
const FINER_CHANNEL = 'market_segment';

/** Deposit and channel together; both are known when a booking is made. */
function bookingKinds(books: Books): { readonly codes: Uint16Array; readonly count: number } {
	const { channel, deposit } = books.bookings.columns;
	const finer: Column | undefined = Object.hasOwn(books.extras, FINER_CHANNEL)
		? books.extras[FINER_CHANNEL]
		: undefined;
	const from = finer?.type === 'category' ? finer : channel;
	const width = Math.max(1, deposit.names.length);
	return {
		codes: from.codes.map((code, row) => code * width + (deposit.codes[row] as number)),
		count: Math.max(1, from.names.length) * width,
	};
}

/** What came of each day and series: `values[series * days + i]` of day `first + i`. */
export interface Outcomes {
	readonly first: CivilDay;
	readonly days: number;
	readonly values: Float64Array;
}

/** Bookings that were kept, by day of arrival, from the first to `end`: the last day that is over. */
export function outcomesOf(ledger: Ledger, end: CivilDay): Outcomes {
	const days = Math.max(0, end - ledger.first + 1);
	const values = new Float64Array(days * ledger.seriesCount);
	for (let i = 0; i < Math.min(days, ledger.starts.length - 1); i++)
		for (let b = ledger.starts[i] as number; b < (ledger.starts[i + 1] as number); b++)
			if (ledger.left[b] === NEVER) {
				const at = (ledger.series[b] as number) * days + i;
				values[at] = (values[at] as number) + (ledger.value[b] as number);
			}
	return { first: ledger.first, days, values };
}
