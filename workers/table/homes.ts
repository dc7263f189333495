import type { CategoryColumn, NumberColumn, SetColumn, TextColumn } from './column';
import type { Table } from './table';

/**
 * `dim_property`: the catalogue as columns; row i of every column is the same home. Numbers are NaN
 * where the source does not say. Host names, photo addresses and free text by guests are not here.
 */
export type HomeColumns = {
	/** `source:id`; text, since Number() alters half of Inside Airbnb's ids. */
	key: TextColumn;
	title: TextColumn;
	neighbourhood: CategoryColumn;
	property_type: CategoryColumn;
	room_type: CategoryColumn;
	/** Number of the host in order of first appearance in this catalogue: tells same from other, no more. U32. */
	host: NumberColumn;
	/** F32, guests that it sleeps. */
	guests: NumberColumn;
	/** F32; 0 is a studio. */
	bedrooms: NumberColumn;
	beds: NumberColumn;
	bathrooms: NumberColumn;
	/** F64, in the catalogue's currency for the catalogue's period. Never NaN. */
	price: NumberColumn;
	/** F32 */
	minimum_nights: NumberColumn;
	/** F64, degrees; as coarse as the source has it. Never NaN. */
	latitude: NumberColumn;
	longitude: NumberColumn;
	amenities: SetColumn;
	/** F32, 0 to 5. */
	rating: NumberColumn;
	/** F32, count. */
	reviews: NumberColumn;
	/** F64, civil date: days since 1970-01-01. */
	listed_on: NumberColumn;
};

export type HomeTable = Table<HomeColumns>;

/** What holds for all homes of a catalogue; stored beside the columns as metadata. */
export interface HomeFacts {
	readonly place: string;
	/** ISO 4217. */
	readonly currency: string;
	readonly period: 'night' | 'week' | 'month';
	/** Civil date of the newest row; NaN where unknown. */
	readonly asOf: number;
	readonly sample: boolean;
	/** Public half of the key that signs the site's packs: base64 of its SPKI. */
	readonly packKey?: string;
}

export interface Catalogue {
	readonly homes: HomeTable;
	readonly facts: HomeFacts;
}

/** A number column of a table, as its array. */
export function values(homes: HomeTable, name: NumberName): NumberColumn['values'] {
	return homes.columns[name].values;
}

type NumberName = {
	[Name in keyof HomeColumns]: HomeColumns[Name] extends NumberColumn ? Name : never;
}[keyof HomeColumns];
