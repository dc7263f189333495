import type { BookingStatus, Books } from '$workers/table/bookings';
import { numbers, texts } from '$workers/table/column';
import { type Table, table } from '$workers/table/table';

const OVER: BookingStatus = 'checked out';
/** Guests of fewer homes say nothing of which go together. */
const FEWEST_HOMES = 2;

/**
 * Who stayed where, how often: what Spark's ALS learns from (docs/spark.md). Guests are numbers in the
 * order of their first appearance, no keys; those of one home alone are left out.
 */
export function guestHomeCounts({ bookings, properties }: Books): Table {
	const { guest, property, status } = bookings.columns;
	const over = status.names.indexOf(OVER);
	const stays = new Map<number, Map<number, number>>();
	for (let row = 0; row < bookings.count; row++) {
		if (status.codes[row] !== over) continue;
		const homes = stays.get(guest.values[row] as number) ?? new Map<number, number>();
		const home = property.values[row] as number;
		stays.set(guest.values[row] as number, homes.set(home, (homes.get(home) ?? 0) + 1));
	}
	const guests = [...stays.values()].filter((homes) => homes.size >= FEWEST_HOMES);
	const rows = guests.flatMap((homes, number) =>
		[...homes].map(([home, count]) => ({ number, home, count })),
	);
	return table({
		guest: numbers(Int32Array.from(rows, ({ number }) => number)),
		property: numbers(Int32Array.from(rows, ({ home }) => home)),
		key: texts(rows.map(({ home }) => properties.columns.key.values[home] ?? '')),
		count: numbers(Int32Array.from(rows, ({ count }) => count)),
	});
}
