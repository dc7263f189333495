/** A home as the pages show it: small, plain, in the catalogue's own units. */
export interface Home {
	/** The dictionary number; stable in a profile, and what acts refer to. */
	readonly property: number;
	/** `source:id`, stable across devices; what an address holds. */
	readonly key: string;
	readonly title: string;
	readonly neighbourhood: string;
	readonly propertyType: string;
	readonly roomType: string;
	readonly guests: number;
	/** NaN where the source does not say (also beds, bathrooms, rating). 0 bedrooms is a studio. */
	readonly bedrooms: number;
	readonly beds: number;
	readonly bathrooms: number;
	readonly price: Price;
	readonly minimumNights: number;
	readonly latitude: number;
	readonly longitude: number;
	readonly amenities: readonly string[];
	readonly rating: number;
	readonly reviews: number;
	/** Homes of the same host in this catalogue, this one included. */
	readonly hostHomes: number;
	/**
	 * Civil date (days since 1970-01-01) by which the source had it, e.g. of its first review; NaN where
	 * unknown.
	 */
	readonly listedOn: number;
	/** What the drawing is made of: derived from the attributes alone. */
	readonly drawing: DrawingTraits;
}

/** Money always carries its currency and its period. */
export interface Price {
	/** NaN where the source has none; such a home is refused at import. */
	readonly amount: number;
	/** ISO 4217. */
	readonly currency: string;
	readonly period: PricePeriod;
}

export type PricePeriod = 'night' | 'week' | 'month';

export interface DrawingTraits {
	readonly type: 'studio' | 'flat' | 'terraced' | 'detached' | 'loft' | 'cabin';
	readonly bedrooms?: number;
	/** Of a flat; 0 is the ground floor. */
	readonly floor?: number;
	readonly floors?: number;
	readonly balcony?: boolean;
	readonly garden?: boolean;
	readonly lift?: boolean;
	readonly waterfront?: boolean;
	readonly setting?: 'hills' | 'park' | 'downtown' | 'coast';
}

/** What the app knows of the catalogue as a whole. */
export interface CatalogueSummary {
	readonly homes: number;
	readonly place: string;
	/** True for the sample town: labelled wherever it shows. */
	readonly sample: boolean;
	readonly currency: string;
	readonly period: PricePeriod;
	/** Civil date of the newest row, NaN where the file does not say. */
	readonly asOf: number;
	/** UTC milliseconds of the import. */
	readonly importedAt: number;
	/** The host's own; absent for a file of the person's and for the sample town. */
	readonly from?: 'host';
	/** Public half of the site's key (base64 of its SPKI): it signs the site's packs. */
	readonly packKey?: string;
	/** Changes whenever a home does; models remember the version they were trained on. */
	readonly version: string;
}

/** A filter left out lets everything through. All filters given must hold. */
export interface HomeFilter {
	readonly text?: string;
	readonly priceFrom?: number;
	readonly priceTo?: number;
	readonly roomTypes?: readonly string[];
	readonly bedroomsFrom?: number;
	readonly guestsFrom?: number;
	/** All of them must be there. */
	readonly amenities?: readonly string[];
	/** Any of them. */
	readonly neighbourhoods?: readonly string[];
	/** Only these dictionary numbers (saved homes, for example). */
	readonly only?: readonly number[];
}

/** `fit` needs the scoring worker; the others are orders of the catalogue. */
export type HomeOrder = 'fit' | 'price-up' | 'price-down' | 'rating' | 'newest' | 'relevance';

export interface SearchAnswer {
	/** Dictionary numbers of the homes found, in the order asked for (`fit`: catalogue order). */
	readonly properties: Uint32Array;
	readonly total: number;
	readonly facets: Facets;
}

/** Counts of the homes found, each filter's own choice left out, so that a person sees what else there is. */
export interface Facets {
	readonly roomTypes: readonly FacetCount[];
	readonly neighbourhoods: readonly FacetCount[];
	/** The 40 most usual. */
	readonly amenities: readonly FacetCount[];
	/** Prices: counts in equal bins from `from` to `to` (the last bin holds what is above too). */
	readonly prices: {
		readonly from: number;
		readonly to: number;
		readonly counts: readonly number[];
	};
}

export interface FacetCount {
	readonly name: string;
	readonly count: number;
}

/** Every home as a point, for the map: parallel arrays in catalogue order. */
export interface MapPoints {
	readonly properties: Uint32Array;
	readonly latitudes: Float64Array;
	readonly longitudes: Float64Array;
	/** Index into `names`. */
	readonly neighbourhoods: Uint16Array;
	readonly names: readonly string[];
}

/** How a home's price stands among homes of its kind. */
export interface PriceContext {
	readonly likes: number;
	readonly lowest: number;
	readonly quarter: number;
	readonly threeQuarters: number;
	readonly highest: number;
	/** What they have in common. */
	readonly sameNeighbourhood: boolean;
	readonly sameBedrooms: boolean;
	readonly roomType: string;
}

export interface ImportOptions {
	/** ISO 4217, when the person has said it; Inside Airbnb writes `$` for every city. */
	readonly currency?: string;
	/** The person has agreed to leave the old catalogue for one of another place. */
	readonly acceptOtherPlace?: boolean;
}

export interface ImportReport {
	readonly fileName: string;
	readonly rowsRead: number;
	readonly rowsKept: number;
	readonly refused: readonly Refusal[];
	/** The first refused rows, for the table. */
	readonly examples: readonly RefusedRow[];
	/** Of the file's columns, those that were kept and those that were not read. */
	readonly columnsKept: readonly string[];
	readonly columnsIgnored: number;
	/** The file does not say which dollars (or other shared sign) its prices are in: ask once. */
	readonly currencyAssumed: boolean;
	/** The same homes were here already: nothing was written. */
	readonly unchanged: boolean;
	readonly summary: CatalogueSummary;
}

export type RefusalReason =
	| 'NoPrice'
	| 'NoPlace'
	| 'NoId'
	| 'NotANumber'
	| 'OutOfRange'
	| 'Repeated'
	| 'Ragged'
	| 'FieldTooLong';

export interface Refusal {
	readonly reason: RefusalReason;
	readonly column: string;
	readonly rows: number;
}

/** Says where, not what: the value in the file stays in the file. */
export interface RefusedRow {
	readonly row: number;
	readonly column: string;
	readonly reason: RefusalReason;
}
