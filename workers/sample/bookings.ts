import { seededRandom } from '$workers/math/random';
import type {
	BookingTable,
	DailyTable,
	EngagementTable,
	GuestTable,
	HolidayTable,
} from '$workers/table/bookings';
import { type HomeTable, values } from '$workers/table/homes';
import { type PlantedAnomaly, ofKind, planAnomalies } from './anomalies';
import { doubleBook } from './double-bookings';
import { sampleEvents } from './events';
import { holidayTable, holidaysBetween } from './holidays';
import { chooseGuests } from './known';
import { lettableHomes, openMarket } from './market';
import { seasonsBetween } from './seasons';
import { simulate } from './simulate';
import { bookingTable, dailyTable, guestTable } from './tables';
import { FURTHEST } from './trips';

export interface SampleBookingsOptions {
	readonly seed: number | string;
	/** The sample town's homes; the manager lets some of those with a minimum of at most three nights. */
	readonly homes: HomeTable;
	/** Civil day of the first arrivals. */
	readonly from: number;
	/** 3 unless told otherwise. */
	readonly years?: number;
	/** 6,000 unless told otherwise; fewer where the homes cannot hold so many. */
	readonly guests?: number;
	/** How many homes the manager lets; 100 unless told otherwise. */
	readonly managed?: number;
	/** Days of the calendar after the last day whose prices are asked already; 0 unless told otherwise. */
	readonly calendarAhead?: number;
}

export interface SampleBookings {
	readonly bookings: BookingTable;
	/** Each has a booking. */
	readonly guests: GuestTable;
	readonly events: EngagementTable;
	readonly daily: DailyTable;
	/** To a year after the last day, since forecasts need those to come. */
	readonly holidays: HolidayTable;
	/** Rows of the home table that the manager lets. */
	readonly managed: Uint32Array;
	/** Civil day on which the tables were taken: the first that is not in them. */
	readonly asOf: number;
	readonly anomalies: readonly PlantedAnomaly[];
}

const YEAR = 365.25;
/** People come back, so the days before the first have their guests too. */
const WARM_UP = 365;
/** Of those who look for a first time, not all find a home or come within the days asked for. */
const TRAVELLERS_PER_GUEST = 2;
const SURGE = 3;

/**
 * The letting of the sample town's homes: guests, bookings, nights, engagement and holidays of some
 * years, made by `truth.ts` and the anomalies that it hands back. The same seed gives the same bytes.
 */
export function sampleBookings(options: SampleBookingsOptions): SampleBookings {
	const { seed, homes, from, years = 3, guests = 6000, managed = 100 } = options;
	const { calendarAhead = 0 } = options;
	const random = seededRandom(`${seed}/bookings`);
	const asOf = from + Math.round(years * YEAR);
	const first = from - WARM_UP;
	const last = asOf + FURTHEST;
	const rows = lettableHomes(homes, managed, asOf);
	const planned = planAnomalies(from, years, openOn(homes, rows, from), random.fork('anomalies'));
	const surges = ofKind(planned, 'demand-surge').map((surge) => ({ ...surge, lift: SURGE }));
	const market = openMarket(homes, rows, seasonsBetween(first, last, []), planned, random);
	const story = simulate({
		market,
		seasons: seasonsBetween(first, last, surges),
		outages: ofKind(planned, 'channel-outage'),
		waves: ofKind(planned, 'cancellation-wave'),
		from: first,
		end: asOf,
		travellers: rows.length ? Math.round(guests * TRAVELLERS_PER_GUEST) : 0,
		random: random.fork('story'),
		tastes: random.fork('tastes'),
	});
	const known = chooseGuests(story, from, guests, random.fork('guests'));
	const stays = story.stays.filter(
		({ traveller, arrivesOn }) => arrivesOn >= from && (known.numberOf[traveller] as number) >= 0,
	);
	const double = doubleBook(
		stays,
		ofKind(planned, 'double-booking'),
		market,
		random.fork('double'),
	);
	const all = [...stays, ...double.stays].sort((a, b) => a.bookedOn - b.bookedOn);
	const anomalies = [
		...planned.filter(({ kind }) => kind !== 'double-booking'),
		...double.anomalies,
	].sort((a, b) => a.from - b.from);
	return {
		bookings: bookingTable(all, known.numberOf, market, asOf),
		guests: guestTable(known.travellers, known.firstSeen, story.travellers),
		events: sampleEvents({
			story,
			known,
			market,
			anomalies,
			from,
			asOf,
			random: random.fork('events'),
		}),
		daily: dailyTable(all, market, from, asOf + calendarAhead, asOf),
		holidays: holidayTable(holidaysBetween(from, asOf + WARM_UP)),
		managed: rows,
		asOf,
		anomalies,
	};
}

/** Of some homes, those that were listed by a day. */
function openOn(homes: HomeTable, rows: Uint32Array, day: number): Uint32Array {
	const listed = values(homes, 'listed_on');
	return rows.filter((row) => !((listed[row] as number) > day));
}
