import { weekday } from '$workers/table/calendar';
import type { CivilDay } from '$workers/table/civil';
import { type Ledger, NEVER, type Outcomes } from './ledger';

/** Arrivals of so many days tell what is kept of the books. */
const KEPT_WINDOW = 180;
/** Arrivals of so many days tell what is still to come, which changes faster. */
const PICKUP_WINDOW = 56;
/** Rates are smoothed over so many leads to either side. */
const SMOOTH = 4;
/** A rate is pulled to that of all kinds as if so many usual days had been seen to have it. */
const PRIOR_DAYS = 3;
/** A weekday's pick-up is pulled to that of all days as if it had been seen so often. */
const PRIOR_WEEKDAYS = 2;

/** What the arrivals up to a day teach of bookings: how many are kept, and how many still come. */
export interface Curves {
	readonly reach: number;
	/** Share kept of what is on the books so many days ahead: `[(series · kinds + kind) · (reach + 1) + ahead]`. */
	readonly kept: Float64Array;
	/** Kept value that a day still takes on from so many days ahead: `[series · (reach + 1) + ahead]`. */
	readonly pickup: Float64Array;
	/** The same by weekday: `[(series · 7 + weekday) · (reach + 1) + ahead]`. */
	readonly pickupByWeekday: Float64Array;
	/** Final value over what is on the books so many days ahead, over the same days. */
	readonly growth: Float64Array;
}

/**
 * Additive pick-up and survival curves of the classical advance booking models (Weatherford and Kimes
 * 2003), from arrivals on or before `day` alone; `reach` is how many days ahead they go.
 */
export function curvesOn(ledger: Ledger, outcomes: Outcomes, day: CivilDay, reach: number): Curves {
	const size = reach + 1;
	const { seriesCount, kindCount } = ledger;
	const books = new Float64Array(seriesCount * kindCount * size);
	const kept = new Float64Array(seriesCount * kindCount * size);
	const from = Math.max(ledger.first, day - KEPT_WINDOW + 1);
	eachArrival(ledger, from, day, (b, arrival) => {
		const start = ((ledger.series[b] as number) * kindCount + (ledger.kind[b] as number)) * size;
		const value = ledger.value[b] as number;
		const lead = Math.min(arrival - (ledger.booked[b] as number), reach);
		add(books, start + lead, value);
		const left = ledger.left[b] as number;
		if (left === NEVER) add(kept, start + lead, value);
		else add(books, start + Math.min(arrival - left, lead), -value);
	});
	for (const sums of [books, kept]) sumFromFar(sums, size);
	const usual = usualDays(ledger, outcomes, day);
	return {
		reach,
		kept: keptRates(books, kept, usual, ledger, size),
		...pickupOn(ledger, outcomes, day, reach),
	};
}

/** Mean kept value a day of each series over the window, all kinds together. */
function usualDays(ledger: Ledger, outcomes: Outcomes, day: CivilDay): Float64Array {
	return Float64Array.from({ length: ledger.seriesCount }, (_, series) =>
		meanOutcome(outcomes, series, day - PICKUP_WINDOW + 1, day),
	);
}

/** Mean of a series from one day to another, both included; days before the first are left out. */
export function meanOutcome(
	{ first, days, values }: Outcomes,
	series: number,
	from: CivilDay,
	to: CivilDay,
): number {
	const low = Math.max(0, from - first);
	const high = Math.min(days - 1, to - first);
	let sum = 0;
	for (let i = low; i <= high; i++) sum += values[series * days + i] as number;
	const count = to - Math.max(first, from) + 1;
	return count > 0 ? sum / count : Number.NaN;
}

/** A kind of a series is pulled to the series, and that to the kind in all series. */
function keptRates(
	books: Float64Array,
	kept: Float64Array,
	usual: Float64Array,
	{ seriesCount, kindCount }: Ledger,
	size: number,
): Float64Array {
	const ofBooks = smoothRows(books, size);
	const ofKept = smoothRows(kept, size);
	const byKind = (sums: Float64Array) => sumGroups(sums, kindCount * size);
	const byLead = (sums: Float64Array) => sumGroups(sums, size);
	const [kindBooks, kindKept] = [byKind(ofBooks), byKind(ofKept)];
	const [allBooks, allKept] = [byLead(kindBooks), byLead(kindKept)];
	const strength = PRIOR_DAYS * usual.reduce((sum, value) => sum + value, 0);
	const rates = new Float64Array(books.length);
	for (let at = 0; at < rates.length; at++) {
		const inKind = at % (kindCount * size);
		const lead = at % size;
		const all = pulled(allKept, allBooks, lead, 1, 0);
		const kind = seriesCount > 1 ? pulled(kindKept, kindBooks, inKind, all, strength) : all;
		const own = PRIOR_DAYS * (usual[Math.floor(at / (kindCount * size))] as number);
		rates[at] = Math.min(1, Math.max(0, pulled(ofKept, ofBooks, at, kind, own)));
	}
	return rates;
}

