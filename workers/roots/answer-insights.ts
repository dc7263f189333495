import type { AnswerOf, Insight, InsightApi, InsightModel, RunRecord } from '$lib/contracts';
import { BooksRepository } from '$workers/data/books';
import { FaultError } from '$workers/data/fault';
import { RunRepository } from '$workers/data/runs';
import type { ProfileDatabase } from '$workers/data/database';
import type { Behind } from '$workers/door/expose';
import type { ConversionScorer } from '$workers/models/conversion';
import type { Markets } from '$workers/models/pricing';
import { shown } from '$workers/registry';
import type { InsightNote } from './train-insights';

/** Loaded when a manager first asks: a tenant's scoring starts without it. */
const pricing = () => import('$workers/models/pricing');

/** The manager's half of the scoring worker: answers at once, from what training left. */
export function answerInsights(open: () => Promise<ProfileDatabase>): Behind<InsightApi> {
	let visits: { readonly run: string; readonly scorer: ConversionScorer } | null = null;
	let markets: { readonly run: string; readonly markets: Markets } | null = null;

	async function marketsNow(): Promise<Markets> {
		const runs = new RunRepository(await open());
		const run = shown(await runs.ofModel('price', 'insight'));
		if (!run) throw notTrained();
		if (markets?.run !== run.id) {
			const { decodeMarkets } = await pricing();
			markets = { run: run.id, markets: decodeMarkets(await runs.buffer(run, 'insight')) };
		}
		return markets.markets;
	}

	async function scorerNow(): Promise<ConversionScorer> {
		const database = await open();
		const runs = new RunRepository(database);
		const run = shown(await runs.ofModel('conversion', 'insight'));
		const books = run && (await new BooksRepository(database).read('insight'));
		if (!run || !books) throw notTrained();
		if (visits?.run !== run.id) {
			const { ConversionScorer } = await import('$workers/models/conversion');
			visits = {
				run: run.id,
				scorer: new ConversionScorer(await runs.buffer(run, 'insight'), books),
			};
		}
		return visits.scorer;
	}

	return {
		insight: async (model) => insightOf(new RunRepository(await open()), model),
		async priceCurve(property, day, rules) {
			const now = await marketsNow();
			const { marketAt, priceCurve } = await pricing();
			return priceCurve(marketAt(now, property, day - now.first), rules, property, day);
		},
		async conversionOf(property, guest) {
			return (await scorerNow()).chanceOf({ property, guest });
		},
		async pricedDays(property, own) {
			const now = await marketsNow();
			const { pricedDays, usualRules } = await pricing();
			const rules = own ?? usualRules(now.base[property] ?? 1);
			return { rules, days: pricedDays(now, property, rules) };
		},
	} as Behind<InsightApi>;
}

/** What a page shows of a model: the answer of the version in production, or why there is none. */
async function insightOf<Model extends InsightModel>(
	runs: RunRepository,
	model: Model,
): Promise<Insight<AnswerOf[Model]>> {
	const run = shown(await runs.ofModel(model, 'insight'));
	if (run)
		return { ready: true, answer: (await answerOf(runs, run)) as AnswerOf[Model], card: run };
	const note = (await runs.jobNotes<InsightNote>())[model];
	return { ready: false, missing: note?.missing ?? { reason: 'NotTrained' } };
}

const answerOf = (runs: RunRepository, run: RunRecord) => runs.answer(run, 'insight');

function notTrained(): FaultError {
	return new FaultError({
		name: 'NotReady',
		message: 'This was not learned yet.',
		kept: 'Everything as it was.',
		next: 'Let the models learn first.',
	});
}
