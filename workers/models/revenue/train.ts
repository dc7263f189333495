import type { RevenueAnswer } from '$lib/contracts/insight';
import { type Known, ROW_FEATURES, ledgerOf, outcomesOf } from '$workers/features/books';
import { meanAbsoluteShares } from '$workers/learners/boosted-trees';
import type { Run } from '$workers/learners/contract';
import type { Books } from '$workers/table/bookings';
import { blend } from '../on-the-books/blend';
import { type DayForecast, dayForecasts } from '../on-the-books/intervals';
import { type Protocol, type ProtocolOptions, protocolOf } from '../on-the-books/protocol';
import { type RowsTable, firstRow, rowsTable } from '../on-the-books/rows-table';
import { type Walked, part, rowsMatrix, walk } from '../on-the-books/walk';
import type { CardBody, Trained } from '../trained';
import { answerOf, calendarWhy } from './answer';
import { backtestOf, coverageAt, sideOf } from './figures';
import { destinationsApart } from './series';
import { whyTotal } from './why';

/** Days ahead that are forecast. */
const HORIZON = 90;
const WHY_DAYS = 30;
/** Rows of a fit. */
const MOST_ROWS = 16_000;

export type RevenueOptions = ProtocolOptions;

/**
 * Revenue of the next 90 days: what is on the books and usually kept, what usually still comes, and
 * trees that correct both, weighed by how they did before. A day's revenue is the total of all
 * bookings that arrive on it and are not cancelled.
 *
 * The backtest forecasts from past days with what was known then (see `protocolOf`); where the model
 * does not beat the same weekday of last year, the answer is that. Books that end with their last
 * arrival say nothing of the days to come: the answer then comes from the calendar alone.
 */
export async function trainRevenue(
	books: Books,
	run: Run,
	options: RevenueOptions = {},
): Promise<Trained<RevenueAnswer>> {
	const protocol = protocolOf(books, HORIZON, options);
	if ('missing' in protocol) return { ready: false, missing: protocol.missing };
	const known = knownOf(books, protocol);
	const rows = await rowsTable(
		known,
		protocol.looks,
		HORIZON,
		protocol.end,
		part(run, 0, 4, 'rows'),
	);
	const base = rows.parts.expected.map((kept, row) => kept + (rows.parts.pickup[row] as number));
	const recipe = { base, loss: 'squared', mostRows: MOST_ROWS } as const;
	const walked = await walk(rows, recipe, protocol.fits, laterPart(run));
	const { forecast, weight } = blend(rows, base, walked.trees);
	const sides = sidesOf(rows, protocol, forecast);
	const model = sideOf(sides.books, protocol.origins);
	const naive = sideOf(sides.naive, protocol.origins);
	const calendar = protocol.cut ? sideOf(sides.calendar, protocol.origins) : undefined;
	const backtest = backtestOf(model, naive, coverageAt(sides.books, protocol.origins), calendar);
	const knows = protocol.cut ? 'calendar' : 'books';
	const shown = backtest.beatsNaive ? sides[knows] : sides.naive;
	const taken = firstRows(rows, rows.days.length - 1, WHY_DAYS);
	const why =
		backtest.beatsNaive && knows === 'books'
			? await whyTotal(rows, taken, weight, forecast, walked.fitted)
			: calendarWhy(known, protocol, shown, WHY_DAYS);
	const answer = answerOf({ known, protocol, rows, shown, naive: sides.naive, knows, why });
	run.onProgress({ done: 1, total: 1 });
	return {
		ready: true,
		answer,
		card: {
			...(await cardOf(books, protocol, rows, walked)),
			backtest,
		},
		buffer: walked.fitted.toBuffer(),
	};
}

function knownOf(books: Books, { origins, end }: Protocol): Known {
	const total = books.bookings.columns.total.values;
	const { seriesOf, count } = destinationsApart(books, origins[0] as number);
	const ledger = ledgerOf(books, {
		value: (row) => total[row] as number,
		series: seriesOf,
		seriesCount: count,
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

/** Forecasts of the whole from the same days on, so that they learn from as many errors. */
function sidesOf(rows: RowsTable, { fits }: Protocol, forecast: Float64Array) {
	const all = Array.from({ length: rows.seriesCount }, (_, series) => series);
	const since = (one: DayForecast) => one.made >= (fits[0] as number);
	return {
		books: dayForecasts(rows, forecast, all),
		calendar: dayForecasts(rows, rows.parts.calendar, all).filter(since),
		naive: dayForecasts(rows, rows.parts.naive, all).filter(since),
	};
}

/** Rows of the first days ahead of a look, all series. */
function firstRows(rows: RowsTable, place: number, days: number): Uint32Array {
	return Uint32Array.from({ length: rows.seriesCount * days }, (_, i) => {
		const series = Math.floor(i / days);
		return firstRow(rows, place) + series * rows.horizon + (i % days);
	});
}

async function cardOf(
	books: Books,
	{ first, end, origins }: Protocol,
	rows: RowsTable,
	{ fitted, settings }: Walked,
): Promise<Omit<CardBody, 'backtest'>> {
	const place = rows.days.indexOf(origins.at(-1) as number);
	const shares = meanAbsoluteShares(
		await fitted.explain(rowsMatrix(rows, firstRows(rows, place, HORIZON))),
	);
	return {
		model: 'revenue',
		learner: 'pick-up with boosted trees',
		settings,
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
