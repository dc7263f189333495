import type { Embeddings, FeatureKind } from '$workers/features';
import { FittedLinear } from '$workers/learners/bayesian-linear';
import { RankingEvaluation, type RankingMetrics } from '$workers/metrics';
import {
	type CatalogueModel,
	type HeadSettings,
	catalogueModel,
	headSettings,
	popularityFits,
} from '$workers/models/recommender';
import type { HomeTable } from '$workers/table/homes';
import { takeRows } from '$workers/table/sparse';
import { embedHomes } from './embeddings';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { readListings, rowsByListing } from './listings';
import { PopularityByDay } from './popularity-by-day';
import { type Histories, type Reviewer, readHistories } from './reviews';

const FIRST = 20;
const DEFAULT_SEED = 1;
/** Takes a part out without changing anything else. */
const NO_DEVIATION = 1e-9;
/** As the app takes it where reviews have no dates. */
const ALL_TIME_SHARE = 0.08;

/** What is evaluated: the app's recommender, or the same with a part changed. */
interface Setup {
	readonly homes: HomeTable;
	readonly data: Histories;
	readonly settings: HeadSettings;
	/** What every home looks like to the listing encoder, which sees the catalogue alone. */
	readonly embeddings?: Embeddings;
	/** How often each home was reviewed, as far as it is known when this reviewer is served. */
	readonly popularity: (day: number) => ArrayLike<number>;
	/** The civil day up to which popularity is known. */
	readonly servedOn: (reviewer: Reviewer) => number;
}

/** Ranks the listing that each reviewer stayed at last, from those before it. */
export const histories: Task = {
	required: ['listings', 'reviews'],
	optional: ['seed'],
	async run({ listings = '', reviews = '', seed: seedText }: Options): Promise<Evaluation> {
		const seed = readSeed(seedText);
		const homes = await readListings(listings);
		const data = readHistories(reviews, rowsByListing(homes));
		const started = performance.now();
		const app: Setup = {
			homes,
			data,
			settings: headSettings,
			embeddings: await embedHomes(homes, seed),
			popularity: recentPopularity(data, homes.count),
			servedOn: lastDay,
		};
		const whole = evaluate(app);
		const seconds = (performance.now() - started) / 1000;
		const popularity = evaluatePopularity(homes.count, data);
		return {
			figures: {
				...figuresOf(whole),
				popularity: figuresOf(popularity),
				seconds,
				rows: data.reviewers.length,
				seed,
			},
			table: [
				`${data.reviewers.length} reviewers, ${homes.count} listings, ${data.known.length} known reviews, ${data.ignored} of unknown listings`,
				line('recommender', whole),
				line('popularity', popularity),
				...ablations(app, whole),
			],
		};
	},
};

/** Ranks for every reviewer with the person's head and popularity, as the app joins them. */
function evaluate({
	homes,
	data,
	settings,
	embeddings,
	popularity,
	servedOn,
}: Setup): RankingMetrics {
	const model = catalogueModel(homes, { settings, ...(embeddings && { embeddings }) });
	const evaluation = new RankingEvaluation(FIRST);
	const inTime = [...data.reviewers].sort((a, b) => servedOn(a) - servedOn(b));
	for (const reviewer of inTime) {
		const popular = popularityFits(popularity(servedOn(reviewer)), settings.popularityWeight);
		const scores = headOf(model, reviewer)
			.scores(model.features.rows)
			.map((fit, row) => fit + (popular[row] as number));
		evaluation.add({ scores, train: rowsOf(reviewer), test: [reviewer.held] });
	}
	return evaluation.metrics();
}

/** Days may be asked for from the first again, once they go back. */
function recentPopularity({ known }: Histories, homes: number): Setup['popularity'] {
	let counts = new PopularityByDay(known, homes);
	let latest = Number.NEGATIVE_INFINITY;
	return (day) => {
		if (day < latest) counts = new PopularityByDay(known, homes);
		latest = day;
		return counts.on(day);
	};
}

