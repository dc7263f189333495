import type { Share } from '$lib/contracts/insight';
import { sentence } from './count';
import { number, percent } from './intl';

/** Features and groups of features as a manager would say them. */
const NAMES: Readonly<Record<string, string>> = {
	base: 'What is usual',
	rest: 'All the rest',
	// of a day to come
	season: 'Season',
	weekday: 'Day of the week',
	holidays: 'Holidays',
	holiday: 'A holiday',
	days_to_holiday: 'How far the next holiday is',
	series: 'Which home',
	'last-year': 'The same days last year',
	level: 'Level of the last weeks',
	booked: 'On the books today',
	'still-to-come': 'What usually still comes',
	'on-the-books': 'What the bookings around tell',
	pace: 'How fast bookings come in',
	books: 'Time left, and what is booked around',
	events: 'Events nearby',
	years: 'Course of the years',
	season_sin: 'Time of the year, spring against autumn',
	season_cos: 'Time of the year, winter against summer',
	half_season_sin: 'Time of the half-year',
	half_season_cos: 'Time of the half-year, turned',
	holiday_near: 'A holiday within three days',
	days_ahead: 'How far ahead',
	day_of_week: 'Day of the week',
	dow: 'Day of the week',
	time_of_day: 'Hour of the day',
	day_of_year: 'Time of the year',
	month: 'Month',
	last_year: 'The same day last year',
	last_year_ma_15d: 'Around the same day last year',
	last_year_relative: 'The same day last year against its season',
	growth_on_last_year: 'Growth on last year',
	ma_28d: 'The last four weeks',
	same_weekday_ma_8w: 'The same weekday of late',
	on_books: 'Booked already',
	on_books_count: 'Bookings for the day',
	on_books_expected: 'Booked, less what is usually cancelled',
	on_books_kept_share: 'Share of bookings usually kept',
	on_books_average: 'Value of a booking for the day',
	on_books_ma_15d: 'Booked around the day',
	expected_ma_7d: 'Booked in the week around',
	expected_ma_21d: 'Booked in the three weeks around',
	day_before: 'Booked for the day before',
	day_after: 'Booked for the day after',
	week_before: 'Booked for the week before',
	week_after: 'Booked for the week after',
	pickup_7d: 'New bookings of the last week',
	pickup_14d: 'New bookings of two weeks',
	pickup_28d: 'New bookings of four weeks',
	all_pickup_7d: 'New bookings of the week, all homes',
	all_pickup_28d: 'New bookings of four weeks, all homes',
	usual_pickup: 'What usually still comes',
	usual_pickup_weekday: 'What still comes on this weekday',
	usual_growth: 'How books usually fill',
	last_year_on_books: 'Booked at this time last year',
	last_year_pickup_ma_15d: 'What still came last year',
	pace_on_last_year: 'Pace against last year',
	books_and_pickup: 'Booked, and what usually still comes',
	others_booked: 'Share of your other homes booked',
	night_before_booked: 'The night before is booked',
	night_after_booked: 'The night after is booked',
	week_booked: 'Nights booked in the week around',
	// of a booking
	lead_time: 'Booked ahead',
	nights: 'Length of stay',
	adults: 'Adults',
	children: 'Children',
	babies: 'Babies',
	meal: 'Meals',
	country: 'Country',
	guest_country: 'Country',
	guest_type: 'Kind of guest',
	market_segment: 'Where the booking comes from',
	distribution_channel: 'Channel',
	channel: 'Channel',
	'price over usual': 'Price against the base price',
	'earlier bookings': 'Booked before',
	'earlier cancellations': 'Cancelled before',
	"guest's country": 'Country',
	"guest's type": 'Kind of guest',
	deposit: 'Deposit',
	deposit_type: 'Deposit',
	customer_type: 'Kind of guest',
	agent: 'Agent',
	company: 'Company',
	is_repeated_guest: 'Was here before',
	previous_cancellations: 'Cancelled before',
	previous_bookings_not_canceled: 'Stayed before',
	booking_changes: 'Changes to the booking',
	days_in_waiting_list: 'Days on the waiting list',
	required_car_parking_spaces: 'Parking asked for',
	total_of_special_requests: 'Special wishes',
	reserved_room_type: 'Room booked',
	assigned_room_type: 'Room given',
	nightly_price: 'Price of a night',
	adr: 'Price of a night',
	total: 'Price of the stay',
	arrives_on: 'Day of arrival',
	arrival_date_month: 'Month of arrival',
	arrival_date_week_number: 'Week of arrival',
	arrival_date_day_of_month: 'Day of the month',
	arrival_date_year: 'Year of arrival',
	stays_in_weekend_nights: 'Weekend nights',
	stays_in_week_nights: 'Week nights',
	hotel: 'House',
	// of a home
	property: 'Which home',
	property_type: 'Kind of home',
	destination: 'Place',
	bedrooms: 'Bedrooms',
	max_guests: 'Room for guests',
	base_price: 'Base price, your own',
	rating: 'Rating',
	photos_count: 'Photos',
	latitude: 'How far north',
	longitude: 'How far east',
	amenities_count: 'Amenities',
	bookings_lag_7d: 'Bookings a week ago',
	bookings_lag_30d: 'Bookings a month ago',
	bookings_ma_7d: 'Bookings of the last week',
	occupancy_30d: 'Nights let of the last 30',
	adr_30d: 'Price let at of late',
	cancellation_rate_90d: 'Cancelled of late',
	// of looks
	view_count: 'Views yesterday',
	click_count: 'Clicks yesterday',
	time_on_page: 'Time on the page',
	views_7d: 'Views of the last week',
	clicks_7d: 'Clicks of the last week',
	saves_7d: 'Saved in the last week',
	enquiries_7d: 'Enquiries of the last week',
	conversion_rate: 'Bookings a view of late',
	device: 'Device',
	device_type: 'Device',
	is_repeat: 'Looked here before',
	referrer: 'Where they came from',
	// of a guest
	recency: 'Since the last stay',
	frequency: 'Stays so far',
	tenure: 'Known since',
	monetary: 'What a stay costs',
	spend: 'Spent so far',
	user_type: 'Kind of guest',
	is_business: 'Travels for work',
	tenure_days: 'Known for',
	total_bookings: 'Stays so far',
	total_spend: 'Spent so far',
	avg_booking_value: 'What a stay costs',
	booking_frequency: 'How often they come',
	avg_lead_time: 'Books ahead',
	cancellation_rate: 'Share cancelled',
	days_since_last_booking: 'Since the last booking',
	booking_trend: 'More or fewer stays than before',
	// of a price
	price: 'Price',
	'own-level': 'What the home could ask on an average day',
	'usual-for-the-day': 'What is usually asked on such a day',
	weekend: 'Weekend',
	friday: 'Friday',
	saturday: 'Saturday',
	sunday: 'Sunday',
	demand: 'Demand for the day',
	occupancy: 'What is let around it',
	rules: 'Your limits',
	rounding: 'Rounding to your step',
	objective: 'What you want more of',
};

