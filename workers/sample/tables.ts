import {
	BOOKING_STATUSES,
	type BookingStatus,
	type BookingTable,
	type DailyTable,
	type GuestTable,
} from '$workers/table/bookings';
import { numbers, texts } from '$workers/table/column';
import { table } from '$workers/table/table';
import { COUNTRIES, type Traveller } from './guests';
import type { Market } from './market';
import type { Stay } from './simulate';
import { CHANNELS, DEPOSITS } from './terms';
import type { GuestType } from './truth';

export function bookingTable(
	stays: readonly Stay[],
	numberOf: Int32Array,
	{ rows }: Market,
	asOf: number,
): BookingTable {
	const category = (names: readonly string[], nameOf: (stay: Stay) => string) => ({
		type: 'category' as const,
		codes: Uint16Array.from(stays, (stay) => names.indexOf(nameOf(stay))),
		names,
	});
	return table({
		booking_id: numbers(Uint32Array.from(stays, (_, i) => i + 1)),
		property: numbers(Uint32Array.from(stays, ({ home }) => rows[home] as number)),
		guest: numbers(Uint32Array.from(stays, ({ traveller }) => numberOf[traveller] as number)),
		booked_on: numbers(Int32Array.from(stays, ({ bookedOn }) => bookedOn)),
		arrives_on: numbers(Int32Array.from(stays, ({ arrivesOn }) => arrivesOn)),
		nights: numbers(Uint16Array.from(stays, ({ nights }) => nights)),
		adults: numbers(Uint8Array.from(stays, ({ adults }) => adults)),
		nightly_price: numbers(Float64Array.from(stays, ({ total, nights }) => total / nights)),
		total: numbers(Float64Array.from(stays, ({ total }) => total)),
		channel: category(CHANNELS, ({ channel }) => channel),
		deposit: category(DEPOSITS, ({ deposit }) => deposit),
		status: category(BOOKING_STATUSES, (stay) => statusOn(stay, asOf)),
		cancelled_on: numbers(
			Float64Array.from(stays, ({ cancelledOn }) =>
				cancelledOn < asOf ? cancelledOn : Number.NaN,
			),
		),
		lead_time: numbers(Uint16Array.from(stays, ({ arrivesOn, bookedOn }) => arrivesOn - bookedOn)),
	});
}

/** What is known of a stay on a day; what comes later is not. */
function statusOn({ cancelledOn, arrivesOn, nights, comes }: Stay, day: number): BookingStatus {
	if (cancelledOn < day) return 'cancelled';
	if (!comes && arrivesOn < day) return 'no-show';
	return arrivesOn + nights < day ? 'checked out' : 'confirmed';
}

const TYPES: readonly GuestType[] = ['leisure', 'business'];

export function guestTable(
	known: readonly number[],
	firstSeen: Int32Array,
	travellers: readonly Traveller[],
): GuestTable {
	const own = known.map((traveller) => travellers[traveller] as Traveller);
	return table({
		key: texts(own.map((_, i) => `sample:${i + 1}`)),
		country: {
			type: 'category',
			codes: Uint16Array.from(own, ({ country }) => country),
			names: COUNTRIES.map(({ code }) => code),
		},
		type: {
			type: 'category',
			codes: Uint16Array.from(own, ({ type }) => TYPES.indexOf(type)),
			names: TYPES,
		},
		first_seen: numbers(Int32Array.from(known, (traveller) => firstSeen[traveller] as number)),
	});
}

export function dailyTable(
	stays: readonly Stay[],
	market: Market,
	from: number,
	to: number,
	asOf: number,
): DailyTable {
	const days = to - from;
	const opens = market.opensOn.map((day) => Math.max(from, day));
	const letNights = new Uint8Array(market.rows.length * days);
	for (const { home, arrivesOn, nights, cancelledOn } of stays) {
		if (cancelledOn < asOf) continue;
		const start = home * days + arrivesOn - from;
		letNights.fill(1, start, Math.min(start + nights, (home + 1) * days));
	}
	const count = opens.reduce((sum, day) => sum + Math.max(0, to - day), 0);
	const property = new Uint32Array(count);
	const day = new Int32Array(count);
	const price = new Float64Array(count);
	const taken = new Uint8Array(count);
	let at = 0;
	for (let home = 0; home < market.rows.length; home++)
		for (let today = opens[home] as number; today < to; today++, at++) {
			property[at] = market.rows[home] as number;
			day[at] = today;
			price[at] = market.asked[home * market.days + today - market.firstDay] as number;
			taken[at] = letNights[home * days + today - from] as number;
		}
	return table({
		property: numbers(property),
		day: numbers(day),
		price: numbers(price),
		let: numbers(taken),
	});
}
