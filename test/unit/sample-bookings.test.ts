import { describe, expect, it } from 'vitest';
import { hashText } from '$workers/math/random';
import { encodeTable } from '$workers/table/encode';
import { values } from '$workers/table/homes';
import type { Table } from '$workers/table/table';
import { sampleBookings } from '$workers/sample/bookings';
import { civilDay, seasonOf, weekday } from '$workers/sample/calendar';
import { logistic } from '$workers/sample/draw';
import { sampleTown } from '$workers/sample/homes';
import { CANCELLATION } from '$workers/sample/truth';

const { homes } = sampleTown({ seed: 7 });
const from = civilDay(2023, 5, 14);
const made = sampleBookings({ seed: 7, homes, from });
const { asOf, anomalies } = made;
const columns = made.bookings.columns;

const bookings = Array.from({ length: made.bookings.count }, (_, row) => ({
	property: columns.property.values[row] as number,
	guest: columns.guest.values[row] as number,
	bookedOn: columns.booked_on.values[row] as number,
	arrivesOn: columns.arrives_on.values[row] as number,
	nights: columns.nights.values[row] as number,
	adults: columns.adults.values[row] as number,
	nightlyPrice: columns.nightly_price.values[row] as number,
	total: columns.total.values[row] as number,
	leadTime: columns.lead_time.values[row] as number,
	cancelledOn: columns.cancelled_on.values[row] as number,
	channel: columns.channel.names[
		columns.channel.codes[row] as number
	] as keyof typeof CANCELLATION.channels,
	deposit: columns.deposit.names[
		columns.deposit.codes[row] as number
	] as keyof typeof CANCELLATION.deposits,
	status: columns.status.names[columns.status.codes[row] as number] as string,
}));
type Booking = (typeof bookings)[number];

const guestColumns = made.guests.columns;
const typeOf = ({ guest }: Booking) =>
	guestColumns.type.names[guestColumns.type.codes[guest] as number];
const firstSeen = ({ guest }: Booking) => guestColumns.first_seen.values[guest] as number;

const daily = made.daily.columns;
const nights = Array.from({ length: made.daily.count }, (_, row) => ({
	property: daily.property.values[row] as number,
	day: daily.day.values[row] as number,
	price: daily.price.values[row] as number,
	let: daily.let.values[row] as number,
}));

const events = made.events.columns;
const DAY = 86_400_000;
const eventKind = (row: number) => events.kind.names[events.kind.codes[row] as number];
const eventDay = (row: number) => Math.floor((events.instant.values[row] as number) / DAY);

const mean = (numbers: readonly number[]) =>
	numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
const share = <Item>(items: readonly Item[], holds: (item: Item) => boolean) =>
	items.filter(holds).length / items.length;
const median = (numbers: readonly number[]) =>
	numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}
const weekOf = (day: number) => Math.floor((day - from + 365) / 7);

/** Takes the mean of each home, then of each week, from a value. */
function withoutMeans<Name extends string>(
	weeks: readonly ({ property: number | undefined; week: number } & Record<Name, number>)[],
	name: Name,
): number[] {
	let left = weeks.map((one) => one[name] as number);
	for (const keyOf of [(i: number) => weeks[i]?.property, (i: number) => weeks[i]?.week]) {
		const groups = groupBy([...left.keys()], keyOf);
		const means = new Map(
			[...groups].map(([key, own]) => [key, mean(own.map((i) => left[i] as number))]),
		);
		left = left.map((x, i) => x - (means.get(keyOf(i)) ?? 0));
	}
	return left;
}

const isCancelled = ({ status }: Booking) => status === 'cancelled';
const bytesOf = (table: Table) => hashText(new TextDecoder('latin1').decode(encodeTable(table)));
const planted = (kind: string) => anomalies.filter((anomaly) => anomaly.kind === kind);
const within = (day: number, { from, to }: { from: number; to: number }) =>
	day >= from && day <= to;