/** A rate pulled `toward` another, as if that had been seen in `strength` more. */
function pulled(
	top: Float64Array,
	bottom: Float64Array,
	at: number,
	toward: number,
	strength: number,
): number {
	const seen = (bottom[at] as number) + strength;
	return seen > 0 ? ((top[at] as number) + toward * strength) / seen : toward;
}

/** Sums of what stands at equal places of rows of `size`. */
function sumGroups(sums: Float64Array, size: number): Float64Array {
	const grouped = new Float64Array(size);
	for (let at = 0; at < sums.length; at++) add(grouped, at % size, sums[at] as number);
	return grouped;
}

function pickupOn(ledger: Ledger, outcomes: Outcomes, day: CivilDay, reach: number) {
	const size = reach + 1;
	const { seriesCount } = ledger;
	const from = Math.max(ledger.first, day - PICKUP_WINDOW + 1);
	const late = new Float64Array(seriesCount * 7 * size);
	const books = new Float64Array(seriesCount * size);
	eachArrival(ledger, from, day, (b, arrival) => {
		const series = ledger.series[b] as number;
		const value = ledger.value[b] as number;
		const lead = arrival - (ledger.booked[b] as number);
		const left = ledger.left[b] as number;
		const near = left === NEVER ? 0 : Math.min(arrival - left, lead) + 1;
		for (let ahead = near; ahead <= Math.min(lead, reach); ahead++)
			add(books, series * size + ahead, value);
		const start = (series * 7 + weekday(arrival)) * size;
		if (left === NEVER && lead < reach) add(late, start + lead + 1, value);
	});
	sumFromNear(late, size);
	const counts = weekdayCounts(from, day);
	const all = counts.reduce((sum, count) => sum + count, 0);
	const pickup = new Float64Array(seriesCount * size);
	const pickupByWeekday = new Float64Array(late.length);
	const growth = new Float64Array(books.length);
	for (let series = 0; series < seriesCount; series++) {
		const final = meanOutcome(outcomes, series, from, day) * all;
		for (let ahead = 0; ahead < size; ahead++) {
			const at = series * size + ahead;
			let sum = 0;
			for (let week = 0; week < 7; week++)
				sum += late[(series * 7 + week) * size + ahead] as number;
			pickup[at] = sum / Math.max(1, all);
			for (let week = 0; week < 7; week++) {
				const own = (series * 7 + week) * size + ahead;
				pickupByWeekday[own] =
					((late[own] as number) + PRIOR_WEEKDAYS * (pickup[at] as number)) /
					((counts[week] as number) + PRIOR_WEEKDAYS);
			}
			growth[at] = (books[at] as number) > 0 ? final / (books[at] as number) : Number.NaN;
		}
	}
	return { pickup, pickupByWeekday, growth };
}

function weekdayCounts(from: CivilDay, to: CivilDay): number[] {
	const counts = new Array<number>(7).fill(0);
	for (let day = from; day <= to; day++)
		counts[weekday(day)] = (counts[weekday(day)] as number) + 1;
	return counts;
}

/** Bookings that arrive from one day to another, both included. */
export function eachArrival(
	{ first, starts }: Ledger,
	from: CivilDay,
	to: CivilDay,
	take: (booking: number, arrival: CivilDay) => void,
): void {
	const days = starts.length - 1;
	for (let i = Math.max(0, from - first); i <= Math.min(days - 1, to - first); i++)
		for (let b = starts[i] as number; b < (starts[i + 1] as number); b++) take(b, first + i);
}

export function add(sums: Float64Array, at: number, value: number): void {
	sums[at] = (sums[at] as number) + value;
}

/** Each row of `size` becomes its sums from the end: what was booked at least so far ahead. */
function sumFromFar(sums: Float64Array, size: number): void {
	for (let start = 0; start < sums.length; start += size)
		for (let i = start + size - 2; i >= start; i--) add(sums, i, sums[i + 1] as number);
}

/** Each row of `size` becomes its sums from the beginning: what was booked nearer than that. */
function sumFromNear(sums: Float64Array, size: number): void {
	for (let start = 0; start < sums.length; start += size)
		for (let i = start + 1; i < start + size; i++) add(sums, i, sums[i - 1] as number);
}

/** Sums over the leads around each, row by row; a row's ends have fewer. */
function smoothRows(sums: Float64Array, size: number): Float64Array {
	const smooth = new Float64Array(sums.length);
	for (let start = 0; start < sums.length; start += size) {
		let sum = 0;
		for (let i = -SMOOTH; i < size; i++) {
			if (i + SMOOTH < size) sum += sums[start + i + SMOOTH] as number;
			if (i - SMOOTH > 0) sum -= sums[start + i - SMOOTH - 1] as number;
			if (i >= 0) smooth[start + i] = sum;
		}
	}
	return smooth;
}
