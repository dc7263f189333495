import type { CivilDay } from '$workers/table/civil';
import { add, type Curves, eachArrival } from './curves';
import { type Ledger } from './ledger';

/** How far back the books are compared with themselves, in days. */
export const LOOK_BACK = [7, 14, 28] as const;

/**
 * What the books held at the end of a day for the days after it: `[series · (reach + 1) + ahead]`,
 * `ahead` from 1. A booking counts from the day on which it was made to the day before it was
 * cancelled.
 */
export interface Snapshot {
	readonly day: CivilDay;
	readonly reach: number;
	readonly value: Float64Array;
	/** Bookings. */
	readonly count: Float64Array;
	/** Value, each booking by the share of its kind that is kept; equal to `value` without curves. */
	readonly expected: Float64Array;
	/** Value so many days before, as `LOOK_BACK` has them. */
	readonly before: readonly Float64Array[];
}

export function snapshotOn(
	ledger: Ledger,
	day: CivilDay,
	reach: number,
	curves?: Curves,
): Snapshot {
	const size = reach + 1;
	const sums = () => new Float64Array(ledger.seriesCount * size);
	const [value, count, expected] = [sums(), sums(), sums()];
	const before = LOOK_BACK.map(sums);
	const { booked, left } = ledger;
	eachArrival(ledger, day + 1, day + reach, (b, arrival) => {
		if ((booked[b] as number) > day) return;
		const at = (ledger.series[b] as number) * size + arrival - day;
		const worth = ledger.value[b] as number;
		if ((left[b] as number) > day) {
			add(value, at, worth);
			add(count, at, 1);
			add(expected, at, worth * (curves ? keptOf(ledger, curves, b, arrival - day) : 1));
		}
		LOOK_BACK.forEach((days, i) => {
			if ((booked[b] as number) <= day - days && (left[b] as number) > day - days)
				add(before[i] as Float64Array, at, worth);
		});
	});
	return { day, reach, value, count, expected, before };
}

function keptOf(ledger: Ledger, { kept, reach }: Curves, booking: number, ahead: number): number {
	const kind =
		(ledger.series[booking] as number) * ledger.kindCount + (ledger.kind[booking] as number);
	return kept[kind * (reach + 1) + Math.min(ahead, reach)] as number;
}
