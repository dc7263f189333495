import type { Home, HomeFilter, HomeOrder } from '$lib/contracts';
import { figures, floorWords, sentence, spelled } from './count';
import { insideSentence } from './features';
import { either, number } from './intl';
import { priceRange } from './money';

const TYPES: Record<Home['drawing']['type'], string> = {
	studio: 'studio',
	flat: 'flat',
	terraced: 'terraced house',
	detached: 'house',
	loft: 'loft',
	cabin: 'cabin',
};

/** Amenities that decide, of those that catalogues name; shown first. */
const TELLING = [
	'balcony',
	'garden',
	'backyard',
	'patio',
	'lift',
	'elevator',
	'pool',
	'waterfront',
	'parking',
	'washer',
	'air conditioning',
	'kitchen',
	'pets allowed',
];

const ORDERS: Record<HomeOrder, string> = {
	fit: 'Best fit first',
	'price-up': 'Lowest price first',
	'price-down': 'Highest price first',
	rating: 'Best rated first',
	newest: 'Newest first',
	relevance: 'Closest to the search first',
};

/** What kind of home it is, in its own attributes' words: `two-bed flat, fourth floor`. */
export function homeKind(home: Home): string {
	const { type, floor } = home.drawing;
	const beds = bedroomCount(home);
	const kind = beds >= 1 && type !== 'studio' ? `${spelled(beds)}-bed ${TYPES[type]}` : TYPES[type];
	return type === 'flat' && floor !== undefined ? `${kind}, ${floorWords(floor)}` : kind;
}

/** The home's own title, or what kind it is where the source gives none. */
export function homeTitle(home: Home): string {
	return home.title.trim() || sentence(homeKind(home));
}

/** Inside a sentence: the title in quotes, or `the two-bed flat`. */
export function homeNamed(home: Home): string {
	const title = home.title.trim();
	return title ? `“${title}”` : `the ${homeKind(home)}`;
}

/** Under the title: `Juniper Hill · 2 bedrooms · balcony · lift`. */
export function homeSubtitle(home: Home, locale?: string): string {
	return [home.neighbourhood, bedroomWords(home, locale), ...tellingAmenities(home, 2)]
		.filter(Boolean)
		.join(' · ');
}

/** The amenities that tell most of this home, at most `count`, in sentence case. */
export function tellingAmenities(home: Home, count: number): string[] {
	const lower = home.amenities.map((amenity) => amenity.toLowerCase());
	return TELLING.filter((word) => lower.some((amenity) => amenity === word))
		.slice(0, count)
		.map(insideSentence);
}

/** `studio`, `1 bedroom`, `3 bedrooms`; empty where the source does not say. */
export function bedroomWords(home: Home, locale?: string): string {
	if (home.bedrooms === 0) return 'studio';
	return Number.isNaN(home.bedrooms) ? '' : figures(home.bedrooms, 'bedroom', undefined, locale);
}

function bedroomCount(home: Home): number {
	return Number.isNaN(home.bedrooms) ? (home.drawing.bedrooms ?? 0) : home.bedrooms;
}

/** `Best fit first`. */
export function orderWords(order: HomeOrder): string {
	return ORDERS[order];
}

/** What a filter asks for, as the words of a remembered search: `“garden”, under $1,800`. */
export function filterWords(filter: HomeFilter, currency: string, locale?: string): string {
	const range =
		filter.priceFrom !== undefined || filter.priceTo !== undefined
			? priceRange(filter.priceFrom, filter.priceTo, currency, locale)
			: '';
	const parts = [
		filter.text ? `“${filter.text}”` : '',
		range,
		filter.roomTypes?.length ? either(filter.roomTypes.map(insideSentence)) : '',
		bedroomsFilterWords(filter.bedroomsFrom, locale),
		filter.guestsFrom ? `for ${figures(filter.guestsFrom, 'guest', undefined, locale)}` : '',
		filter.amenities?.length ? filter.amenities.map(insideSentence).join(' and ') : '',
		filter.neighbourhoods?.length ? `in ${either(filter.neighbourhoods)}` : '',
	];
	return parts.filter(Boolean).join(', ');
}

/** `2 or more bedrooms`; empty without a bound. */
export function bedroomsFilterWords(from: number | undefined, locale?: string): string {
	if (!from) return '';
	return `${number(from, 0, locale)} or more bedrooms`;
}
