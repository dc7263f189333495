import type { Backtest, InsightModel, ModelCard } from '$lib/contracts';
import type { Run } from '$workers/learners/contract';
import type { Trained } from '$workers/models/trained';
import type { Books } from '$workers/table/bookings';

type Card = Pick<ModelCard, 'backtest' | 'from' | 'settings' | 'to'>;
type OnTheSameDays = (books: Books, run: Run, like: Card) => Promise<Trained<unknown>>;

/**
 * Trains a model and tries it on the days on which another training of it was tried. Books that begin
 * later are tried on fewer days: those are the days that both have.
 */
export const ON_THE_SAME_DAYS: Readonly<Record<InsightModel, () => Promise<OnTheSameDays>>> = {
	revenue: async () => {
		const { trainRevenue } = await import('$workers/models/revenue');
		return (books, run, { backtest }) => trainRevenue(books, run, originsOf(backtest));
	},
	demand: async () => {
		const { trainDemand } = await import('$workers/models/demand');
		return (books, run, { backtest }) => trainDemand(books, run, originsOf(backtest));
	},
	conversion: async () => {
		const { trainConversion, usualTestDays } = await import('$workers/models/conversion');
		return (books, run, { from, to }) =>
			trainConversion(books, run, { testDays: usualTestDays(from, to) });
	},
	cancellation: async () => {
		const { trainCancellation, usualTestDays } = await import('$workers/models/conversion');
		return (books, run, { from, to }) =>
			trainCancellation(books, run, { testDays: usualTestDays(from, to) });
	},
	price: async () => {
		const { heldDays, trainPrice } = await import('$workers/models/pricing');
		return (books, run, { from, to }) =>
			trainPrice(books, run, { testDays: heldDays(to - from + 1) });
	},
	'lifetime-value': async () => {
		const { trainLifetimeValue } = await import('$workers/models/lifetime-value');
		return (books, run, { settings }) =>
			trainLifetimeValue(books, run, { testDays: Number(settings.testDays) });
	},
};

/** First and last day from which was forecast. */
const originsOf = ({ points }: Backtest) => ({ from: points[0]?.at, to: points.at(-1)?.at });
