import type {
	BringNote,
	BringQuestion,
	BringRefusal,
	BringReport,
	BringTable,
	FieldRule,
	KnownSource,
} from '$lib/contracts/bring';
import { number, percent } from './intl';

interface TitleAndBecause {
	readonly title: string;
	readonly because: string;
}

const REFUSALS: Record<BringRefusal, TitleAndBecause> = {
	NoKey: {
		title: 'Nothing to tell it by',
		because: 'Left out: it could not be told apart next time.',
	},
	NoPrice: { title: 'No price', because: 'Left out: a price is needed to compare.' },
	NoDate: { title: 'No date', because: 'Left out: it belongs to no day.' },
	NotADate: { title: 'Not a date', because: 'Left out: what stands there can’t be read as a day.' },
	NotANumber: {
		title: 'Text where a number belongs',
		because: 'Left out: the value can’t be read.',
	},
	OutOfRange: {
		title: 'A value that can’t be',
		because: 'Left out: it lies outside what is possible.',
	},
	LeavesBeforeArrival: {
		title: 'Leaves before it arrives',
		because: 'Left out: the two dates may be swapped in the file.',
	},
	NoNights: { title: 'No nights', because: 'Left out: it leaves on the day on which it arrives.' },
	CancelledBeforeBooked: {
		title: 'Cancelled before booked',
		because: 'Left out: one of the two dates is wrong.',
	},
	BookedAfterArrival: {
		title: 'Booked after arrival',
		because: 'Left out: one of the two dates is wrong.',
	},
	TooFarAhead: {
		title: 'Too far ahead',
		because: 'Left out: more than a few years from the others.',
	},
	OtherCurrency: {
		title: 'Another currency',
		because: 'Left out: amounts of two currencies can’t be added.',
	},
	UnknownProperty: {
		title: 'A home that is not known',
		because: 'Left out: bring in the file of homes first.',
	},
	Repeated: { title: 'The same row again', because: 'Kept once: the first one counts.' },
	Ragged: { title: 'Wrong number of fields', because: 'Left out: its columns have shifted.' },
	FieldTooLong: {
		title: 'A field that is too long',
		because: 'Left out: probably a missing quote.',
	},
};

const NOTES: Record<BringNote, string> = {
	NoGuestIds: 'No column tells guests apart, so nothing can be said of who comes back.',
	NoBookingIds:
		'No column numbers the bookings. They are told apart by their contents, and equal rows are all kept.',
	NoBookingDates:
		'No column says when a booking was made, so forecasts can’t use what is on the books.',
	EndsWithLastArrival:
		'The file ends with its last arrival: nothing is known of what is booked for later. Forecasts go by the calendar alone.',
	CurrencyAssumed: 'The file does not say its currency; yours was taken.',
	RealDuplicates: 'Some rows are alike in every column. They were all kept, as separate bookings.',
	ColumnsLeftOut: 'Columns with more than 65,535 different texts were left out.',
};

const TABLES: Record<BringTable, { readonly name: string; readonly rows: string }> = {
	bookings: { name: 'Bookings', rows: 'bookings' },
	properties: { name: 'Homes', rows: 'homes' },
	daily: { name: 'Prices and free nights, day by day', rows: 'days' },
	engagement: { name: 'Views and clicks', rows: 'events' },
	reviews: { name: 'Reviews', rows: 'reviews' },
	features: { name: 'Features computed elsewhere', rows: 'rows' },
};

const SOURCES: Record<KnownSource, string> = {
	'hotel-booking-demand': 'Hotel booking demand (research data)',
	'inside-airbnb-listings': 'Inside Airbnb, listings',
	'inside-airbnb-calendar': 'Inside Airbnb, calendar',
	'inside-airbnb-reviews': 'Inside Airbnb, reviews',
	'airbnb-reservations': 'Airbnb, reservations',
	'booking-com-reservations': 'Booking.com, reservations',
	'property-features': 'property_features',
	'user-features': 'user_features',
	'engagement-features': 'engagement_features',
	other: 'A file of its own kind',
};

