import { trainDemand } from '$workers/models/demand';
import { readHotelOptions, withOptions } from './books-options';
import type { Evaluation, Options, Task } from './evaluation';
import { figuresOf, missingError, tableOf } from './revenue';

const FIGURES = ['rmse', 'pooledRmse', 'mae'];

/** Arrivals of each property 7 to 30 days ahead, by the app's own model and backtest. */
export const demand: Task = {
	required: ['csv'],
	optional: ['hotel', 'from', 'to', 'every', 'seed'],
	async run(options: Options): Promise<Evaluation> {
		const { books, protocol, seed, run } = await readHotelOptions(options);
		const started = performance.now();
		const trained = await withOptions(trainDemand(books, run, protocol));
		const seconds = (performance.now() - started) / 1000;
		if (!trained.ready) throw missingError(trained.missing);
		const { backtest } = trained.card;
		return {
			figures: {
				...figuresOf(backtest, FIGURES, ({ value }) => value),
				coverage80: backtest.coverage.held,
				naive: figuresOf(backtest, FIGURES, ({ naive }) => naive),
				series: trained.answer.series.length,
				origins: backtest.points.length,
				seconds,
				rows: books.bookings.count,
				seed,
			},
			table: tableOf(backtest),
		};
	},
};
