import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { toParquet } from '$workers/data/exporters/parquet';
import { booksOf, lookAtFile, readBooksFile, signatureOf } from '$workers/data/importers/books';
import { civilDay } from '$workers/table/civil';
import { nameAt } from '$workers/table/column';
import { sampleBooks } from '$workers/sample';
import {
	TODAY,
	booking,
	bookings,
	bookingsCsv,
	column,
	extra,
	faultFrom,
	look,
	lookAndRead,
	plainMapping,
	read,
	zipOf,
} from '../support/books';
import { asFile, csv } from '../support/csv';

const day = (year: number, month: number, date: number) => civilDay(year, month, date);
const packed = (content: string | Uint8Array) => new Uint8Array(gzipSync(content));

describe('exports of booking platforms', () => {
	const airbnb = csv([
		{
			'Confirmation code': 'HM1',
			Status: 'Past guest',
			'Guest name': 'Nobody Atall',
			Contact: '+1 555 0100',
			'# of adults': '2',
			'# of children': '1',
			'# of infants': '0',
			'Start date': '1/2/2025',
			'End date': '1/16/2025',
			'# of nights': '14',
			Booked: '2024-12-05',
			Listing: 'Quiet rooms by the mill',
			Earnings: '$1,400.00',
		},
		{
			'Confirmation code': 'HM2',
			Status: 'Canceled by guest',
			'Guest name': 'Somebody Else',
			Contact: '+1 555 0101',
			'# of adults': '1',
			'# of children': '0',
			'# of infants': '0',
			'Start date': '3/4/2025',
			'End date': '3/6/2025',
			'# of nights': '2',
			Booked: '2025-01-20',
			Listing: 'Loft',
			Earnings: '$0.00',
		},
	]);

	test('Airbnb: known by its columns, names and contacts never read', async () => {
		const { seen, books } = await lookAndRead(airbnb);
		expect(seen).toMatchObject({
			source: 'airbnb-reservations',
			table: 'bookings',
			format: 'csv',
			packed: 'none',
			questions: ['currency'],
		});
		const personal = seen.columns.filter((one) => one.personal);
		expect(personal.map(({ name }) => name)).toEqual(['Guest name', 'Contact']);
		expect(personal.every(({ samples }) => samples.length === 0)).toBe(true);
		expect(books.report.columnsIgnored).toEqual(['Guest name', 'Contact', '# of nights']);
		expect(JSON.stringify(books)).not.toMatch(/Nobody|Somebody|555/);
	});

	test('Airbnb: the order of day and month is told by a date that has one reading', async () => {
		const { seen, books } = await lookAndRead(airbnb);
		expect(seen.mapping.dayFirst).toBe(false);
		expect(column(books, 'arrives_on')).toEqual([day(2025, 1, 2), day(2025, 3, 4)]);
		expect(column(books, 'nights')).toEqual([14, 2]);
		expect(column(books, 'total')).toEqual([1400, 0]);
		expect(column(books, 'nightly_price')).toEqual([100, 0]);
		expect(column(books, 'status')).toEqual(['checked out', 'cancelled']);
		expect(extra(books, '# of children')).toEqual([1, 0]);
		expect(books.propertyKeys).toEqual([
			'airbnb-reservations:Quiet rooms by the mill',
			'airbnb-reservations:Loft',
		]);
		expect(books.report.notes).toEqual(['NoGuestIds', 'CurrencyAssumed']);
		// The last thing known: the cancellation of the booking for March has no day, its booking has.
		expect(books.asOf).toBe(day(2025, 1, 21));
	});

	test('Booking.com: amounts with a currency, cancellations with their day', async () => {
		const row = {
			'Book Number': '4000000001',
			'Booked by': 'Nobody, Atall',
			'Guest Name(s)': 'Nobody, Atall',
			'Check-in': '2025-06-01',
			'Check-out': '2025-06-03',
			'Booked on': '2025-02-10 11:59:01',
			Status: 'ok',
			Rooms: '1',
			People: '2',
			Adults: '2',
			Children: '0',
			Price: '245.5 EUR',
			'Commission %': '15',
			'Commission Amount': '36.83 EUR',
			'Payment status': '',
			Remarks: 'Late arrival, call me',
			'Booker country': 'de',
			'Travel purpose': 'Leisure',
			Device: 'Mobile',
			'Unit type': 'Double Room',
			'Duration (nights)': '2',
			'Cancellation date': '',
			Address: '',
			'Phone number': '+49 30 0000000',
		};
		const cancelled = {
			...row,
			'Book Number': '4000000002',
			Status: 'cancelled_by_guest',
			'Cancellation date': '2025-03-01 08:00:00',
		};
		const { seen, books } = await lookAndRead(
			csv([row, cancelled, { ...row, 'Book Number': '3', Status: 'no_show' }]),
		);
		expect(seen).toMatchObject({ source: 'booking-com-reservations', questions: [] });
		expect(books.currency).toBe('EUR');
		// Who did not come on 1 June was known on the 2nd, when the other stay was not over.
		expect(column(books, 'status')).toEqual(['confirmed', 'cancelled', 'no-show']);
		expect(column(books, 'cancelled_on')).toEqual([Number.NaN, day(2025, 3, 1), Number.NaN]);
		expect(column(books, 'total')).toEqual([245.5, 245.5, 245.5]);
		expect(extra(books, 'Commission %')).toEqual([15, 15, 15]);
		expect(extra(books, 'Booker country')).toEqual(['de', 'de', 'de']);
		expect(books.report.columnsIgnored).toEqual(
			expect.arrayContaining(['Booked by', 'Guest Name(s)', 'Remarks', 'Address', 'Phone number']),
		);
		expect(JSON.stringify(books)).not.toMatch(/Nobody|Late|\+49/);
	});

	test('an export in German with semicolons, points in dates and commas in amounts', async () => {
		const row = {
			Buchungsnummer: '1',
			Unterkunft: 'Haus am See',
			Gast: 'Niemand',
			Anreise: '02.07.2025',
			Abreise: '05.07.2025',
			'Gebucht am': '01.03.2025',
			Personen: '4',
			Gesamtpreis: '1.234,50 €',
			Status: 'Storniert',
		};
		const text = csv([row, { ...row, Buchungsnummer: '2', Status: 'Abgereist' }], {
			delimiter: ';',
		});
		const { seen, books } = await lookAndRead(text);
		expect(seen).toMatchObject({ source: 'other', table: 'bookings', questions: [] });
		expect(column(books, 'arrives_on')).toEqual([day(2025, 7, 2), day(2025, 7, 2)]);
		expect(column(books, 'total')).toEqual([1234.5, 1234.5]);
		expect(column(books, 'adults')).toEqual([4, 4]);
		expect(column(books, 'status')).toEqual(['cancelled', 'checked out']);
		expect(books.currency).toBe('EUR');
		expect(JSON.stringify(books)).not.toMatch(/Niemand/);
	});
});

