import type { PropertyColumns } from './bookings';

interface Titled {
	readonly count: number;
	readonly columns: Pick<PropertyColumns, 'title' | 'destination'>;
}

/**
 * What each property is called on a page. Where a title repeats its place stands beside it, and where
 * that repeats too, its number among those alike: hosts call many homes the same.
 */
export function titlesOf({ properties }: { readonly properties: Titled }): string[] {
	const { destination, title } = properties.columns;
	const titles = Array.from({ length: properties.count }, (_, row) => title.values[row] ?? '');
	const repeats = repeated(titles);
	const placed = titles.map((own, row) => {
		const place = destination.names[destination.codes[row] as number];
		return repeats.has(own) && place ? `${own}, ${place}` : own;
	});
	const still = repeated(placed);
	const seen = new Map<string, number>();
	return placed.map((own) => {
		if (!still.has(own)) return own;
		const number = (seen.get(own) ?? 0) + 1;
		seen.set(own, number);
		return `${own} (${number})`;
	});
}

function repeated(titles: readonly string[]): Set<string> {
	const seen = new Set<string>();
	return new Set(titles.filter((own) => seen.size === seen.add(own).size));
}
