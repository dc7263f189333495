import type { Books } from '$workers/table/bookings';
import { nameAt } from '$workers/table/column';

/** Bookings that became stays or still may, in the order in which they were made. */
export interface Stays {
	readonly count: number;
	/** Rows of the booking table. */
	readonly rows: Uint32Array;
	readonly property: Uint32Array;
	readonly guest: Uint32Array;
	/** Civil days. */
	readonly bookedOn: Int32Array;
	readonly arrivesOn: Int32Array;
}

const NO_STAY = new Set(['cancelled', 'no-show']);

export function staysOf({ bookings }: Books): Stays {
	const { arrives_on: arrivesOn, booked_on: bookedOn, guest, property, status } = bookings.columns;
	const rows = Uint32Array.from(
		Array.from({ length: bookings.count }, (_, row) => row)
			.filter((row) => !NO_STAY.has(nameAt(status, row)))
			.sort((a, b) => (bookedOn.values[a] as number) - (bookedOn.values[b] as number)),
	);
	const picked = ({ values }: { readonly values: ArrayLike<number> }) =>
		Array.from(rows, (row) => values[row] as number);
	return {
		count: rows.length,
		rows,
		property: Uint32Array.from(picked(property)),
		guest: Uint32Array.from(picked(guest)),
		bookedOn: Int32Array.from(picked(bookedOn)),
		arrivesOn: Int32Array.from(picked(arrivesOn)),
	};
}

/** Of all stays, in order of booking, the first that is tried: the earlier ones are learned from. */
const LEARNED_SHARE = 0.8;

/**
 * Where the stays that are learned from end: at the beginning of a day, so that no booking is tried
 * that was made on a day that was learned from.
 */
export function splitAt({ bookedOn, count }: Stays): number {
	const day = bookedOn[Math.floor(LEARNED_SHARE * count)] as number;
	return bookedOn.findIndex((booked) => booked >= day);
}
