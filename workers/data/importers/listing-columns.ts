import { fileFault } from './file-fault';

/**
 * Where Inside Airbnb's listings keep what we keep; the short file of visualisations uses the second
 * names. Everything else in the file (host names, photos, descriptions, text by guests) is not read.
 */
const SOURCES = {
	id: ['id'],
	title: ['name'],
	latitude: ['latitude'],
	longitude: ['longitude'],
	roomType: ['room_type'],
	price: ['price'],
	host: ['host_id'],
	neighbourhood: ['neighbourhood_cleansed', 'neighbourhood'],
	region: ['neighbourhood_group_cleansed', 'neighbourhood_group'],
	area: ['neighbourhood'],
	propertyType: ['property_type'],
	guests: ['accommodates'],
	bedrooms: ['bedrooms'],
	beds: ['beds'],
	bathrooms: ['bathrooms'],
	bathroomsText: ['bathrooms_text'],
	minimumNights: ['minimum_nights'],
	amenities: ['amenities'],
	rating: ['review_scores_rating'],
	reviews: ['number_of_reviews'],
	firstReview: ['first_review'],
	lastSeen: ['last_scraped'],
} as const;

export type ListingField = keyof typeof SOURCES;

const NECESSARY: readonly ListingField[] = [
	'id',
	'title',
	'latitude',
	'longitude',
	'roomType',
	'price',
];

/** Where each field stands in a row; -1 where the file does not have it. */
export interface ListingColumns {
	readonly at: Readonly<Record<ListingField, number>>;
	/** Names as the file has them. */
	readonly kept: readonly string[];
	readonly ignored: number;
}

/** @throws FaultError FileTypeUnknown (no necessary column is there), ColumnMissing (one is not) */
export function findColumns(header: readonly string[]): ListingColumns {
	const places = new Map<string, number>();
	header.forEach((name, place) => {
		const plain = name.toLowerCase();
		if (!places.has(plain)) places.set(plain, place);
	});
	const find = (names: readonly string[]) =>
		places.get(names.find((name) => places.has(name)) ?? '') ?? -1;
	const entries = Object.entries(SOURCES).map(([field, names]) => [field, find(names)] as const);
	const at = Object.fromEntries(entries) as Record<ListingField, number>;
	refuseMissing(at);
	const used = new Set(Object.values(at).filter((place) => place >= 0));
	return {
		at,
		kept: [...used].sort((a, b) => a - b).map((place) => header[place] ?? ''),
		ignored: header.length - used.size,
	};
}

function refuseMissing(at: Readonly<Record<ListingField, number>>): void {
	const missing = NECESSARY.filter((field) => at[field] < 0);
	const [first] = missing;
	if (first === undefined) return;
	const names = missing.map((field) => SOURCES[field][0]);
	if (missing.length === NECESSARY.length)
		throw fileFault(
			'FileTypeUnknown',
			'This is not a listings file: its first line has none of the columns that one needs.',
			`Open a .csv or .csv.gz whose first line names ${names.join(', ')}.`,
			{ row: 0, column: names[0] },
		);
	throw fileFault(
		'ColumnMissing',
		names.length === 1
			? `The column ${names[0]} is missing.`
			: `The columns ${names.join(', ')} are missing.`,
		'Open the full listings file, not the calendar or the reviews.',
		{ row: 0, column: names[0] },
	);
}