describe('the hotel booking demand format', () => {
	const stay = (change: Record<string, string> = {}) => ({
		hotel: 'City Hotel',
		is_canceled: '0',
		lead_time: '10',
		arrival_date_year: '2016',
		arrival_date_month: 'February',
		arrival_date_week_number: '10',
		arrival_date_day_of_month: '29',
		stays_in_weekend_nights: '1',
		stays_in_week_nights: '2',
		adults: '2',
		children: 'NA',
		country: 'PRT',
		distribution_channel: 'TA/TO',
		reserved_room_type: 'A',
		deposit_type: 'No Deposit',
		agent: 'NULL',
		adr: '80.5',
		reservation_status: 'Check-Out',
		reservation_status_date: '2016-03-03',
		...change,
	});
	const text = csv([
		stay(),
		stay(),
		stay({ adr: '-6.38', agent: '9' }),
		stay({ stays_in_weekend_nights: '0', stays_in_week_nights: '0' }),
		stay({
			hotel: 'Resort Hotel',
			is_canceled: '1',
			reservation_status: 'Canceled',
			reservation_status_date: '2016-02-20',
		}),
	]);

	test('is read as its publisher describes it', async () => {
		const { seen, books } = await lookAndRead(text);
		expect(seen).toMatchObject({ source: 'hotel-booking-demand', questions: [] });
		expect(column(books, 'arrives_on')).toEqual(Array(5).fill(day(2016, 2, 29)));
		expect(column(books, 'booked_on')).toEqual(Array(5).fill(day(2016, 2, 19)));
		expect(column(books, 'lead_time')).toEqual(Array(5).fill(10));
		expect(column(books, 'nights')).toEqual([3, 3, 3, 0, 3]);
		expect(column(books, 'nightly_price')).toEqual([80.5, 80.5, 0, 80.5, 80.5]);
		expect(column(books, 'cancelled_on')[4]).toBe(day(2016, 2, 20));
		expect(books.asOf).toBe(day(2016, 3, 4));
		expect(books.report).toMatchObject({ rowsFit: 5, refused: [], currency: 'EUR' });
	});

	test('keeps every column of the source as it would be read by itself', async () => {
		const { books } = await lookAndRead(text);
		expect(extra(books, 'adr')).toEqual([80.5, 80.5, -6.38, 80.5, 80.5]);
		expect(extra(books, 'agent')).toEqual([NaN, NaN, 9, NaN, NaN]);
		expect(extra(books, 'children')).toEqual(Array(5).fill(NaN));
		expect(extra(books, 'country')).toEqual(Array(5).fill('PRT'));
		expect(extra(books, 'arrival_date_month')).toEqual(Array(5).fill('February'));
		expect(extra(books, 'reservation_status_date')[0]).toBe(day(2016, 3, 3));
		expect(Object.keys(books.extras)).not.toContain('is_canceled');
	});

	test('derives rooms as properties of several units', async () => {
		const { columns } = (await lookAndRead(text)).books.properties;
		expect(columns.key.values).toEqual([
			'hotel-booking-demand:City Hotel/A',
			'hotel-booking-demand:Resort Hotel/A',
		]);
		expect(columns.title.values[0]).toBe('City Hotel, room A');
		expect(nameAt(columns.destination, 1)).toBe('Resort Hotel');
		// Three stays over the same night; one of no night and one that was cancelled take no room.
		expect([...columns.units.values]).toEqual([3, 1]);
		expect([...columns.base_price.values]).toEqual([80.5, 80.5]);
	});

	test('tells equal rows apart, the same way each time', async () => {
		const identities = async (content: string) => {
			const { books } = await lookAndRead(content);
			const low = column(books, 'identity_low');
			return column(books, 'identity_high').map((high, row) => `${high} ${low[row]}`);
		};
		const own = await identities(text);
		expect(new Set(own).size).toBe(5);
		expect(await identities(text)).toEqual(own);
		// Columns in another order and rows that were added change nothing about those that were there.
		const columns = Object.keys(stay()).reverse();
		expect(await identities(csv([stay(), stay()], { columns }))).toEqual(own.slice(0, 2));
		expect((await lookAndRead(text)).books.report.notes).toContain('RealDuplicates');
	});
});

