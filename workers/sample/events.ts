import type { Random } from '$workers/math/random';
import type { EngagementTable } from '$workers/table/bookings';
import { type PlantedAnomaly, covers, ofKind } from './anomalies';
import { poisson } from './draw';
import { type Session, openLog } from './event-log';
import type { KnownGuests } from './known';
import type { Market } from './market';
import type { Search, Story } from './simulate';

interface EventOptions {
	readonly story: Story;
	readonly known: KnownGuests;
	readonly market: Market;
	readonly anomalies: readonly PlantedAnomaly[];
	/** First day, and the day after the last. */
	readonly from: number;
	readonly asOf: number;
	readonly random: Random;
}

/** Sessions before the one in which a search ends, and sessions without any trip, for each search. */
const EARLIER_SESSIONS = 0.5;
const IDLE_SESSIONS = 0.4;
const EARLIER_DAYS = 14;
/** Chance that a guest who has booked before is signed in. */
const SIGNED_IN = 0.65;

/** Views, clicks, saves and enquiries: what led to each search's end, and idle visits beside. */
export function sampleEvents(options: EventOptions): EngagementTable {
	const { anomalies, market, from, asOf, random } = options;
	const lost = ofKind(anomalies, 'lost-tracking');
	const log = openLog(market, from);
	for (const session of sessionsOf(options)) {
		const { day } = session;
		if (day < from || day >= asOf || covers(lost, day)) continue;
		const lookedAt = session.lookedAt.filter((home) => (market.opensOn[home] as number) <= day);
		log.visit({ ...session, lookedAt }, random);
	}
	for (const { from: day, property } of ofKind(anomalies, 'view-burst'))
		log.burst(day, market.rows.indexOf(property), random);
	return log.close();
}

function* sessionsOf({
	story,
	known,
	market,
	from,
	asOf,
	random,
}: EventOptions): Generator<Session> {
	for (const search of story.searches) {
		if (search.day < from - EARLIER_DAYS) continue;
		const { traveller, returning } = search;
		const guest = known.numberOf[traveller] as number;
		// Of those who are not guests of these tables, no booking is in them either.
		const wanted = guest >= 0 ? search.taken : -1;
		yield lastSession(search, guest, wanted, random);
		for (let i = poisson(EARLIER_SESSIONS, random); i > 0; i--) {
			const day = search.day - random.integer(EARLIER_DAYS);
			const seen = day > (known.firstSeen[traveller] as number) && random.next() < SIGNED_IN;
			yield {
				day,
				guest: seen ? guest : -1,
				lookedAt: search.lookedAt.filter(() => random.next() < 0.6),
				wanted,
				books: false,
				returning,
			};
		}
		for (let i = poisson(IDLE_SESSIONS, random); i > 0; i--)
			yield {
				day: from + random.integer(asOf - from),
				guest: -1,
				lookedAt: Array.from({ length: 1 + poisson(1, random) }, () =>
					random.integer(market.rows.length),
				),
				wanted: -1,
				books: false,
				returning: false,
			};
	}
}

function lastSession(
	{ day, lookedAt, returning }: Search,
	guest: number,
	wanted: number,
	random: Random,
): Session {
	const books = wanted >= 0;
	const signedIn = guest >= 0 && (books || (returning && random.next() < SIGNED_IN));
	return { day, guest: signedIn ? guest : -1, lookedAt, wanted, books, returning };
}
