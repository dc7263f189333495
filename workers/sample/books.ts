import { categories, nameAt, numbers, texts } from '$workers/table/column';
import type { Books, PropertyTable } from '$workers/table/bookings';
import { type HomeTable, values } from '$workers/table/homes';
import { table } from '$workers/table/table';
import { sampleBookings } from './bookings';
import { sampleTown } from './homes';
import { nightlyPrice } from './prices';
import { AS_OF } from './town';

export interface SampleBooksOptions {
	readonly seed: number | string;
	/** 24 unless told otherwise. */
	readonly managed?: number;
	/** 3,600 unless told otherwise. */
	readonly guests?: number;
	/** 3 unless told otherwise. */
	readonly years?: number;
	/** Days to come whose prices stand in the calendar; 120 unless told otherwise. */
	readonly calendarAhead?: number;
}

const YEAR = 365.25;

/**
 * The books of somebody who lets some homes of the sample town, as a manager's models take them:
 * three years of bookings, guests, looks at the homes and asked prices. All of it is made up.
 */
export function sampleBooks(options: SampleBooksOptions): Books {
	const { seed, managed = 24, guests = 3600, years = 3, calendarAhead = 120 } = options;
	const { homes, facts } = sampleTown({ seed });
	const from = AS_OF - Math.round(years * YEAR);
	const sample = sampleBookings({ seed, homes, from, years, guests, managed, calendarAhead });
	const numberOf = new Map(Array.from(sample.managed, (row, i) => [row, i]));
	const renumbered = (column: { readonly values: ArrayLike<number> }) =>
		numbers(Uint32Array.from(column.values, (row) => numberOf.get(row) ?? 0));
	return {
		properties: managedProperties(homes, sample.managed),
		bookings: table({
			...sample.bookings.columns,
			property: renumbered(sample.bookings.columns.property),
		}),
		extras: {},
		guests: sample.guests,
		engagement: table({
			...sample.events.columns,
			property: renumbered(sample.events.columns.property),
		}),
		daily: table({
			...sample.daily.columns,
			property: renumbered(sample.daily.columns.property),
		}),
		holidays: sample.holidays,
		asOf: sample.asOf,
		currency: facts.currency,
		sample: true,
	};
}

/** Streets of the invented town: a manager calls homes by their address. */
const STREETS = [
	'Mill Lane',
	'Harbour Row',
	'Park Court',
	'Pond Street',
	'Lantern Quay',
	'Orchard Hill',
	'Foundry Yard',
	'Chapel Steps',
	'Weaver Walk',
	'Tannery Bridge',
	'Almond Terrace',
	'Ferry Stairs',
];

/** As many addresses as are asked for, all different. */
const addresses = (count: number): string[] =>
	Array.from({ length: count }, (_, i) => {
		const round = Math.floor(i / STREETS.length);
		return `${STREETS[i % STREETS.length]} ${4 + ((i * 7) % 11) + 12 * round}`;
	});

/** `dim_property` of some homes of the catalogue. The town counts no photos. */
function managedProperties(homes: HomeTable, rows: Uint32Array): PropertyTable {
	const { columns } = homes;
	const own = Array.from(rows);
	const read = (name: Parameters<typeof values>[1]) => {
		const all = values(homes, name);
		return numbers(Float64Array.from(own, (row) => all[row] as number));
	};
	const amenities = own.map(
		(row) => (columns.amenities.starts[row + 1] ?? 0) - (columns.amenities.starts[row] ?? 0),
	);
	const price = values(homes, 'price');
	return table({
		key: texts(own.map((row) => columns.key.values[row] ?? '')),
		title: texts(addresses(own.length)),
		property_type: categories(own.map((row) => nameAt(columns.property_type, row))),
		destination: categories(own.map((row) => nameAt(columns.neighbourhood, row))),
		country: categories(own.map(() => '')),
		bedrooms: read('bedrooms'),
		max_guests: read('guests'),
		base_price: numbers(Float64Array.from(own, (row) => nightlyPrice(price[row] as number))),
		rating: read('rating'),
		photos_count: numbers(new Float64Array(own.length).fill(Number.NaN)),
		latitude: read('latitude'),
		longitude: read('longitude'),
		amenities_count: numbers(Float64Array.from(amenities)),
		units: numbers(new Float64Array(own.length).fill(1)),
		opened_on: read('listed_on'),
	});
}