describe('books of one file', () => {
	test('number properties and guests in order of appearance, bookings in that of booking', async () => {
		const rows = bookings(3, (i) => ({
			property: ['Loft', 'Mill', 'Loft'][i] ?? '',
			booked_on: ['2025-01-12', '2025-01-11', '2025-01-10'][i] ?? '',
			guest_id: ['ann@example.org', 'bob@example.org', 'ANN@example.org'][i] ?? '',
			meal: ['BB', 'HB', 'SC'][i] ?? '',
		}));
		const mapping = plainMapping({ extras: ['meal'] });
		const columns = { ...mapping.columns, guest: ['guest_id'] };
		const text = csv(rows);
		const books = booksOf(await read(text, { ...mapping, columns }));
		expect([...books.bookings.columns.property.values]).toEqual([0, 1, 0]);
		expect([...books.bookings.columns.guest.values]).toEqual([0, 1, 0]);
		expect([...books.bookings.columns.booking_id.values]).toEqual([1, 2, 3]);
		expect([...books.bookings.columns.booked_on.values]).toEqual([20_098, 20_099, 20_100]);
		expect(books.extras.meal).toMatchObject({ type: 'category', codes: Uint16Array.of(2, 1, 0) });
		expect(books.properties.columns.title.values).toEqual(['Loft', 'Mill']);
		expect(books.guests.count).toBe(2);
		// An address tells same from other, and is nowhere.
		expect(JSON.stringify(books).toLowerCase()).not.toContain('example.org');
		expect(books.daily.count + books.engagement.count + books.holidays.count).toBe(0);
	});

	test('settle what the file leaves open: stays that are over, cancellations without a day', async () => {
		const text = csv(
			bookings(3, (i) => ({
				arrives_on: ['2025-02-01', '2025-09-01', '2025-09-01'][i] ?? '',
				departs_on: ['2025-02-03', '2025-09-03', '2025-09-03'][i] ?? '',
				booked_on: ['2025-01-01', '2025-05-01', '2025-01-05'][i] ?? '',
				status: ['confirmed', 'confirmed', 'cancelled'][i] ?? '',
			})),
		);
		const books = await read(text);
		expect(books.asOf).toBe(day(2025, 5, 2));
		expect(column(books, 'status')).toEqual(['checked out', 'confirmed', 'cancelled']);
		expect(column(books, 'cancelled_on')[2]).toBe(day(2025, 5, 1));
	});

	test('read without days of booking say so, and end with the last arrival', async () => {
		const columns = { ...plainMapping().columns, booked_on: [] };
		const books = await read(bookingsCsv({}), plainMapping({ columns }));
		expect(books.report.notes).toContain('NoBookingDates');
		expect(column(books, 'lead_time')).toEqual([0, 0, 0, 0]);
	});
});

