import type { DemandAnswer, DemandSeries } from '$lib/contracts/insight';
import { type Known, ROW_FEATURES, ledgerOf, outcomesOf } from '$workers/features/books';
import { type FittedTrees, meanAbsoluteShares } from '$workers/learners/boosted-trees';
import type { Run } from '$workers/learners/contract';
import type { Books } from '$workers/table/bookings';
import { titlesOf } from '$workers/table/titles';
import { blend } from '../on-the-books/blend';
import { type DayForecast, dayForecasts, intervalsOn } from '../on-the-books/intervals';
import {
	type Protocol,
	type ProtocolOptions,
	STEP,
	protocolOf,
	spanOf,
} from '../on-the-books/protocol';
import { type RowsTable, firstRow, rowsTable } from '../on-the-books/rows-table';
import { part, rowsMatrix, walk } from '../on-the-books/walk';
import type { CardBody, Trained } from '../trained';
import { stayAdvice } from './advice';
import { type DemandErrors, backtestOf, coverageOf, errorsOf } from './figures';
import { occupancyOf, openStays } from './occupancy';
import { busiestProperties } from './series';
import { whySeries } from './why';

/** Days ahead that are forecast. */
const HORIZON = 30;
/** At most so many properties. */
const MOST_SERIES = 200;
/** Rows of all looks together, which take 300 bytes each. */
const MOST_ROWS = 150_000;
/** Rows of a fit. */
const MOST_FITTED = 12_000;
/** Series with fewer arrivals a day are forecast and not counted in the figures, if others are busier. */
const LEAST_ARRIVALS = 0.5;

export type DemandOptions = ProtocolOptions;

/**
 * Arrivals of the next 30 days by property that will not be cancelled: what is on the books and
 * usually kept, what usually still comes, and Poisson trees that correct both. The backtest goes as
 * that of revenue; where the model does not beat the same weekday of last year, the answer is that.
 */
export async function trainDemand(
	books: Books,
	run: Run,
	options: DemandOptions = {},
): Promise<Trained<DemandAnswer>> {
	if (books.bookings.count === 0) return { ready: false, missing: { reason: 'NoBookings' } };
	const count = Math.max(1, Math.min(MOST_SERIES, books.properties.count));
	const protocol = protocolOf(books, HORIZON, { step: stepOf(books, count), ...options });
	if ('missing' in protocol) return { ready: false, missing: protocol.missing };
	const properties = busiestProperties(books, protocol.origins[0] as number, MOST_SERIES);
	const known = knownOf(books, properties, protocol);
	const rows = await rowsTable(
		known,
		protocol.looks,
		HORIZON,
		protocol.end,
		part(run, 0, 4, 'rows'),
	);
	const base = rows.parts.expected.map((kept, row) => kept + (rows.parts.pickup[row] as number));
	const recipe = { base, loss: 'poisson', mostRows: MOST_FITTED } as const;
	const walked = await walk(rows, recipe, protocol.fits, laterPart(run));
	const { forecast, weight } = blend(rows, base, walked.trees);
	const counted = countedSeries(known, protocol);
	const bySeries = (values: Float64Array) =>
		properties.map((_, i) =>
			dayForecasts(rows, values, [i], rootOfMean).filter(
				({ made }) => made >= (protocol.fits[0] as number),
			),
		);
	const sides = {
		books: bySeries(forecast),
		calendar: bySeries(rows.parts.calendar),
		naive: bySeries(rows.parts.naive),
	};
	const errors = (side: keyof typeof sides) => errorsOf(sides[side], protocol.origins, counted);
	const [model, naive] = [errors('books'), errors('naive')];
	const calendar = protocol.cut ? errors('calendar') : undefined;
	const late = part(run, 19, 20, 'coverage');
	const coverage = await coverageOf(sides.books, protocol.origins, counted, late);
	const backtest = backtestOf(model, naive, coverage, protocol.origins, calendar);
	const shownSide = !backtest.beatsNaive ? 'naive' : protocol.cut ? 'calendar' : 'books';
	const answer = await answerOf(books, properties, protocol, {
		rows,
		sides: sides[shownSide],
		errors: shownSide === 'calendar' ? (calendar as DemandErrors) : model,
		naive,
		trees: shownSide === 'books' ? walked.fitted : undefined,
		weight,
	});
	run.onProgress({ done: 1, total: 1 });
	return {
		ready: true,
		answer,
		card: {
			...(await cardOf(books, protocol, rows, walked.fitted)),
			settings: walked.settings,
			backtest,
		},
		buffer: walked.fitted.toBuffer(),
	};
}

