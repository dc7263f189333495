import type { Missing } from '$lib/contracts/insight';
import type { Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';

/** Days from the first arrival to the first origin: a year and a quarter, so that last year is known. */
const USUAL_START = 457;
/** Days of arrivals that a first origin needs before it. */
const LEAST_START = 120;
const FEWEST_ORIGINS = 3;
const USUAL_EVERY = 30;
/** Days between two looks at the books; not a week, so that all weekdays are seen. */
export const STEP = 6;
/** Days after the last origin, where there is history enough. */
const USUAL_TAIL = 90;
/** Arrivals of so many days come before the first look at the books. */
const FIRST_LOOK = 40;
/** Fits before the first origin, whose forecasts say how far to trust the first. */
const WARM_UP = 4;
/** Of more origins than this, only some have a fit of their own: the others use the one before. */
const MOST_FITS = 10;

export interface ProtocolOptions {
	/** First and last origin: the last day of which all is known. */
	readonly from?: CivilDay;
	readonly to?: CivilDay;
	/** Days from one origin to the next; 30 unless told otherwise. */
	readonly every?: number;
	/** Days from one look at the books to the next; 6 unless told otherwise. */
	readonly step?: number;
}

/**
 * A rolling-origin protocol. An origin is the last day known: what was booked and cancelled up to
 * it, itself included, may be used, and the days 1 to `horizon` come after it.
 */
export interface Protocol {
	readonly first: CivilDay;
	/** Last day of which all is known; the days to be forecast come after it. */
	readonly end: CivilDay;
	/** No arrivals are known after `end`, though there must be bookings for them. */
	readonly cut: boolean;
	readonly origins: readonly CivilDay[];
	/** Days on which trees are fitted: some before the first origin, origins, and `end`. */
	readonly fits: readonly CivilDay[];
	/** Days on which the books are looked at, ascending; the origins and `end` are among them. */
	readonly looks: readonly CivilDay[];
}

/**
 * The origins of a backtest, from 457 days after the first arrival to 90 days before the last; of a
 * shorter history the last three that fit. A RangeError where origins are asked for outside of it.
 */
export function protocolOf(
	books: Books,
	horizon: number,
	options: ProtocolOptions = {},
): Protocol | { readonly missing: Missing } {
	if (books.bookings.count === 0) return { missing: { reason: 'NoBookings' } };
	const { first, last } = spanOf(books);
	const cut = !(last >= books.asOf);
	const end = cut ? last : books.asOf - 1;
	const every = options.every ?? USUAL_EVERY;
	const have = Math.max(0, end - first + 1);
	const needFor = (tail: number) => LEAST_START + every * (FEWEST_ORIGINS - 1) + tail + 1;
	const need = needFor(horizon);
	const to = options.to ?? end - (have < needFor(USUAL_TAIL) ? horizon : USUAL_TAIL);
	const shrunk = Math.min(first + USUAL_START, to - every * (FEWEST_ORIGINS - 1));
	const from = options.from ?? shrunk;
	if (have < need) return { missing: { reason: 'TooShort', have, need } };
	if (from < first + LEAST_START || to < from || to + horizon > end)
		throw new RangeError(
			`origins must lie from ${LEAST_START} days after the first arrival to ${horizon} days before the last`,
		);
	const origins = stepsBetween(from, to, every);
	return {
		first,
		end,
		cut,
		origins,
		...fitsAndLooks(first, end, origins, every, options.step ?? STEP),
	};
}

function fitsAndLooks(
	first: CivilDay,
	end: CivilDay,
	origins: readonly CivilDay[],
	every: number,
	step: number,
): Pick<Protocol, 'fits' | 'looks'> {
	const [from] = origins as [CivilDay];
	const firstLook = from - Math.floor((from - first - FIRST_LOOK) / step) * step;
	const warm = Array.from({ length: WARM_UP }, (_, i) => from - every * (WARM_UP - i));
	const stride = Math.ceil(origins.length / MOST_FITS);
	const fitted = origins.filter((_, i) => i % stride === 0);
	const fits = [...warm, ...fitted, end].filter((day) => day >= firstLook + 2 * step);
	const looks = new Set([...stepsBetween(firstLook, end, step), ...origins, ...fits]);
	return { fits: [...new Set(fits)], looks: [...looks].sort((a, b) => a - b) };
}

function stepsBetween(from: CivilDay, to: CivilDay, every: number): CivilDay[] {
	const days: CivilDay[] = [];
	for (let day = from; day <= to; day += every) days.push(day);
	return days;
}

/** First and last day of arrival. */
export function spanOf({ bookings }: Books): { readonly first: CivilDay; readonly last: CivilDay } {
	let first = Number.POSITIVE_INFINITY;
	let last = Number.NEGATIVE_INFINITY;
	for (const day of bookings.columns.arrives_on.values) {
		first = Math.min(first, day);
		last = Math.max(last, day);
	}
	return { first, last };
}
