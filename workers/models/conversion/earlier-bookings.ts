import type { BookingTable } from '$workers/table/bookings';

/**
 * For each booking: how many its guest had made on days before, and how many of these had been
 * cancelled by then. Nothing of the day itself, or later, counts.
 */
export function earlierBookings({ columns, count }: BookingTable) {
	const made = new Float64Array(count);
	const cancelled = new Float64Array(count);
	const ofGuest = new Map<number, number[]>();
	for (let row = 0; row < count; row++) {
		const guest = columns.guest.values[row] as number;
		const own = ofGuest.get(guest);
		if (own) own.push(row);
		else ofGuest.set(guest, [row]);
	}
	for (const rows of ofGuest.values())
		for (const row of rows) {
			const day = columns.booked_on.values[row] as number;
			for (const other of rows) {
				if ((columns.booked_on.values[other] as number) >= day) continue;
				made[row] = (made[row] as number) + 1;
				if ((columns.cancelled_on.values[other] as number) < day)
					cancelled[row] = (cancelled[row] as number) + 1;
			}
		}
	return { made, cancelled };
}
