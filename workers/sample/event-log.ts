import type { Random } from '$workers/math/random';
import {
	ENGAGEMENT_KINDS,
	type EngagementKind,
	type EngagementTable,
} from '$workers/table/bookings';
import { type NumberArray, numbers } from '$workers/table/column';
import { table } from '$workers/table/table';
import { instantOf } from './calendar';
import { weighted } from './draw';
import type { Market } from './market';

export const DEVICES = ['phone', 'desktop', 'tablet'] as const;
export const REFERRERS = [
	'search engine',
	'direct',
	'partner site',
	'newsletter',
	'social',
] as const;

const DEVICE_WEIGHTS = [56, 34, 10];
const REFERRER_WEIGHTS = { first: [48, 14, 22, 4, 12], returning: [14, 50, 8, 24, 4] } as const;
/** By hour of the day. */
const HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 10, 11, 10, 9, 9, 10, 12, 14, 17, 19, 18, 12, 6];
const BURST_VIEWS = 600;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** One visit to the site. */
export interface Session {
	readonly day: number;
	readonly guest: number;
	readonly lookedAt: readonly number[];
	/** The home that the visitor is after, and whether this visit ends in its booking. */
	readonly wanted: number;
	readonly books: boolean;
	readonly returning: boolean;
}

/** Columns in the order of writing; time is seconds since the log's first day. */
function nothingWritten() {
	const column = (): number[] => [];
	return {
		seconds: column(),
		homes: column(),
		sessions: column(),
		guests: column(),
		kinds: column(),
		devices: column(),
		referrers: column(),
		stayed: column(),
	};
}

type Written = ReturnType<typeof nothingWritten>;

/** Takes down sessions in any order, and hands back what happened in order of time. */
export function openLog(market: Market, from: number) {
	const written = nothingWritten();
	let session = 0;

	function write(at: number, home: number, guest: number, kind: EngagementKind, page: number) {
		written.seconds.push(at);
		written.homes.push(market.rows[home] as number);
		written.sessions.push(session);
		written.guests.push(guest);
		written.kinds.push(ENGAGEMENT_KINDS.indexOf(kind));
		written.stayed.push(page);
	}

	/** Ends the session: how and from where its visitor came holds for all of its rows. */
	function end(device: number, referrer: number) {
		while (written.devices.length < written.seconds.length) {
			written.devices.push(device);
			written.referrers.push(referrer);
		}
		session++;
	}

	return {
		visit({ day, guest, lookedAt, wanted, books, returning }: Session, random: Random) {
			let at = (day - from) * DAY_SECONDS + drawSecond(random);
			const midnight = (day - from + 1) * DAY_SECONDS - 1;
			const step = (by: number) => (at = Math.min(midnight, at + by));
			for (const home of lookedAt) {
				const wish = home === wanted ? 1 : 0;
				const page = Math.round(Math.exp(3.3 + 0.9 * wish + 0.8 * random.normal())) + 1;
				write(at, home, guest, 'view', page);
				if (random.next() < 0.25 + 0.4 * wish) write(step(3), home, guest, 'click', 0);
				if (random.next() < 0.05 + 0.2 * wish) write(step(2), home, guest, 'save', 0);
				if (random.next() < 0.03 + 0.1 * wish) write(step(9), home, guest, 'enquiry', 0);
				step(page);
			}
			if (books) write(step(60), wanted, guest, 'booking', 0);
			const device = weighted(DEVICE_WEIGHTS, random);
			end(device, weighted(REFERRER_WEIGHTS[returning ? 'returning' : 'first'], random));
		},
		burst(day: number, home: number, random: Random) {
			const start = (day - from) * DAY_SECONDS + (2 + random.integer(20)) * HOUR_SECONDS;
			for (let i = 0; i < BURST_VIEWS; i++)
				write(start + Math.floor((i / BURST_VIEWS) * HOUR_SECONDS), home, -1, 'view', 1);
			end(DEVICES.indexOf('desktop'), REFERRERS.indexOf('direct'));
		},
		close: () => toTable(written, from),
	};
}

function toTable(written: Written, from: number): EngagementTable {
	const order = orderOf(written.seconds);
	const take = <Values extends NumberArray>(into: Values, read: (row: number) => number) => {
		order.forEach((row, i) => (into[i] = read(row)));
		return into;
	};
	const count = order.length;
	const column = (into: NumberArray, name: keyof Written) =>
		numbers(take(into, (row) => written[name][row] as number));
	const category = (name: keyof Written, names: readonly string[]) => ({
		type: 'category' as const,
		codes: take(new Uint16Array(count), (row) => written[name][row] as number),
		names,
	});
	const start = instantOf(from);
	return table({
		instant: numbers(
			take(new Float64Array(count), (row) => start + 1000 * (written.seconds[row] as number)),
		),
		session: column(new Uint32Array(count), 'sessions'),
		property: column(new Uint32Array(count), 'homes'),
		guest: column(new Int32Array(count), 'guests'),
		kind: category('kinds', ENGAGEMENT_KINDS),
		device: category('devices', DEVICES),
		referrer: category('referrers', REFERRERS),
		seconds: column(new Float32Array(count), 'stayed'),
	});
}

/** Rows by time, then as written. Time and row share one double, which sorts fast. */
function orderOf(seconds: readonly number[]): Uint32Array {
	const rows = seconds.length;
	const keys = Float64Array.from(seconds, (at, row) => at * rows + row).sort();
	return Uint32Array.from(keys, (key) => key % rows);
}

function drawSecond(random: Random): number {
	return weighted(HOURS, random) * HOUR_SECONDS + random.integer(HOUR_SECONDS);
}