describe('the bookings of the sample town', () => {
	it('are three years of bookings by 6,000 guests, each with a booking', () => {
		expect(made.guests.count).toBe(6000);
		expect(new Set(bookings.map(({ guest }) => guest)).size).toBe(6000);
		expect(made.bookings.count).toBeGreaterThan(10_000);
		expect(asOf - from).toBe(1096);
	});

	it('are the same bytes for the same seed, and others for another', () => {
		const options = { homes, from, years: 1, guests: 300, managed: 12 };
		const tablesOf = (seed: number) => {
			const { bookings, guests, events, daily, holidays } = sampleBookings({ ...options, seed });
			return [bookings, guests, events, daily, holidays].map((one) => bytesOf(one as Table));
		};
		expect(tablesOf(3)).toEqual(tablesOf(3));
		expect(tablesOf(3)[0]).not.toBe(tablesOf(4)[0]);
	});

	it('make nothing of no homes', () => {
		const none = sampleBookings({ seed: 1, homes: sampleTown({ seed: 1, homes: 0 }).homes, from });
		expect([none.bookings.count, none.guests.count, none.events.count, none.daily.count]).toEqual([
			0, 0, 0, 0,
		]);
		expect(none.anomalies).toEqual([]);
	});

	it('have days, nights and money that agree', () => {
		const odd = bookings.filter((booking) => {
			const { bookedOn, arrivesOn, cancelledOn, property, total } = booking;
			return !(
				arrivesOn >= Math.max(from, bookedOn) &&
				bookedOn < asOf &&
				bookedOn >= (values(homes, 'listed_on')[property] as number) &&
				bookedOn >= firstSeen(booking) &&
				booking.leadTime === arrivesOn - bookedOn &&
				booking.nights >= (values(homes, 'minimum_nights')[property] as number) &&
				booking.adults <= (values(homes, 'guests')[property] as number) &&
				Math.abs(booking.nightlyPrice * booking.nights - total) < 1e-6 &&
				isCancelled(booking) === !Number.isNaN(cancelledOn) &&
				(!isCancelled(booking) || within(cancelledOn, { from: bookedOn, to: arrivesOn }))
			);
		});
		expect(odd).toEqual([]);
	});

	it('say no more than was known on the day of the table', () => {
		const known = ({ status, arrivesOn, nights, cancelledOn }: Booking) => {
			if (status === 'confirmed') return arrivesOn + nights >= asOf;
			if (status === 'checked out') return arrivesOn + nights < asOf;
			return status === 'no-show' ? arrivesOn < asOf : cancelledOn < asOf;
		};
		expect(bookings.filter((booking) => !known(booking))).toEqual([]);
	});

	it('charge what was asked for each night', () => {
		const asked = new Map(nights.map(({ property, day, price }) => [`${property} ${day}`, price]));
		const over = bookings.filter(({ arrivesOn, nights }) => arrivesOn + nights <= asOf);
		const odd = over.filter(({ property, arrivesOn, nights, total }) => {
			let sum = 0;
			for (let day = arrivesOn; day < arrivesOn + nights; day++)
				sum += asked.get(`${property} ${day}`) ?? Number.NaN;
			return sum !== total;
		});
		expect(odd).toEqual([]);
	});

	it('never overlap in one home, but for the double bookings that were planted', () => {
		const overlaps: string[] = [];
		const byHome = groupBy(
			bookings.filter((booking) => !isCancelled(booking)),
			({ property }) => property,
		);
		for (const [property, stays] of byHome) {
			const inOrder = stays.toSorted((a, b) => a.arrivesOn - b.arrivesOn);
			inOrder.forEach((stay, i) => {
				const next = inOrder[i + 1];
				if (next && next.arrivesOn < stay.arrivesOn + stay.nights)
					overlaps.push(`${property} ${next.arrivesOn}`);
			});
		}
		const wanted = planted('double-booking').map(({ property, from }) => `${property} ${from}`);
		expect(wanted.length).toBeGreaterThan(0);
		expect(overlaps.sort()).toEqual(wanted.sort());
	});

	it('fill the nights of the daily table', () => {
		const nightsTaken = new Set<string>();
		for (const booking of bookings)
			if (!isCancelled(booking))
				for (
					let day = booking.arrivesOn;
					day < Math.min(asOf, booking.arrivesOn + booking.nights);
					day++
				)
					nightsTaken.add(`${booking.property} ${day}`);
		expect(nights.filter((night) => night.let === 1).length).toBe(nightsTaken.size);
		expect(
			nights.every(
				(night) => (night.let === 1) === nightsTaken.has(`${night.property} ${night.day}`),
			),
		).toBe(true);
	});
});

