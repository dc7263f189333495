import type {
	AnswerOf,
	Insight,
	InsightApi,
	InsightModel,
	Missing,
	RunRecord,
} from '$lib/contracts';
import { BooksRepository } from '$workers/data/books';
import { readConsent } from '$workers/data/consents';
import { FaultError } from '$workers/data/fault';
import { RunRepository } from '$workers/data/runs';
import type { ProfileDatabase } from '$workers/data/database';
import type { Behind } from '$workers/door/expose';
import type { ConversionScorer } from '$workers/models/conversion';
import type { Markets } from '$workers/models/pricing';
import { MODEL_TABLES } from '$workers/privacy/model-tables';
import { requirePurpose, takenOutOf } from '$workers/privacy/purposes';
import { shown } from '$workers/registry';
import type { InsightNote } from './train-insights';

/** Loaded when a manager first asks: a tenant's scoring starts without it. */
const pricing = () => import('$workers/models/pricing');

/** The manager's half of the scoring worker: answers at once, from what training left. */
export function answerInsights(open: () => Promise<ProfileDatabase>): Behind<InsightApi> {
	let visits: { readonly run: string; readonly scorer: ConversionScorer } | null = null;
	let markets: { readonly run: string; readonly markets: Markets } | null = null;

	/** What was kept of a version that may not be used any more is let go. */
	async function inUse(model: InsightModel): Promise<RunRecord> {
		try {
			const runs = new RunRepository(await open());
			const run = shown(await runs.ofModel(model, 'insight'));
			if (run) return run;
			throw notTrained();
		} catch (error) {
			visits = markets = null;
			throw error;
		}
	}

	async function marketsNow(): Promise<Markets> {
		const run = await inUse('price');
		if (markets?.run !== run.id) {
			const { decodeMarkets } = await pricing();
			const buffer = await new RunRepository(await open()).buffer(run, 'insight');
			markets = { run: run.id, markets: decodeMarkets(buffer) };
		}
		return markets.markets;
	}

	async function scorerNow(): Promise<ConversionScorer> {
		const run = await inUse('conversion');
		if (visits?.run !== run.id) {
			const database = await open();
			const books = await new BooksRepository(database).read('insight');
			if (!books) throw notTrained();
			const { ConversionScorer } = await import('$workers/models/conversion');
			const buffer = await new RunRepository(database).buffer(run, 'insight');
			visits = { run: run.id, scorer: new ConversionScorer(buffer, books) };
		}
		return visits.scorer;
	}

	return {
		insight: async (model) => insightOf(await open(), model),
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
	database: ProfileDatabase,
	model: Model,
): Promise<Insight<AnswerOf[Model]>> {
	const consent = await readConsent(database);
	requirePurpose('fact_booking_detail', 'insight', consent);
	const runs = new RunRepository(database);
	const all = await runs.ofModel(model, 'insight');
	const run = shown(all);
	if (run)
		return { ready: true, answer: (await answerOf(runs, run)) as AnswerOf[Model], card: run };
	const note = (await runs.jobNotes<InsightNote>())[model];
	const without = takenOutOf('insight', MODEL_TABLES[model], consent);
	return {
		ready: false,
		missing: { ...(note?.missing ?? notYet(all)), ...(without.length && { without }) },
	};
}

/** No version may be used: none was trained yet, or all of them were taken out of use. */
function notYet(runs: readonly RunRecord[]): Missing {
	const why = runs.find(({ stale }) => stale)?.stale?.why;
	return why ? { reason: 'LearnedAnew', why } : { reason: 'NotTrained' };
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