describe('other tables', () => {
	test('a calendar gives nights with prices, let or not', async () => {
		const night = { listing_id: '12345678901234567', date: '2025-03-01', available: 't' };
		const rest = { price: '"$1,150.00"'.replaceAll('"', ''), minimum_nights: '2' };
		const { seen, books } = await lookAndRead(
			csv([
				{ ...night, ...rest },
				{ ...night, ...rest, date: '2025-03-02', available: 'f' },
				{ ...night, ...rest, date: '2025-03-02' },
			]),
		);
		expect(seen).toMatchObject({ source: 'inside-airbnb-calendar', table: 'daily' });
		expect(books.propertyKeys).toEqual(['airbnb:12345678901234567']);
		expect(column(books, 'let')).toEqual([0, 1]);
		expect(column(books, 'price')).toEqual([1150, 1150]);
		expect(books.asOf).toBe(day(2025, 3, 1));
		expect(books.report.refused).toEqual([{ reason: 'Repeated', column: 'date', rows: 1 }]);
	});

	test('reviews give stays without a word or a name', async () => {
		const review = {
			listing_id: '1',
			id: '10',
			date: '2024-05-01',
			reviewer_id: '99',
			reviewer_name: 'Nobody',
			comments: 'Lovely',
		};
		const { seen, books } = await lookAndRead(
			csv([review, { ...review, id: '11', date: '2024-06-01' }, review]),
		);
		expect(seen).toMatchObject({ source: 'inside-airbnb-reviews', table: 'reviews' });
		expect(column(books, 'day')).toEqual([day(2024, 5, 1), day(2024, 6, 1)]);
		expect(books.guestKeys).toEqual([expect.stringMatching(/^airbnb:[0-9a-f]{16}$/)]);
		expect([...books.guests.columns.first_seen.values]).toEqual([day(2024, 5, 1)]);
		expect(books.report.refused).toEqual([{ reason: 'Repeated', column: 'id', rows: 1 }]);
		expect(JSON.stringify(books)).not.toMatch(/Nobody|Lovely|99/);
	});

	test('listings become properties under the keys that their calendar has', async () => {
		const text = csv([
			{
				id: '1',
				name: 'Quiet rooms',
				host_id: '7',
				latitude: '50.1',
				longitude: '8.2',
				room_type: 'Entire home/apt',
				price: '$100.00',
				bedrooms: '2',
				amenities: '["Wifi", "Kitchen"]',
			},
		]);
		const { seen, books } = await lookAndRead(text, { currency: 'SGD' });
		expect(seen.source).toBe('inside-airbnb-listings');
		expect(books).toMatchObject({ table: 'properties', currency: 'SGD' });
		expect(books.propertyKeys).toEqual(['airbnb:1']);
		expect([...books.properties.columns.amenities_count.values]).toEqual([2]);
		const inZip = zipOf([{ name: 'listings.csv', content: text }]);
		expect((await lookAndRead(inZip)).books.rows.count).toBe(1);
	});

	test('properties, days and events of one’s own, matched by their columns’ names', async () => {
		const properties = await lookAndRead(
			'Property ID,Title,Bedrooms,Max guests,Base price,Rating,City,Units\nM1,Mill,2,4,120,4.8,Millbrook,1\n',
		);
		expect(properties.seen).toMatchObject({ table: 'properties', questions: ['currency'] });
		expect(properties.books.propertyKeys).toEqual(['other:M1']);
		expect([...properties.books.properties.columns.bedrooms.values]).toEqual([2]);

		const daily = await lookAndRead(
			'property_id,date,rate,booked\nM1,2025-03-01,120,yes\nM1,2025-03-02,120,no\n',
		);
		expect(daily.seen.table).toBe('daily');
		expect(column(daily.books, 'let')).toEqual([1, 0]);

		const events = await lookAndRead(
			'timestamp,session_id,property_id,event,device,seconds\n2025-03-01T10:00:00+02:00,s1,M1,page_view,phone,12\n1740823200,s1,M1,save,phone,\n',
		);
		expect(events.seen.table).toBe('engagement');
		expect(column(events.books, 'instant')).toEqual([
			Date.UTC(2025, 2, 1, 8),
			Date.UTC(2025, 2, 1, 10),
		]);
		expect(column(events.books, 'kind')).toEqual(['view', 'save']);
		expect(column(events.books, 'guest')).toEqual([-1, -1]);
	});

	test('feature tables that a cluster computed keep every column', async () => {
		const { seen, books } = await lookAndRead(
			'property_id,date,bookings_lag_30d,occupancy_30d,adr_30d,own\nairbnb:1,2025-03-01,3,0.5,99.5,x\nM2,2025-03-01,,0.1,80,y\n',
		);
		expect(seen).toMatchObject({ source: 'property-features', table: 'features', questions: [] });
		expect(books.propertyKeys).toEqual(['airbnb:1', 'other:M2']);
		expect(extra(books, 'bookings_lag_30d')).toEqual([3, NaN]);
		expect(extra(books, 'own')).toEqual(['x', 'y']);
		const guests = await lookAndRead(
			'user_id,country,total_bookings,total_spend,days_since_last_booking\nu1,DE,3,500,20\n',
		);
		expect(guests.seen.source).toBe('user-features');
		expect(guests.books.guestKeys).toEqual([expect.stringMatching(/^other:[0-9a-f]{16}$/)]);
	});
});

