import type { Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';

/** Properties that are forecast, busiest first by arrivals up to `until`; at most `most`. */
export function busiestProperties(
	{ bookings: { columns, count }, properties }: Books,
	until: CivilDay,
	most: number,
): number[] {
	const arrivals = new Float64Array(properties.count);
	for (let row = 0; row < count; row++) {
		const property = columns.property.values[row] as number;
		const arrived = (columns.arrives_on.values[row] as number) <= until;
		if (arrived && property < arrivals.length)
			arrivals[property] = (arrivals[property] as number) + 1;
	}
	const { values: keys } = properties.columns.key;
	// Ties by key, so that the order of the file is without effect.
	return [...arrivals.keys()]
		.sort(
			(a, b) =>
				(arrivals[b] as number) - (arrivals[a] as number) ||
				((keys[a] as string) < (keys[b] as string) ? -1 : 1),
		)
		.slice(0, most);
}