const DAYS: ReadonlySet<string> = new Set([
	'lead_time',
	'avg_lead_time',
	'tenure_days',
	'days_since_last_booking',
	'days_in_waiting_list',
	'days_to_holiday',
	'days_ahead',
]);
const SHARES: ReadonlySet<string> = new Set([
	'cancellation_rate',
	'cancellation_rate_90d',
	'conversion_rate',
	'occupancy_30d',
	'others_booked',
	'price over usual',
]);
const YES_OR_NO: ReadonlySet<string> = new Set([
	'is_repeat',
	'is_repeated_guest',
	'is_business',
	'holiday',
	'holiday_near',
	'night_before_booked',
	'night_after_booked',
]);

/** 4 January 1970 was a Sunday, so the fifth was a Monday. */
const weekdayName = (fromMonday: number, locale?: string): string =>
	new Date((4 + fromMonday) * 86_400_000).toLocaleDateString(locale, {
		weekday: 'long',
		timeZone: 'UTC',
	});

/**
 * `lead_time` as `Booked ahead`. A column of a file that is unknown here stands as it does in the file.
 */
export function modelFeature(name: string): string {
	return NAMES[name] ?? name;
}

/** A share's name with its value, where there is one to show: `Booked ahead: 120 days`. */
export function shareLabel({ feature, value }: Share, locale?: string): string {
	const name = modelFeature(feature);
	if (value === undefined || value === '') return name;
	if (typeof value === 'string') return `${name}: ${sentence(value)}`;
	if (!Number.isFinite(value)) return `${name}: not known`;
	return `${name}: ${valueWords(feature, value, locale)}`;
}

function valueWords(feature: string, value: number, locale?: string): string {
	if (YES_OR_NO.has(feature)) return value > 0.5 ? 'yes' : 'no';
	if (SHARES.has(feature)) return percent(value, 0, locale);
	if (feature === 'dow') return weekdayName(value, locale);
	if (feature === 'time_of_day') return `${value}:00`;
	if (feature === 'booking_frequency') return `${number(value, 1, locale)} a year`;
	if (feature === 'time_on_page') return `${number(value, 0, locale)} s`;
	const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 0;
	const written = number(value, digits, locale);
	return `${written}${DAYS.has(feature) ? (value === 1 ? ' day' : ' days') : ''}`;
}

/**
 * The largest shares as they are, and the others as one: all still sum to the same. `base` is left
 * out; a chart shows it by itself.
 */
export function largestShares(shares: readonly Share[], count: number): Share[] {
	return mostOf(
		shares.filter(({ feature }) => feature !== 'base'),
		count,
	);
}

/** Any shares, the largest as they are and the others as one. */
export function mostOf(shares: readonly Share[], count: number): Share[] {
	const sorted = shares.toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share));
	if (sorted.length <= count + 1) return sorted;
	const rest = sorted.slice(count).reduce((sum, { share }) => sum + share, 0);
	return [...sorted.slice(0, count), { feature: 'rest', share: rest }];
}

/** The share that every row has. */
export function baseShare(shares: readonly Share[]): number {
	return shares.find(({ feature }) => feature === 'base')?.share ?? 0;
}
