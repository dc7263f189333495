import type { ManagerChoices } from '$lib/contracts';
import type {
	BookingColumns,
	DailyColumns,
	EngagementColumns,
	GuestColumns,
	HolidayColumns,
	PropertyColumns,
} from '$workers/table/bookings';
import { declare, HASH_OF_ROW } from './declare';

type Hashed<Columns> = keyof Columns | 'identity_high' | 'identity_low';

/** What is stored of a manager's homes, guests and bookings. */
export const MANAGER_FIELDS = {
	dim_managed_property: declare<keyof PropertyColumns>({
		key: ['internal', 'The home’s own number in the file it came from.'],
		title: ['internal', 'Name of the home.'],
		property_type: ['internal', 'House, flat, room type ...'],
		destination: ['internal', 'Neighbourhood, town or hotel.'],
		country: ['internal', 'Country of the home.'],
		bedrooms: ['internal', 'Bedrooms.'],
		max_guests: ['internal', 'How many it sleeps.'],
		base_price: ['internal', 'Usual price of a night.'],
		rating: ['internal', 'Average rating.'],
		photos_count: ['internal', 'Number of photos.'],
		latitude: ['internal', 'Where it stands, as the file has it.'],
		longitude: ['internal', 'Where it stands, as the file has it.'],
		amenities_count: ['internal', 'Number of amenities.'],
		units: ['internal', 'How many of it can be let at once.'],
		opened_on: ['internal', 'Day from which it can be let.'],
	}),
	dim_user: declare<keyof GuestColumns>({
		key: ['personal', 'The guest’s number in the file; a hash where that was an address.'],
		country: ['personal', 'Country the guest comes from.'],
		type: ['personal', 'Leisure or business.'],
		first_seen: ['personal', 'Day of the first booking.'],
	}),
	fact_booking_detail: declare<Hashed<BookingColumns> | 'extra:*'>({
		booking_id: ['internal', 'The row’s number.'],
		property: ['internal', 'The home that was booked.'],
		guest: ['personal', 'The guest who booked.'],
		booked_on: ['personal', 'Day on which it was booked.'],
		arrives_on: ['sensitive', 'Day of arrival: tells where somebody was.'],
		nights: ['sensitive', 'Nights of the stay.'],
		adults: ['personal', 'How many travelled.'],
		nightly_price: ['personal', 'What a night cost on average.'],
		total: ['personal', 'What the stay cost.'],
		channel: ['internal', 'Through whom it was booked.'],
		deposit: ['internal', 'Kind of deposit.'],
		status: ['personal', 'Confirmed, checked out, cancelled or not come.'],
		cancelled_on: ['personal', 'Day on which it was cancelled.'],
		lead_time: ['internal', 'Days from booking to arrival.'],
		identity_high: HASH_OF_ROW,
		identity_low: HASH_OF_ROW,
		'extra:*': [
			'personal',
			'Columns that the file had besides: meal, market segment ... None that names a person.',
		],
	}),
	fact_booking_daily: declare<keyof DailyColumns>({
		property: ['internal', 'The home.'],
		day: ['internal', 'The day.'],
		price: ['internal', 'Price asked for the night.'],
		let: ['internal', 'Whether the night was let.'],
	}),
	fact_property_engagement: declare<Hashed<EngagementColumns>>({
		instant: ['personal', 'When somebody looked.'],
		session: ['personal', 'Number of the visit.'],
		property: ['internal', 'The home that was looked at.'],
		guest: ['personal', 'The guest, where somebody was signed in.'],
		kind: ['personal', 'View, click, save, enquiry or booking.'],
		device: ['personal', 'Kind of device.'],
		referrer: ['personal', 'Kind of place the visit came from.'],
		seconds: ['personal', 'Time spent on the page.'],
		identity_high: HASH_OF_ROW,
		identity_low: HASH_OF_ROW,
	}),
	dim_holiday: declare<keyof HolidayColumns>({
		day: ['public', 'The day.'],
		name: ['public', 'Name of the holiday.'],
	}),
	feature_table: declare<'key' | 'feature:*'>({
		key: ['personal', 'The home or guest that a row of the file is about.'],
		'feature:*': ['personal', 'Figures that were computed elsewhere and brought in as a file.'],
	}),
	choice: declare<keyof ManagerChoices | 'mapping'>({
		priceRules: ['internal', 'Rules for prices, by home.'],
		prices: ['internal', 'Prices that you accepted, by home and day.'],
		budget: ['internal', 'Your budget by month.'],
		mapping: ['internal', 'How the columns of your files were matched; names of columns alone.'],
	}),
} as const;