describe('formats', () => {
	const rows = bookings(3, (i) => ({ channel: ['direct', 'agency', 'direct'][i] ?? '' }));
	const text = csv(rows);
	const json = JSON.stringify(rows.map((row) => ({ ...row, adults: 2, total: 300, note: null })));

	test.each([
		['csv', 'none', text],
		['csv', 'gzip', packed(text)],
		['csv', 'gzip', packed(packed(text))],
		['csv', 'zip', zipOf([{ name: 'export/bookings.csv', content: text }])],
		['csv', 'zip', zipOf([{ name: 'bookings.csv', content: text, stored: true }])],
		['csv', 'zip', zipOf([{ name: 'bookings.csv.gz', content: packed(text) }])],
		['json', 'none', json],
		['json', 'none', rows.map((row) => JSON.stringify(row)).join('\n')],
		['json', 'gzip', packed(json)],
	] as const)('%s, packed: %s', async (format, how, content) => {
		const { seen, books } = await lookAndRead(content, { currency: 'EUR' });
		expect(seen).toMatchObject({ format, packed: how, table: 'bookings' });
		expect(books.rows.count).toBe(3);
		expect(column(books, 'channel')).toEqual(['direct', 'agency', 'direct']);
		expect(column(books, 'identity_low')).toEqual(column(await read(text), 'identity_low'));
	});

	test('several files in a zip are read one after the other where their columns are the same', async () => {
		const zip = zipOf([
			{ name: 'readme.md', content: 'no table' },
			{ name: '2024.csv', content: csv(bookings(2)) },
			{ name: 'other.csv', content: 'a,b\n1,2\n' },
			{ name: '2025.csv', content: csv(bookings(2, (i) => ({ booking_id: `C${i}` }))) },
		]);
		const books = await read(zip);
		expect(books.rows.count).toBe(4);
	});

	test('Parquet: the sample’s bookings come back from their own export', async () => {
		const sample = sampleBooks({ seed: 'parquet', managed: 3, guests: 60, years: 1 });
		const days = ['booked_on', 'arrives_on', 'cancelled_on'];
		const file = new Uint8Array(toParquet(sample.bookings, 'bookings', days));
		const today = { today: sample.asOf };
		const { seen, books } = await lookAndRead(file, { currency: 'EUR' }, today);
		expect(seen).toMatchObject({ format: 'parquet', table: 'bookings' });
		expect(books.report.refused).toEqual([]);
		for (const name of ['booked_on', 'arrives_on', 'nights', 'adults', 'total'])
			expect(column(books, name)).toEqual([
				...(sample.bookings.columns[name as 'nights'].values as Float64Array),
			]);
		const again = await lookAndRead(packed(file), { currency: 'EUR' }, today);
		expect(again.seen).toMatchObject({ format: 'parquet', packed: 'gzip' });
		expect(column(again.books, 'identity_high')).toEqual(column(books, 'identity_high'));
	});

	test('JSON: long ids keep their digits, the last of equal names stands, names are no keys', async () => {
		const own = '{"property":"M","arrives_on":"2025-03-01","nights":2,"total":10,';
		const lines = [
			`${own}"booking_id":9007199254740993,"__proto__":1,"constructor":"x","nights":3}`,
			`${own}"booking_id":9007199254740995,"__proto__":2,"constructor":"y","deep":{"a":[1]}}`,
		].join('\n');
		const mapping = plainMapping({
			columns: {
				booking_id: ['booking_id'],
				property: ['property'],
				arrives_on: ['arrives_on'],
				nights: ['nights'],
				total: ['total'],
			},
			extras: ['__proto__', 'constructor'],
		});
		const books = await read(lines, mapping);
		expect(column(books, 'nights')).toEqual([3, 2]);
		expect(new Set(column(books, 'identity_low')).size).toBe(2);
		expect(extra(books, '__proto__')).toEqual([1, 2]);
		expect(extra(books, 'constructor')).toEqual(['x', 'y']);
		expect(Object.prototype).not.toHaveProperty('x');
	});
});