const QUESTIONS: Record<BringQuestion, TitleAndBecause> = {
	currency: { title: 'Which currency?', because: 'The file does not say.' },
	'day-month-order': {
		title: 'Which comes first, day or month?',
		because: 'Dates like 3/4/2026 can be read both ways.',
	},
	'decimal-mark': {
		title: 'Is the comma a decimal mark?',
		because: 'Amounts like 1,250 can be read both ways.',
	},
	table: { title: 'What are the rows?', because: 'The columns fit more than one kind of table.' },
};

const FIELDS: Readonly<Record<string, string>> = {
	booking_id: 'Number of the booking',
	property: 'Home',
	guest: 'Guest (a number, no name)',
	guest_country: 'Country of the guest',
	guest_type: 'Kind of guest',
	booked_on: 'Booked on',
	lead_time: 'Days booked ahead',
	arrives_on: 'Arrives on',
	departs_on: 'Leaves on',
	nights: 'Nights',
	adults: 'Adults',
	nightly_price: 'Price of a night',
	total: 'Price of the stay',
	currency: 'Currency',
	channel: 'Channel',
	deposit: 'Deposit',
	status: 'Status',
	status_on: 'Status since',
	cancelled_on: 'Cancelled on',
	key: 'Number or name of the home',
	title: 'Title',
	property_type: 'Kind of home',
	destination: 'Place',
	country: 'Country',
	bedrooms: 'Bedrooms',
	max_guests: 'Room for guests',
	base_price: 'Base price',
	rating: 'Rating',
	photos_count: 'Photos',
	latitude: 'Latitude',
	longitude: 'Longitude',
	amenities: 'Amenities',
	amenities_count: 'Number of amenities',
	units: 'Units',
	opened_on: 'Open since',
	day: 'Day',
	date: 'Day',
	price: 'Price asked',
	let: 'Let',
	available: 'Free',
	instant: 'Date and time',
	session: 'Visit',
	kind: 'What they did',
	device: 'Device',
	referrer: 'Where they came from',
	seconds: 'Seconds on the page',
	review_id: 'Number of the review',
};

const KINDS: Record<FieldRule['kind'], string> = {
	key: 'a number or a name that tells rows apart',
	text: 'words',
	number: 'a number',
	money: 'an amount of money',
	date: 'a date',
	status: 'a word such as confirmed or cancelled',
	'yes-no': 'yes or no',
};

export function bringRefusalTitle(reason: BringRefusal): string {
	return REFUSALS[reason].title;
}

export function bringRefusalBecause(reason: BringRefusal): string {
	return REFUSALS[reason].because;
}

export function bringNoteWords(note: BringNote): string {
	return NOTES[note];
}

/** `Bookings`. */
export function tableName(table: BringTable): string {
	return TABLES[table].name;
}

/** What its rows are called: `bookings`. */
export function tableRows(table: BringTable): string {
	return TABLES[table].rows;
}

export function sourceName(source: KnownSource): string {
	return SOURCES[source];
}

export function questionWords(question: BringQuestion): TitleAndBecause {
	return QUESTIONS[question];
}

/** `Arrives on`; fields unknown here stand by their own names. */
export function fieldName(field: string): string {
	return FIELDS[field] ?? field;
}

/** What belongs into a field: `a date`. */
export function fieldKindWords(kind: FieldRule['kind']): string {
	return KINDS[kind];
}

/** `367 rows are refused, 0.4%`; `Every row fits`. */
export function refusedTitle({ rowsRead, rowsFit }: BringReport, locale?: string): string {
	const refused = rowsRead - rowsFit;
	if (refused <= 0) return 'Every row fits';
	const share = percent(refused / rowsRead, 1, locale);
	return refused === 1
		? `1 row is refused, ${share}`
		: `${number(refused, 0, locale)} rows are refused, ${share}`;
}
