import { BOOKING_STATUSES, type Books, ENGAGEMENT_KINDS } from './bookings';
import { categories, numbers, texts } from './column';
import { table } from './table';

const category = (names: readonly string[] = []) => ({ ...categories([]), names });
const float = () => numbers(new Float64Array(0));
const signed = () => numbers(new Int32Array(0));
const unsigned = () => numbers(new Uint32Array(0));

/** Books without a row: what an import adds to first, and what stands in for tables a source lacks. */
export function emptyBooks(currency: string): Books {
	return {
		properties: table({
			key: texts([]),
			title: texts([]),
			property_type: category(),
			destination: category(),
			country: category(),
			bedrooms: float(),
			max_guests: float(),
			base_price: float(),
			rating: float(),
			photos_count: float(),
			latitude: float(),
			longitude: float(),
			amenities_count: float(),
			units: float(),
			opened_on: float(),
		}),
		bookings: table({
			booking_id: unsigned(),
			property: unsigned(),
			guest: unsigned(),
			booked_on: signed(),
			arrives_on: signed(),
			nights: numbers(new Uint16Array(0)),
			adults: numbers(new Uint8Array(0)),
			nightly_price: float(),
			total: float(),
			channel: category(),
			deposit: category(),
			status: category(BOOKING_STATUSES),
			cancelled_on: float(),
			lead_time: numbers(new Uint16Array(0)),
		}),
		extras: {},
		guests: table({
			key: texts([]),
			country: category(),
			type: category(),
			first_seen: signed(),
		}),
		engagement: table({
			instant: float(),
			session: unsigned(),
			property: unsigned(),
			guest: signed(),
			kind: category(ENGAGEMENT_KINDS),
			device: category(),
			referrer: category(),
			seconds: numbers(new Float32Array(0)),
		}),
		daily: table({
			property: unsigned(),
			day: signed(),
			price: float(),
			let: numbers(new Uint8Array(0)),
		}),
		holidays: table({ day: signed(), name: category() }),
		asOf: Number.NaN,
		currency,
		sample: false,
	};
}