describe('the demand of the sample town', () => {
	const past = bookings.filter(({ arrivesOn }) => arrivesOn < asOf - 1);
	const inMonths = (first: number, last: number) =>
		past.filter(({ arrivesOn }) =>
			within(Math.floor(seasonOf(arrivesOn) * 12) + 1, { from: first, to: last }),
		);

	it('is higher in summer than in winter', () => {
		expect(inMonths(6, 8).length).toBeGreaterThan(1.3 * inMonths(1, 3).length);
	});

	it('has leisure come on Fridays and work on Mondays', () => {
		const arrivals = (type: string, day: number) =>
			past.filter((booking) => typeOf(booking) === type && weekday(booking.arrivesOn) === day)
				.length;
		expect(arrivals('leisure', 5)).toBeGreaterThan(2 * arrivals('leisure', 2));
		expect(arrivals('business', 1)).toBeGreaterThan(2 * arrivals('business', 5));
	});

	it('rises on holidays', () => {
		const holidays = new Set(made.holidays.columns.day.values);
		const arrivalsOn = (wanted: (day: number) => boolean) => {
			const days = Array.from({ length: asOf - from }, (_, i) => from + i).filter(
				(day) => weekday(day) === 6 && seasonOf(day) > 0.2 && wanted(day),
			);
			return past.filter(({ arrivesOn }) => days.includes(arrivesOn)).length / days.length;
		};
		expect(arrivalsOn((day) => holidays.has(day))).toBeGreaterThan(
			1.1 * arrivalsOn((day) => !holidays.has(day)),
		);
	});

	it('books earlier for leisure than for work', () => {
		const lead = (type: string) =>
			median(past.filter((booking) => typeOf(booking) === type).map(({ leadTime }) => leadTime));
		expect(lead('leisure')).toBeGreaterThan(2 * lead('business'));
	});

	it('lets fewer nights in weeks in which a home is dear by the experiment alone', () => {
		// Season and weekend are common to all homes: what is left within home and week is the experiment.
		const slips = planted('price-slip');
		const weeks = [...groupBy(nights, ({ property, day }) => `${property} ${weekOf(day)}`).values()]
			.filter(
				(week) =>
					week.length === 7 && !slips.some(({ property }) => property === week[0]?.property),
			)
			.map((week) => ({
				property: week[0]?.property,
				week: weekOf(week[0]?.day ?? 0),
				price: mean(week.map(({ price }) => Math.log(price))),
				let: mean(week.map((night) => night.let)),
			}));
		const price = withoutMeans(weeks, 'price');
		const taken = withoutMeans(weeks, 'let');
		const slope =
			mean(price.map((x, i) => x * (taken[i] as number))) / mean(price.map((x) => x * x));
		expect(slope).toBeLessThan(-0.1);
	});

	it('has guests who return, some much more than others', () => {
		const counts = [...groupBy(bookings, ({ guest }) => guest).values()].map(
			({ length }) => length,
		);
		expect(share(counts, (count) => count > 1)).toBeGreaterThan(0.3);
		expect(share(counts, (count) => count > 1)).toBeLessThan(0.65);
		const again = counts.map((count) => count - 1);
		const average = mean(again);
		const variance = mean(again.map((count) => (count - average) ** 2));
		expect(variance).toBeGreaterThan(2 * average);
	});

	it('cancels as the truth says, given lead time, channel, deposit and guest', () => {
		const waves = planted('cancellation-wave');
		const calm = past.filter(({ arrivesOn }) => !waves.some((wave) => within(arrivesOn, wave)));
		let expected = 0;
		let variance = 0;
		for (const booking of calm) {
			const chance = logistic(
				CANCELLATION.base +
					CANCELLATION.perLogWeek * Math.log1p(booking.leadTime / 7) +
					CANCELLATION.channels[booking.channel] +
					CANCELLATION.deposits[booking.deposit] +
					(typeOf(booking) === 'business' ? CANCELLATION.business : 0) +
					(booking.bookedOn > firstSeen(booking) ? CANCELLATION.returning : 0),
			);
			expected += chance;
			variance += chance * (1 - chance);
		}
		const cancelled = calm.filter(isCancelled).length;
		expect(Math.abs(cancelled - expected)).toBeLessThan(4 * Math.sqrt(variance));
		expect(
			share(
				calm.filter(({ leadTime }) => leadTime > 60),
				isCancelled,
			),
		).toBeGreaterThan(
			1.3 *
				share(
					calm.filter(({ leadTime }) => leadTime < 7),
					isCancelled,
				),
		);
	});
});

