import type { Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';

/** A destination with a smaller share of all arrivals goes with the others. */
const LEAST_SHARE = 0.15;

/**
 * Destinations that are forecast apart, and the others together: each fills in its own way, and few
 * bookings teach little. Decided by the arrivals up to `until`.
 */
export function destinationsApart(
	{ bookings: { columns, count }, properties }: Books,
	until: CivilDay,
): { readonly seriesOf: (booking: number) => number; readonly count: number } {
	const { codes, names } = properties.columns.destination;
	const property = columns.property.values;
	const arrivals = new Float64Array(Math.max(1, names.length));
	const used = new Set<number>();
	let all = 0;
	for (let row = 0; row < count; row++) {
		const code = codes[property[row] as number] ?? 0;
		used.add(code);
		if ((columns.arrives_on.values[row] as number) > until) continue;
		arrivals[code] = (arrivals[code] as number) + 1;
		all++;
	}
	const large = [...arrivals.keys()].filter(
		(code) => (arrivals[code] as number) >= all * LEAST_SHARE,
	);
	// By name, so that the order of the file is without effect.
	large.sort((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1));
	const others = used.size > large.length || large.length === 0;
	const place = new Map(large.map((code, i) => [code, i]));
	return {
		seriesOf: (row) => place.get(codes[property[row] as number] ?? 0) ?? large.length,
		count: large.length + (others ? 1 : 0),
	};
}
