/** Bringing a manager's data in: look at the file, match its columns, read, look again, keep. */

/** Formats with columns that we know; `other` is matched by the person. */
export type KnownSource =
	| 'hotel-booking-demand'
	| 'inside-airbnb-listings'
	| 'inside-airbnb-calendar'
	| 'inside-airbnb-reviews'
	| 'airbnb-reservations'
	| 'booking-com-reservations'
	| 'property-features'
	| 'user-features'
	| 'engagement-features'
	| 'other';

/** Which table the rows go to. */
export type BringTable =
	'bookings' | 'properties' | 'daily' | 'engagement' | 'reviews' | 'features';

/** The first look: nothing is kept yet. */
export interface FileLook {
	readonly fileName: string;
	readonly bytes: number;
	readonly format: 'csv' | 'json' | 'parquet';
	/** How it was packed. */
	readonly packed: 'none' | 'gzip' | 'zip';
	readonly source: KnownSource;
	readonly table: BringTable;
	readonly columns: readonly FileColumn[];
	/** Fields of each table that a person can match columns to. */
	readonly fields: Readonly<Record<BringTable, readonly FieldRule[]>>;
	readonly mapping: Mapping;
	/** The mapping is the one that was used for a file with these columns before. */
	readonly remembered: boolean;
	/** What the file does not say and only a person knows. */
	readonly questions: readonly BringQuestion[];
}

export interface FileColumn {
	readonly name: string;
	/** A few values as they stand, shortened; shown, never stored or logged. */
	readonly samples: readonly string[];
	/** Of the rows looked at. */
	readonly empty: number;
	/** Names or describes a person: not read unless matched by hand. */
	readonly personal: boolean;
}

export interface FieldRule {
	readonly field: string;
	readonly required: boolean;
	readonly kind: 'key' | 'text' | 'number' | 'money' | 'date' | 'status' | 'yes-no';
}

export type BringQuestion = 'currency' | 'day-month-order' | 'decimal-mark' | 'table';

export interface Mapping {
	readonly source: KnownSource;
	readonly table: BringTable;
	/** Field to the file's column names (several: one date in parts, sums of nights). */
	readonly columns: Readonly<Record<string, readonly string[]>>;
	/** Columns kept beside the fields, by their own names. */
	readonly extras: readonly string[];
	readonly currency?: string;
	readonly dayFirst?: boolean;
	readonly decimalComma?: boolean;
}

export type BringRefusal =
	| 'NoKey'
	| 'NoPrice'
	| 'NoDate'
	| 'NotADate'
	| 'NotANumber'
	| 'OutOfRange'
	| 'LeavesBeforeArrival'
	| 'NoNights'
	| 'CancelledBeforeBooked'
	| 'BookedAfterArrival'
	| 'TooFarAhead'
	| 'OtherCurrency'
	| 'UnknownProperty'
	| 'Repeated'
	| 'Ragged'
	| 'FieldTooLong';

/** What reading gave; it is kept only when the person says so. */
export interface BringReport {
	/** Names the read rows until they are kept or dropped. */
	readonly token: string;
	readonly fileName: string;
	readonly table: BringTable;
	readonly rowsRead: number;
	readonly rowsFit: number;
	/** Against what is stored already. */
	readonly added: number;
	readonly changed: number;
	readonly known: number;
	/** Rows of guests and bookings that were forgotten on request: left out. */
	readonly forgotten: number;
	readonly refused: readonly {
		readonly reason: BringRefusal;
		readonly column: string;
		readonly rows: number;
	}[];
	/** The first refused rows: where, and what stood there (shown on the page alone). */
	readonly examples: readonly {
		readonly row: number;
		readonly column: string;
		readonly reason: BringRefusal;
		readonly found: string;
	}[];
	readonly columnsRead: number;
	readonly columnsIgnored: readonly string[];
	/** First and last day of the rows. */
	readonly from: number;
	readonly to: number;
	readonly properties: number;
	readonly currency: string;
	readonly notes: readonly BringNote[];
}

export type BringNote =
	| 'NoGuestIds'
	| 'NoBookingIds'
	| 'NoBookingDates'
	| 'EndsWithLastArrival'
	| 'CurrencyAssumed'
	| 'RealDuplicates'
	/** Text columns with more than 65,535 different texts. */
	| 'ColumnsLeftOut';
