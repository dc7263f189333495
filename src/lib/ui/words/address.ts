import type { Home, HomeFilter, HomeOrder } from '$lib/contracts';

/**
 * Addresses inside the app. What is looked at stands behind the `#`: a browser never sends that part,
 * so that not even a reload without the service worker tells the host.
 */
export const homeHref = (home: Pick<Home, 'key'>): string =>
	`/home#${encodeURIComponent(home.key)}`;

/** The key behind the `#`. */
export const keyFromHash = (hash: string): string => decodeSafely(hash.slice(1));

/**
 * A search as the part behind the `#`, so that Back and a reload bring it up again. Without the words
 * that were typed: the browser writes addresses into its history, where no erasing of ours reaches.
 */
export function searchHash(filter: HomeFilter, order: HomeOrder): string {
	const entries = Object.entries({ ...filter, order }).filter(([name]) => name !== 'text');
	return `#${new URLSearchParams(entries.map(([name, value]) => [name, JSON.stringify(value)]))}`;
}

const NUMBERS = ['priceFrom', 'priceTo', 'bedroomsFrom', 'guestsFrom'] as const;
const LISTS = ['roomTypes', 'amenities', 'neighbourhoods'] as const;
const ORDERS: readonly HomeOrder[] = [
	'fit',
	'price-up',
	'price-down',
	'rating',
	'newest',
	'relevance',
];

/** The inverse of `searchHash`; parts that can't be read are left out. */
export function searchFromHash(hash: string): {
	filter: Omit<HomeFilter, 'text'>;
	order: HomeOrder;
} {
	const parameters = new URLSearchParams(hash.slice(1));
	const read = (name: string) => parseSafely(parameters.get(name));
	const parts = [
		...NUMBERS.map((name) => [name, read(name)] as const).filter(([, v]) => Number.isFinite(v)),
		...LISTS.map((name) => [name, read(name)] as const).filter(([, v]) => isTexts(v)),
	];
	const order = read('order');
	return {
		filter: Object.fromEntries(parts) as Omit<HomeFilter, 'text'>,
		order: ORDERS.find((known) => known === order) ?? 'fit',
	};
}

const isTexts = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((item) => typeof item === 'string');

function parseSafely(text: string | null): unknown {
	try {
		return text === null ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

function decodeSafely(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
