import { frameOf } from '$workers/table/frame';
import { type MatrixColumn, numberColumn } from '$workers/table/matrix';
import { amenitiesOf, frequentTokens, wordsOf } from './words';

/** Columns of a listings file by name (Inside Airbnb's), a text a row. */
export type ListingCells = Readonly<Record<string, readonly string[]>>;

/**
 * Never looked at: the price itself, where the row comes from, and who the host is (a host's other
 * listings are compared elsewhere, by number).
 */
const LEFT_OUT =
	/^(?:price|id|.*_url|scrape_id|last_scraped|calendar_last_scraped|source|host_id|host_name|host_about|name|description|neighborhood_overview|amenities|bathrooms_text|license|estimated_revenue.*)$/;
const AMENITIES = 80;
const NAME_WORDS = 25;
const DESCRIPTION_WORDS = 40;
const KILOMETRES_PER_DEGREE = 111.2;

/** What a listing says of itself: what can be told without the price of any listing. */
export function attributesOf(cells: ListingCells, train: Uint32Array): MatrixColumn[] {
	const own = Object.entries(cells).filter(([name]) => !LEFT_OUT.test(name));
	const told = frameOf(Object.fromEntries(own)).flatMap(({ column }) => (column ? [column] : []));
	return [...told, ...derived(cells, told), ...flags(cells, train)];
}

function derived(cells: ListingCells, told: readonly MatrixColumn[]): MatrixColumn[] {
	const count = cells.id?.length ?? Object.values(cells)[0]?.length ?? 0;
	const of = (name: string) =>
		told.find((column) => column.name === name)?.values ?? new Float64Array(count).fill(Number.NaN);
	const text = (name: string) => cells[name] ?? [];
	const baths = Float64Array.from({ length: count }, (_, row) =>
		bathroomsOf(text('bathrooms_text')[row] ?? ''),
	);
	const guests = of('accommodates');
	const over = (a: Float64Array, b: Float64Array) =>
		a.map((value, row) => ((b[row] as number) > 0 ? value / (b[row] as number) : Number.NaN));
	const length = (name: string) =>
		Float64Array.from({ length: count }, (_, row) => (text(name)[row] ?? '').length);
	const amenities = text('amenities').map((cell) => amenitiesOf(cell).size);
	return [
		numberColumn('baths', baths),
		numberColumn(
			'shared bath',
			Float64Array.from({ length: count }, (_, row) =>
				Number(/shared/i.test(text('bathrooms_text')[row] ?? '')),
			),
		),
		numberColumn('guests a bedroom', over(guests, of('bedrooms'))),
		numberColumn('guests a bed', over(guests, of('beds'))),
		numberColumn('guests a bath', over(guests, baths)),
		numberColumn(
			'amenities counted',
			Float64Array.from({ length: count }, (_, row) => amenities[row] ?? 0),
		),
		numberColumn('letters of description', length('description')),
		numberColumn('letters about host', length('host_about')),
		numberColumn('letters of neighbourhood', length('neighborhood_overview')),
		...fromTheMiddle(of('latitude'), of('longitude')),
	];
}

/** Kilometres to the median of all listings, and across, as trees cut at right angles alone. */
function fromTheMiddle(latitude: Float64Array, longitude: Float64Array): MatrixColumn[] {
	const { north, east } = inKilometres(latitude, longitude);
	return [
		numberColumn(
			'km from the middle',
			north.map((value, row) => Math.hypot(value, east[row] as number)),
		),
		numberColumn(
			'km north-east',
			north.map((value, row) => (value + (east[row] as number)) / Math.SQRT2),
		),
		numberColumn(
			'km north-west',
			north.map((value, row) => (value - (east[row] as number)) / Math.SQRT2),
		),
	];
}

/** Kilometres north and east of the median of all rows. */
export function inKilometres(latitude: Float64Array, longitude: Float64Array) {
	const middle = median(latitude);
	const meridian = median(longitude);
	const shrink = Math.cos((middle * Math.PI) / 180);
	return {
		north: latitude.map((value) => (value - middle) * KILOMETRES_PER_DEGREE),
		east: longitude.map((value) => (value - meridian) * KILOMETRES_PER_DEGREE * shrink),
	};
}

function median(values: Float64Array): number {
	const known = values.filter((value) => !Number.isNaN(value)).sort();
	return known[known.length >> 1] ?? 0;
}

/** Frequent amenities, and frequent words of name and description, as 0 and 1. */
function flags(cells: ListingCells, train: Uint32Array): MatrixColumn[] {
	const kinds = [
		['amenity', (cells.amenities ?? []).map(amenitiesOf), AMENITIES],
		['named', (cells.name ?? []).map(wordsOf), NAME_WORDS],
		['described', (cells.description ?? []).map(wordsOf), DESCRIPTION_WORDS],
	] as const;
	return kinds.flatMap(([kind, rows, most]) =>
		frequentTokens(rows, train, most).map((token) =>
			numberColumn(
				`${kind}: ${token}`,
				Float64Array.from(rows, (tokens) => Number(tokens.has(token))),
			),
		),
	);
}

/** `1.5 shared baths`, `Half-bath`; NaN where no number is said. */
function bathroomsOf(cell: string): number {
	if (/\bhalf-bath/i.test(cell)) return 0.5;
	const found = /\d+(?:\.\d+)?/.exec(cell);
	return found ? Number(found[0]) : Number.NaN;
}