describe('looking at a file', () => {
	test('asks what only a person knows, once', async () => {
		const row = { property: 'M', arrives_on: '01/02/2025', nights: '2', total: '1.234' };
		expect((await look(csv([row]))).questions).toEqual([
			'day-month-order',
			'decimal-mark',
			'currency',
		]);
		expect((await look(csv([{ ...row, arrives_on: '13/02/2025' }]))).mapping.dayFirst).toBe(true);
		expect((await look('a,b\n1,2\n')).questions).toContain('table');
	});

	test('takes the mapping that was used for these columns before', async () => {
		const text = csv(bookings(2));
		const before = plainMapping({ currency: 'CHF' });
		const signature = signatureOf(Object.keys(booking()).reverse());
		const seen = await look(text, (asked) => (asked === signature ? before : undefined));
		expect(seen).toMatchObject({ remembered: true, mapping: before, questions: [] });
		expect((await look(text)).remembered).toBe(false);
	});

	test('reads the beginning alone, and shows values shortened and harmless', async () => {
		const rows = bookings(9000, () => ({ note: 'x', title: `\u202Eab\u200B${'y'.repeat(99)}` }));
		let bytes = 0;
		const file = asFile(csv(rows));
		const counted = {
			name: file.name,
			size: file.size,
			slice: (from: number, to: number) => {
				bytes += to - from;
				return file.slice(from, to);
			},
		};
		const seen = await lookAtFile(counted, () => undefined);
		expect(bytes).toBeLessThan(file.size / 2);
		const title = seen.columns.find(({ name }) => name === 'title')?.samples[0] ?? '';
		expect(title).toMatch(/^aby+…$/);
		expect(title.length).toBe(40);
	});
});

describe('a run', () => {
	const large = csv(bookings(40_000));

	test('can be stopped, and leaves nothing', async () => {
		let polls = 0;
		const run = { cancelled: () => ++polls > 2, onProgress: () => undefined };
		const fault = await faultFrom(readBooksFile(asFile(large), plainMapping(), run, TODAY));
		expect(fault).toMatchObject({ name: 'Cancelled', kept: expect.stringContaining('books') });
	});

	test('says how far it is', async () => {
		const done: number[] = [];
		const run = {
			cancelled: () => false,
			onProgress: (progress: { done: number }) => done.push(progress.done),
		};
		const books = await readBooksFile(asFile(large), plainMapping(), run, TODAY);
		expect(books.rows.count).toBe(40_000);
		expect(done.length).toBeGreaterThan(8);
		expect(done.at(-1)).toBe(new TextEncoder().encode(large).length);
		expect([...done].sort((a, b) => a - b)).toEqual(done);
	});
});