/** Days from look to look, so that the rows of all series fit. */
function stepOf(books: Books, series: number): number {
	const { first, last } = spanOf(books);
	const rows = ((last - first) / STEP) * series * HORIZON;
	return STEP * Math.max(1, Math.ceil(rows / MOST_ROWS));
}

/** In what errors of a count are measured: the root of its mean, as for Poisson. */
const rootOfMean = (forecast: number) => Math.sqrt(forecast + 0.25);

function knownOf(books: Books, properties: readonly number[], { end }: Protocol): Known {
	const place = new Map(properties.map((property, i) => [property, i]));
	const ledger = ledgerOf(books, {
		value: () => 1,
		series: (row) => place.get(books.bookings.columns.property.values[row] as number) ?? -1,
		seriesCount: properties.length,
	});
	const days = Int32Array.from(books.holidays.columns.day.values).sort();
	return { ledger, outcomes: outcomesOf(ledger, end), holidays: days };
}

/** The last three quarters of a run. */
const laterPart = (run: Run): Run => ({
	...run,
	random: run.random.fork('walk'),
	onProgress: ({ done, total }) => run.onProgress({ done: 0.25 + (0.7 * done) / total, total: 1 }),
});

/** Those with enough arrivals over the file; all where none has. */
function countedSeries({ outcomes }: Known, { first, end }: Protocol): boolean[] {
	const days = end - first + 1;
	const count = outcomes.days ? outcomes.values.length / outcomes.days : 0;
	const busy = Array.from({ length: count }, (_, series) => {
		const own = outcomes.values.subarray(series * outcomes.days, (series + 1) * outcomes.days);
		return own.reduce((sum, value) => sum + value, 0) / days >= LEAST_ARRIVALS;
	});
	return busy.includes(true) ? busy : busy.map(() => true);
}

interface Parts {
	readonly rows: RowsTable;
	readonly sides: readonly (readonly DayForecast[])[];
	readonly errors: DemandErrors;
	readonly naive: DemandErrors;
	/** Where the trees took part. */
	readonly trees: FittedTrees | undefined;
	readonly weight: Float64Array;
}

async function answerOf(
	books: Books,
	properties: readonly number[],
	protocol: Protocol,
	{ rows, sides, errors, naive, trees, weight }: Parts,
): Promise<DemandAnswer> {
	const { end } = protocol;
	const stays = openStays(books, properties, protocol);
	const all = sides.flat();
	const start = firstRow(rows, rows.days.length - 1);
	const { destination } = books.properties.columns;
	const titles = titlesOf(books);
	const wanted = sides.map((side) => side.filter(({ made }) => made === end));
	const intervals = intervalsOn(all, end, wanted.flat());
	const series: DemandSeries[] = [];
	for (const [i, property] of properties.entries()) {
		const own = wanted[i] as readonly DayForecast[];
		const expected = Float64Array.from(own, ({ forecast }) => forecast);
		const bounds = intervals.slice(i * HORIZON, (i + 1) * HORIZON);
		const from = start + i * HORIZON;
		series.push({
			property,
			title: titles[property] ?? '',
			destination: destination.names[destination.codes[property] as number] ?? '',
			units: stays[i]?.units ?? 1,
			expected,
			low: Float64Array.from(bounds, ({ low }) => low),
			high: Float64Array.from(bounds, ({ high }) => high),
			booked: rows.parts.onBooks.slice(from, from + HORIZON),
			occupancy: occupancyOf(stays[i], expected),
			rmse: errors.bySeries[i] as number,
			naiveRmse: naive.bySeries[i] as number,
			why: await whySeries(rows, from, expected, trees, weight),
		});
	}
	return {
		origin: end + 1,
		days: Int32Array.from({ length: HORIZON }, (_, i) => end + 1 + i),
		series,
		advice: stayAdvice(series, stays, end + 1),
	};
}

async function cardOf(
	books: Books,
	{ first, end, origins }: Protocol,
	rows: RowsTable,
	fitted: FittedTrees,
): Promise<Omit<CardBody, 'backtest' | 'settings'>> {
	const start = firstRow(rows, rows.days.indexOf(origins.at(-1) as number));
	const count = Math.min(rows.seriesCount * HORIZON, 600);
	const taken = Uint32Array.from({ length: count }, (_, i) => start + i);
	const shares = meanAbsoluteShares(await fitted.explain(rowsMatrix(rows, taken)));
	return {
		model: 'demand',
		learner: 'pick-up with boosted Poisson trees',
		features: ROW_FEATURES.map(({ name }) => name),
		importance: [...shares]
			.map(([feature, share]) => ({ feature, share }))
			.sort((a, b) => b.share - a.share),
		suspects: [],
		rows: books.bookings.count,
		from: first,
		to: end,
	};
}
