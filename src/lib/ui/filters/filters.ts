import type { HomeFilter } from '$lib/contracts';

/** The filter with one part changed; a part that lets everything through is left out. */
export function withPart<Part extends keyof HomeFilter>(
	filter: HomeFilter,
	part: Part,
	value: HomeFilter[Part] | undefined,
): HomeFilter {
	const rest = Object.fromEntries(Object.entries(filter).filter(([name]) => name !== part));
	const empty =
		value === undefined || value === '' || value === 0 || (Array.isArray(value) && !value.length);
	return empty ? rest : { ...rest, [part]: value };
}

/** The filter with another price range; an end at the scale's own end is open. */
export function withPrice(
	filter: HomeFilter,
	scale: { readonly from: number; readonly to: number },
	from: number,
	to: number,
): HomeFilter {
	const low = withPart(filter, 'priceFrom', from > scale.from ? from : undefined);
	return withPart(low, 'priceTo', to < scale.to ? to : undefined);
}

/** How many parts are on; the text counts, `only` does not: a person did not choose it here. */
export function partsOn(filter: HomeFilter): number {
	const price = filter.priceFrom !== undefined || filter.priceTo !== undefined ? 1 : 0;
	const lists = [filter.roomTypes, filter.amenities, filter.neighbourhoods];
	const numbers = [filter.bedroomsFrom, filter.guestsFrom];
	return (
		price +
		(filter.text ? 1 : 0) +
		lists.filter((list) => list?.length).length +
		numbers.filter((value) => value).length
	);
}
