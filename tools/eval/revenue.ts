import type { Figure, ModelCard } from '$lib/contracts/insight';
import { trainRevenue } from '$workers/models/revenue';
import { readHotelOptions, withOptions } from './books-options';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';

const FIGURES = ['mape30d', 'wape30d', 't30', 't60', 't90'];

/** Revenue of the next 90 days from past origins, by the app's own model and backtest. */
export const revenue: Task = {
	required: ['csv'],
	optional: ['hotel', 'from', 'to', 'every', 'seed'],
	async run(options: Options): Promise<Evaluation> {
		const { books, protocol, seed, run } = await readHotelOptions(options);
		const started = performance.now();
		const trained = await withOptions(trainRevenue(books, run, protocol));
		const seconds = (performance.now() - started) / 1000;
		if (!trained.ready) throw missingError(trained.missing);
		const { backtest } = trained.card;
		return {
			figures: {
				...figuresOf(backtest, FIGURES, ({ value }) => value),
				coverage80: backtest.coverage.held,
				naive: figuresOf(backtest, FIGURES, ({ naive }) => naive),
				origins: backtest.points.length,
				seconds,
				rows: books.bookings.count,
				seed,
			},
			table: tableOf(backtest),
		};
	},
};

type Backtest = ModelCard['backtest'];

export function figuresOf(
	{ figures }: Backtest,
	names: readonly string[],
	take: (figure: Figure) => number,
): Record<string, number> {
	const found = figures.filter(({ name }) => names.includes(name));
	return Object.fromEntries(found.map((figure) => [figure.name, take(figure)]));
}

export function tableOf({ figures, coverage, points }: Backtest): string[] {
	return [
		`${points.length} origins`,
		...figures.map(
			({ name, value, naive }) =>
				`${name.padEnd(18)} ${value.toFixed(4)}   naive ${naive.toFixed(4)}`,
		),
		`8 in 10 held ${(100 * coverage.held).toFixed(1)} % of ${coverage.count}`,
	];
}

export function missingError(missing: {
	readonly reason: string;
	readonly have?: number;
	readonly need?: number;
}): EvaluationError {
	const days = missing.need === undefined ? '' : `: ${missing.have} days, ${missing.need} needed`;
	return new EvaluationError(`cannot be evaluated, ${missing.reason}${days}`);
}