function headOf({ prior, features, settings }: CatalogueModel, reviewer: Reviewer): FittedLinear {
	const head = new FittedLinear(prior, {
		halfLifeDays: settings.halfLifeDays,
		asOf: lastDay(reviewer),
	});
	const count = reviewer.history.length;
	head.update({
		rows: takeRows(features.rows, rowsOf(reviewer)),
		targets: new Float64Array(count).fill(1),
		weights: new Float64Array(count).fill(1),
		days: Float64Array.from(reviewer.history, ({ day }) => day),
	});
	return head;
}

/** The same list for everybody: how often each listing was reviewed, held-out reviews left out. */
function evaluatePopularity(homes: number, data: Histories): RankingMetrics {
	const scores = countReviews(data, homes);
	const evaluation = new RankingEvaluation(FIRST);
	for (const reviewer of data.reviewers)
		evaluation.add({ scores, train: rowsOf(reviewer), test: [reviewer.held] });
	return evaluation.metrics();
}

function countReviews({ known }: Histories, homes: number): Float64Array {
	const counts = new Float64Array(homes);
	for (const { row } of known) counts[row] = (counts[row] as number) + 1;
	return counts;
}

/** What each part adds: the figures without it, and the difference. */
function ablations(app: Setup, whole: RankingMetrics): string[] {
	const without = (...kinds: FeatureKind[]): Setup => ({
		...app,
		settings: {
			...app.settings,
			deviations: {
				...app.settings.deviations,
				...Object.fromEntries(kinds.map((kind) => [kind, NO_DEVIATION])),
			},
		},
	});
	const allTime = countReviews(app.data, app.homes.count).map((count) => count * ALL_TIME_SHARE);
	const parts: Readonly<Record<string, Setup>> = {
		'without the encoder': { ...app, embeddings: undefined },
		'without popularity': { ...app, settings: { ...app.settings, popularityWeight: 0 } },
		'popularity of all times': { ...app, popularity: () => allTime },
		'without host': without('host'),
		'without place, cell, neighbourhood': without('neighbourhood', 'place', 'cell'),
		'without price': without('price', 'price-relative'),
		'without room and property type': without('room-type', 'property-type'),
		'without size': without('size'),
		'without amenities': without('amenity'),
		'without words': without('words'),
		'without stay': without('stay'),
		'without the background': {
			...app,
			settings: { ...app.settings, backgroundWeight: NO_DEVIATION },
		},
		'(popularity known up to the request)': { ...app, servedOn: ({ heldDay }) => heldDay - 1 },
	};
	return Object.entries(parts).map(([name, setup]) => {
		const metrics = evaluate(setup);
		const difference = metrics.ndcg.mean - whole.ndcg.mean;
		return `${line(name, metrics)}   ${difference >= 0 ? '+' : ''}${difference.toFixed(4)}`;
	});
}

const rowsOf = ({ history }: Reviewer) => history.map(({ row }) => row);
const lastDay = ({ history }: Reviewer) => Math.max(...history.map(({ day }) => day));

function readSeed(text: string | undefined): number {
	if (text === undefined) return DEFAULT_SEED;
	if (!/^\d{1,9}$/.test(text)) throw new EvaluationError('--seed is a whole number');
	return Number(text);
}

function figuresOf({ recall, ndcg, mrr, coverage }: RankingMetrics) {
	return {
		recall20: recall.mean,
		recall20StandardError: recall.standardError,
		ndcg20: ndcg.mean,
		ndcg20StandardError: ndcg.standardError,
		mrr: mrr.mean,
		mrrStandardError: mrr.standardError,
		coverage,
	};
}

function line(name: string, { recall, ndcg, mrr }: RankingMetrics): string {
	const figures = [recall, ndcg, mrr].map(
		({ mean, standardError }) => `${mean.toFixed(4)} ± ${standardError.toFixed(4)}`,
	);
	return `${name.padEnd(38)} recall20 ${figures[0]}   ndcg20 ${figures[1]}   mrr ${figures[2]}`;
}
