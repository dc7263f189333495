import type { Books, EngagementKind } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { type Matrix, matrix, numberColumn } from '$workers/table/matrix';
import type { FeatureDefinition } from './definitions';

/** A row for each property, in the order of the property table; `date` is the newest whole day. */
export interface EngagementFeatures {
	readonly keys: { readonly property: Uint32Array; readonly date: Int32Array };
	readonly matrix: Matrix;
}

const DAY = 86_400_000;
const WEEK = 7;
const CONVERSION_DAYS = 30;

/**
 * `engagement_features` as of a day: what happened on a property's page up to the end of the day
 * before. Events of the day itself, or later ones, alter nothing.
 */
export function engagementFeatures(books: Books, asOf: CivilDay): EngagementFeatures {
	const count = books.properties.count;
	const over = (days: number, kind: EngagementKind) => countEvents(books, kind, asOf - days, asOf);
	const views = over(1, 'view');
	const columns = {
		view_count: views.events,
		click_count: over(1, 'click').events,
		time_on_page: views.seconds.map((seconds, row) => seconds / (views.events[row] as number)),
		views_7d: over(WEEK, 'view').events,
		clicks_7d: over(WEEK, 'click').events,
		saves_7d: over(WEEK, 'save').events,
		enquiries_7d: over(WEEK, 'enquiry').events,
		conversion_rate: over(CONVERSION_DAYS, 'booking').events,
	};
	const looked = over(CONVERSION_DAYS, 'view').events;
	columns.conversion_rate.forEach((booked, row) => {
		columns.conversion_rate[row] = booked / (looked[row] as number);
	});
	return {
		keys: {
			property: Uint32Array.from({ length: count }, (_, row) => row),
			date: new Int32Array(count).fill(asOf - 1),
		},
		matrix: matrix(
			Object.entries(columns).map(([name, values]) =>
				// Nothing over nothing is NaN already; something over nothing is no rate either.
				numberColumn(
					name,
					values.map((value) => (Number.isFinite(value) ? value : Number.NaN)),
				),
			),
		),
	};
}

/** Events of a kind on days `from` to `to` (excluded), by property; the log stands in order of time. */
function countEvents(
	{ engagement, properties }: Books,
	kind: EngagementKind,
	from: CivilDay,
	to: CivilDay,
) {
	const { columns } = engagement;
	const events = new Float64Array(properties.count);
	const seconds = new Float64Array(properties.count);
	const code = columns.kind.names.indexOf(kind);
	const end = firstAtOrAfter(columns.instant.values, to * DAY);
	for (let row = firstAtOrAfter(columns.instant.values, from * DAY); row < end; row++) {
		if (columns.kind.codes[row] !== code) continue;
		const property = columns.property.values[row] as number;
		events[property] = (events[property] as number) + 1;
		seconds[property] = (seconds[property] as number) + (columns.seconds.values[row] as number);
	}
	return { events, seconds };
}

function firstAtOrAfter(instants: ArrayLike<number>, instant: number): number {
	let low = 0;
	let high = instants.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((instants[middle] as number) < instant) low = middle + 1;
		else high = middle;
	}
	return low;
}

const define = (
	name: string,
	description: string,
	...sources: readonly string[]
): FeatureDefinition => ({
	name,
	table: 'engagement_features',
	description,
	sources: ['kind', ...sources].map((source) => `fact_property_engagement.${source}`),
	timestamp: 'fact_property_engagement.instant',
	freshness: 'hourly',
	version: 1,
});

/** In the order of the matrix. */
export const ENGAGEMENT_FEATURES: readonly FeatureDefinition[] = [
	define('view_count', 'Views of the page on the newest whole day.'),
	define('click_count', 'Clicks on the page on the newest whole day.'),
	define('time_on_page', 'Seconds on the page a view, mean of the newest whole day.', 'seconds'),
	define('views_7d', 'Views in the seven days before.'),
	define('clicks_7d', 'Clicks in the seven days before.'),
	define('saves_7d', 'Times that it was saved in the seven days before.'),
	define('enquiries_7d', 'Enquiries in the seven days before.'),
	define('conversion_rate', 'Bookings a view in the thirty days before.'),
];