describe('the engagement of the sample town', () => {
	const rows = Array.from({ length: made.events.count }, (_, row) => row);

	it('is in order of time, within the days, and only for homes that were listed', () => {
		const odd = rows.filter((row) => {
			const listed = values(homes, 'listed_on')[events.property.values[row] as number] as number;
			const before = row ? (events.instant.values[row - 1] as number) : 0;
			return !(
				(events.instant.values[row] as number) >= before &&
				within(eventDay(row), { from: Math.max(from, listed), to: asOf - 1 })
			);
		});
		expect(odd).toEqual([]);
	});

	it('knows a guest from the first booking on', () => {
		const odd = rows.filter((row) => {
			const guest = events.guest.values[row] as number;
			return guest >= 0 && eventDay(row) < (guestColumns.first_seen.values[guest] as number);
		});
		expect(odd).toEqual([]);
	});

	it('ends in the bookings of the booking table', () => {
		const known = new Set(
			bookings.map(({ guest, property, bookedOn }) => `${guest} ${property} ${bookedOn}`),
		);
		const booked = rows.filter((row) => eventKind(row) === 'booking');
		expect(booked.length).toBeGreaterThan(
			0.9 * bookings.filter(({ bookedOn }) => bookedOn >= from).length,
		);
		expect(
			booked.filter(
				(row) =>
					!known.has(`${events.guest.values[row]} ${events.property.values[row]} ${eventDay(row)}`),
			),
		).toEqual([]);
	});

	it('stays longer with what is booked', () => {
		const bookedIn = new Set<string>();
		const key = (row: number) => `${events.session.values[row]} ${events.property.values[row]}`;
		for (const row of rows) if (eventKind(row) === 'booking') bookedIn.add(key(row));
		const views = rows.filter((row) => eventKind(row) === 'view');
		const seconds = (booked: boolean) =>
			median(
				views
					.filter((row) => bookedIn.has(key(row)) === booked)
					.map((row) => events.seconds.values[row] as number),
			);
		expect(seconds(true)).toBeGreaterThan(1.5 * seconds(false));
	});
});

describe('the anomalies planted in the sample town', () => {
	it('are of seven kinds, each once a year, and do not meet', () => {
		expect(anomalies.length).toBe(21);
		expect(new Set(anomalies.map(({ kind }) => kind)).size).toBe(7);
		anomalies.forEach(({ from, to }, i) => {
			expect(to).toBeGreaterThanOrEqual(from);
			const next = anomalies[i + 1];
			if (next) expect(next.from).toBeGreaterThan(to);
		});
	});

	it('surge: more arrive than on the same weekdays around', () => {
		for (const surge of planted('demand-surge')) {
			const arrivals = (shift: number) =>
				bookings.filter(({ arrivesOn }) => within(arrivesOn - shift, surge)).length;
			expect(arrivals(0)).toBeGreaterThan(1.2 * mean([-21, -14, 14, 21].map(arrivals)));
		}
	});

	it('outage: nothing comes through the booking site', () => {
		for (const outage of planted('channel-outage')) {
			const booked = (shift: number) =>
				bookings.filter(
					({ channel, bookedOn }) => channel === 'booking site' && within(bookedOn - shift, outage),
				).length;
			expect(booked(0)).toBe(0);
			expect(booked(7) + booked(-7)).toBeGreaterThan(5);
		}
	});

	it('price slip: one home at a tenth', () => {
		for (const slip of planted('price-slip')) {
			const own = nights.filter(({ property }) => property === slip.property);
			const usual = median(own.map(({ price }) => price));
			const slipped = own.filter(({ day }) => within(day, slip));
			expect(slipped.length).toBe(slip.to - slip.from + 1);
			for (const { price } of slipped) expect(price).toBeLessThan(0.3 * usual);
		}
	});

	it('cancellation wave: most who were to arrive cancel in the last days', () => {
		for (const wave of planted('cancellation-wave')) {
			const due = bookings.filter(({ arrivesOn }) => within(arrivesOn, wave));
			expect(share(due, isCancelled)).toBeGreaterThan(0.5);
		}
	});

	it('view burst: one session, hundreds of views of one home in a day', () => {
		for (const burst of planted('view-burst')) {
			const counts = new Map<number, number>();
			events.property.values.forEach((property, row) => {
				const session = events.session.values[row] as number;
				if (property === burst.property && eventDay(row) === burst.from)
					counts.set(session, (counts.get(session) ?? 0) + 1);
			});
			expect(Math.max(...counts.values())).toBeGreaterThan(500);
		}
	});

	it('lost tracking: two days without an event between days with many', () => {
		const perDay = new Map<number, number>();
		events.instant.values.forEach((_, row) =>
			perDay.set(eventDay(row), (perDay.get(eventDay(row)) ?? 0) + 1),
		);
		for (const lost of planted('lost-tracking')) {
			expect(
				[lost.from - 1, lost.from, lost.to, lost.to + 1].map((day) => (perDay.get(day) ?? 0) > 20),
			).toEqual([true, false, false, true]);
			expect(perDay.get(lost.from)).toBeUndefined();
		}
	});
});
