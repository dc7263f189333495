import type { Books } from '$workers/table/bookings';

/** A row for each session and each home that it looked at, in the order of their first events. */
export interface Visits {
	readonly session: Float64Array;
	readonly property: Float64Array;
	/** Of the first event, UTC milliseconds. */
	readonly instant: Float64Array;
	/** A row of the guest table; -1 for a visitor who was no guest before. */
	readonly guest: Float64Array;
	readonly views: Float64Array;
	readonly clicks: Float64Array;
	/** On the page, over all views. */
	readonly seconds: Float64Array;
	/** 1 where the session booked the home. Events after that are not counted. */
	readonly booked: Float64Array;
	/** 1 for a guest who had booked on a day before. */
	readonly repeat: Float64Array;
	/** Codes; NaN where unknown. */
	readonly country: Float64Array;
	readonly device: Float64Array;
	readonly referrer: Float64Array;
}

const DAY = 86_400_000;

export function visitsOf(books: Books): Visits {
	const { columns, count } = books.engagement;
	const [view, click, booking] = ['view', 'click', 'booking'].map((name) =>
		columns.kind.names.indexOf(name),
	);
	const homes = Math.max(1, books.properties.count);
	const numberOf = new Map<number, number>();
	const written: number[][] = Array.from({ length: 10 }, () => []);
	const [session, property, instant, guest, views, clicks, seconds, booked, device, referrer] =
		written as [
			number[],
			number[],
			number[],
			number[],
			number[],
			number[],
			number[],
			number[],
			number[],
			number[],
		];
	for (let row = 0; row < count; row++) {
		const own = columns.session.values[row] as number;
		const home = columns.property.values[row] as number;
		const key = own * homes + home;
		let visit = numberOf.get(key);
		if (visit === undefined) {
			visit = numberOf.size;
			numberOf.set(key, visit);
			session.push(own);
			property.push(home);
			instant.push(columns.instant.values[row] as number);
			guest.push(columns.guest.values[row] as number);
			for (const counter of [views, clicks, seconds, booked]) counter.push(0);
			device.push(columns.device.codes[row] as number);
			referrer.push(columns.referrer.codes[row] as number);
		}
		if (booked[visit]) continue;
		const kind = columns.kind.codes[row];
		if (kind === booking) booked[visit] = 1;
		if (kind === click) clicks[visit] = (clicks[visit] as number) + 1;
		if (kind !== view) continue;
		views[visit] = (views[visit] as number) + 1;
		seconds[visit] = (seconds[visit] as number) + (columns.seconds.values[row] as number);
	}
	const known = knownGuests(books, guest, instant);
	const { codes, names } = books.guests.columns.country;
	return {
		session: Float64Array.from(session),
		property: Float64Array.from(property),
		instant: Float64Array.from(instant),
		guest: known,
		views: Float64Array.from(views),
		clicks: Float64Array.from(clicks),
		seconds: Float64Array.from(seconds),
		booked: Float64Array.from(booked),
		repeat: known.map((own) => Number(own >= 0)),
		country: known.map((own) => {
			const code = own >= 0 ? codes[own] : undefined;
			return code !== undefined && names[code] ? code : Number.NaN;
		}),
		device: Float64Array.from(device),
		referrer: Float64Array.from(referrer),
	};
}

/**
 * The guest of each visit, or -1 for one who had not booked before its day: who signs in to book for
 * the first time is known only because of the booking.
 */
function knownGuests(
	{ bookings, guests }: Books,
	guest: readonly number[],
	instant: readonly number[],
): Float64Array {
	const first = new Float64Array(guests.count).fill(Number.POSITIVE_INFINITY);
	const { columns, count } = bookings;
	for (let row = 0; row < count; row++) {
		const own = columns.guest.values[row] as number;
		first[own] = Math.min(first[own] ?? 0, columns.booked_on.values[row] as number);
	}
	return Float64Array.from(guest, (own, visit) => {
		const day = Math.floor((instant[visit] as number) / DAY);
		return own >= 0 && (first[own] ?? Number.POSITIVE_INFINITY) < day ? own : -1;
	});
}
