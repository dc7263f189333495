import type { ChanceAnswer } from '$lib/contracts/insight';
import type { Run } from '$workers/learners/contract';
import type { Books } from '$workers/table/bookings';
import type { CategoryColumn } from '$workers/table/column';
import { type Matrix, categoryColumn, matrix, numberColumn } from '$workers/table/matrix';
import { titlesOf } from '$workers/table/titles';
import { propertyFeatures } from '$workers/features/property-features';
import type { Trained } from '../trained';
import type { ChanceOptions, ChanceTask } from './chance-task';
import { trainChance } from './train-chance';
import { type Visits, visitsOf } from './visits';

/** What the project was founded on. */
const TARGET_AUC = 0.75;
/** Visits of the newest days are those to act on. */
const NEWEST_DAYS = 14;
const DAY = 86_400_000;
const HOUR = 3_600_000;

/**
 * The chance that a visit to a home's page ends in its booking: of each session and each home that it
 * looked at, from what had happened up to the booking. Visitors count as known guests from the day
 * after their first booking.
 */
export async function trainConversion(
	books: Books,
	run: Run,
	options: ChanceOptions = {},
): Promise<Trained<ChanceAnswer>> {
	if (books.engagement.count === 0) return { ready: false, missing: { reason: 'NoEngagement' } };
	return trainChance(conversionTask(books), run, options);
}

function conversionTask(books: Books): ChanceTask {
	const visits = visitsOf(books);
	const days = Float64Array.from(visits.instant, (instant) => Math.floor(instant / DAY));
	const last = days.reduce((latest, day) => Math.max(latest, day), Number.NEGATIVE_INFINITY);
	const { properties, bookings } = books;
	const nights = bookings.columns.nights.values;
	const usualNights = nights.length
		? Float64Array.from(nights).reduce((sum, value) => sum + value, 0) / nights.length
		: Number.NaN;
	const titles = titlesOf(books);
	return {
		question: 'conversion',
		model: 'conversion',
		rows: visitMatrix(books, visits),
		outcomes: visits.booked,
		days,
		dates: [],
		open: Uint32Array.from(days.keys()).filter(
			(row) => (days[row] as number) > last - NEWEST_DAYS && visits.booked[row] === 0,
		),
		describe: (row) => {
			const property = visits.property[row] as number;
			return {
				property,
				title: titles[property] ?? '',
				guest: visits.guest[row] as number,
				id: visits.session[row] as number,
				amount: (properties.columns.base_price.values[property] as number) * usualNights,
			};
		},
		target: TARGET_AUC,
	};
}

/** The thirteen features of a visit, by the names that the project was founded on. */
export function visitMatrix(books: Books, visits: Visits): Matrix {
	const { matrix: described } = propertyFeatures(books, books.asOf);
	const ofProperty = (name: string, as = name) => {
		const column = described.columns.find((each) => each.name === name);
		if (!column) throw new RangeError(`property feature ${name} is missing`);
		const values = Float64Array.from(
			visits.property,
			(property) => column.values[property] as number,
		);
		return { ...column, name: as, values };
	};
	const { device, referrer } = books.engagement.columns;
	const category = (name: string, codes: Float64Array, { names }: CategoryColumn) =>
		categoryColumn(name, codes, names);
	return matrix([
		numberColumn('view_count', visits.views),
		numberColumn('click_count', visits.clicks),
		numberColumn('time_on_page', visits.seconds),
		ofProperty('property_type'),
		ofProperty('base_price', 'price'),
		ofProperty('rating'),
		ofProperty('photos_count'),
		numberColumn('is_repeat', visits.repeat),
		category('country', visits.country, books.guests.columns.country),
		category('device_type', visits.device, device),
		// 1970-01-01 was a Thursday; 0 is Monday.
		numberColumn(
			'dow',
			visits.instant.map((instant) => (Math.floor(instant / DAY) + 3) % 7),
		),
		numberColumn(
			'time_of_day',
			visits.instant.map((instant) => Math.floor((instant % DAY) / HOUR)),
		),
		category('referrer', visits.referrer, referrer),
	]);
}
