import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { type Random, seededRandom } from '$workers/math/random';
import { civilDay } from '$workers/table/civil';
import type { Setting } from './figure';

const HOTELS = '../shared/data/hotel-booking-demand/hotel_bookings.csv.gz';
const ROWS = 119_390;
const FIRST_ARRIVAL = civilDay(2015, 7, 1);
const DAYS = 793;

/** The hotel bookings, packed; where they are missing, as many drawn ones in the same columns. */
export async function hotelBookings({
	say,
}: Setting): Promise<{ name: string; packed: Uint8Array<ArrayBuffer> }> {
	if (existsSync(HOTELS))
		return { name: 'the hotel bookings', packed: new Uint8Array(await readFile(HOTELS)) };
	say(`${HOTELS} is missing: drawn bookings in its columns stand in for it`);
	return {
		name: 'drawn hotel bookings',
		packed: new Uint8Array(gzipSync(drawHotelBookings(ROWS))),
	};
}

const COLUMNS =
	'hotel,is_canceled,lead_time,arrival_date_year,arrival_date_month,arrival_date_week_number,' +
	'arrival_date_day_of_month,stays_in_weekend_nights,stays_in_week_nights,adults,children,babies,' +
	'meal,country,market_segment,distribution_channel,is_repeated_guest,previous_cancellations,' +
	'previous_bookings_not_canceled,reserved_room_type,assigned_room_type,booking_changes,' +
	'deposit_type,agent,company,days_in_waiting_list,customer_type,adr,required_car_parking_spaces,' +
	'total_of_special_requests,reservation_status,reservation_status_date';
const COUNTRIES = ['PRT', 'PRT', 'GBR', 'FRA', 'ESP', 'DEU', 'ITA', 'IRL', 'BEL', 'NULL'];
const SEGMENTS = ['Online TA', 'Online TA', 'Offline TA/TO', 'Groups', 'Direct', 'Corporate'];
const CHANNELS = ['TA/TO', 'TA/TO', 'TA/TO', 'TA/TO', 'Direct', 'Corporate'];
const MONTHS = Array.from({ length: 12 }, (_, month) =>
	new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2015, month)),
);

/** Two hotels, seasons, and cancellations that long leads and deposits make likelier. */
export function drawHotelBookings(rows: number): string {
	const random = seededRandom('hotel-bookings');
	const drawn = Array.from({ length: rows }, (_, row) =>
		drawBooking(random, row < rows / 3 ? 'Resort Hotel' : 'City Hotel'),
	);
	return [COLUMNS, ...drawn].join('\n');
}

function drawBooking(random: Random, hotel: string): string {
	const arrival = FIRST_ARRIVAL + random.integer(DAYS);
	const date = new Date(arrival * 86_400_000);
	const lead = Math.floor(-100 * Math.log(1 - random.next()));
	const segment = random.integer(SEGMENTS.length);
	const deposit = SEGMENTS[segment] === 'Groups' && random.next() < 0.5;
	const score = lead / 150 - 1.3 + (deposit ? 3 : 0);
	const cancelled = random.next() < 1 / (1 + Math.exp(-score));
	const week = 1 + random.integer(4);
	const leaves = arrival + week + random.integer(3);
	const status = cancelled ? arrival - random.integer(lead + 1) : leaves;
	const room = pick(random, ['A', 'A', 'A', 'D', 'D', 'E', 'F', 'G']);
	const summer = Math.sin(((date.getUTCMonth() - 3) / 6) * Math.PI);
	const price = 90 + 30 * summer + 4 * room.charCodeAt(0) - 260 + 15 * random.normal();
	return [
		hotel,
		Number(cancelled),
		lead,
		date.getUTCFullYear(),
		MONTHS[date.getUTCMonth()],
		1 + Math.floor((arrival - civilDay(date.getUTCFullYear(), 1, 1)) / 7),
		date.getUTCDate(),
		leaves - arrival - week,
		week,
		1 + random.integer(3),
		random.integer(10) === 0 ? 1 : 0,
		0,
		pick(random, ['BB', 'BB', 'BB', 'HB', 'SC']),
		pick(random, COUNTRIES),
		SEGMENTS[segment],
		CHANNELS[segment],
		random.integer(30) === 0 ? 1 : 0,
		0,
		0,
		room,
		random.integer(8) === 0 ? 'D' : room,
		random.integer(6) === 0 ? 1 : 0,
		deposit ? 'Non Refund' : 'No Deposit',
		random.integer(7) === 0 ? 'NULL' : random.integer(330),
		random.integer(17) === 0 ? random.integer(350) : 'NULL',
		0,
		pick(random, ['Transient', 'Transient', 'Transient', 'Transient-Party', 'Contract']),
		Math.max(20, price).toFixed(2),
		!cancelled && random.integer(10) === 0 ? 1 : 0,
		random.integer(4),
		cancelled ? 'Canceled' : 'Check-Out',
		new Date(status * 86_400_000).toISOString().slice(0, 10),
	].join(',');
}

function pick(random: Random, from: readonly string[]): string {
	return from[random.integer(from.length)] as string;
}
