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
import type { Evaluation, Options, Task } from './evaluation';
import { readListings, rowsByListing } from './listings';
import { PopularityByDay } from './popularity-by-day';
import { type Histories, type Reviewer, readHistories } from './reviews';

const FIRST = 20;
/** Nothing here is drawn at random; the figure is there because every task tells its seed. */
const SEED = 1;

/** Ranks the listing that each reviewer stayed at last, from those before it. */
export const histories: Task = {
	required: ['listings', 'reviews'],
	optional: [],
	async run({ listings = '', reviews = '' }: Options): Promise<Evaluation> {
		const homes = await readListings(listings);
		const data = readHistories(reviews, rowsByListing(homes));
		const started = performance.now();
		const whole = evaluate(homes, data, headSettings);
		const seconds = (performance.now() - started) / 1000;
		const popularity = evaluatePopularity(homes.count, data);
		return {
			figures: {
				...figuresOf(whole),
				popularity: figuresOf(popularity),
				seconds,
				rows: data.reviewers.length,
				seed: SEED,
			},
			table: [
				`${data.reviewers.length} reviewers, ${homes.count} listings, ${data.known.length} known reviews`,
				line('recommender', whole),
				line('popularity', popularity),
				...ablations(homes, data, whole),
			],
		};
	},
};

/** The person's head and the popularity as of the last known stay, as the app joins them. */
function evaluate(homes: HomeTable, data: Histories, settings: HeadSettings): RankingMetrics {
	const model = catalogueModel(homes, { settings });
	const popularity = new PopularityByDay(data.known, homes.count);
	const evaluation = new RankingEvaluation(FIRST);
	for (const reviewer of byLastStay(data.reviewers)) {
		const day = lastDay(reviewer);
		const popular = popularityFits(popularity.on(day), settings.popularityWeight);
		const scores = headOf(model, reviewer)
			.scores(model.features.rows)
			.map((fit, row) => fit + (popular[row] as number));
		evaluation.add({ scores, train: rowsOf(reviewer), test: [reviewer.held] });
	}
	return evaluation.metrics();
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
function evaluatePopularity(homes: number, { reviewers, known }: Histories): RankingMetrics {
	const counts = new Float64Array(homes);
	for (const { row } of known) counts[row] = (counts[row] as number) + 1;
	const evaluation = new RankingEvaluation(FIRST);
	for (const reviewer of reviewers)
		evaluation.add({ scores: counts, train: rowsOf(reviewer), test: [reviewer.held] });
	return evaluation.metrics();
}

/** What each part adds: the figures without it, and the difference. */
function ablations(homes: HomeTable, data: Histories, whole: RankingMetrics): string[] {
	const without = (...kinds: (keyof HeadSettings['deviations'])[]): HeadSettings => ({
		...headSettings,
		deviations: {
			...headSettings.deviations,
			...Object.fromEntries(kinds.map((kind) => [kind, 1e-9])),
		},
	});
	const parts: Readonly<Record<string, HeadSettings>> = {
		popularity: { ...headSettings, popularityWeight: 0 },
		host: without('host'),
		'place and neighbourhood': without(
			'neighbourhood',
			'place-wide',
			'place-near',
			'cell-wide',
			'cell-near',
		),
		price: without('price', 'price-relative'),
		'room and property type': without('room-type', 'property-type'),
		size: without('size'),
		amenities: without('amenity', 'amenity-rare'),
		words: without('words'),
		stay: without('stay'),
		background: { ...headSettings, backgroundWeight: 1e-9 },
	};
	return Object.entries(parts).map(([name, settings]) => {
		const metrics = evaluate(homes, data, settings);
		const lost = whole.ndcg.mean - metrics.ndcg.mean;
		return `${line(`without ${name}`, metrics)}   ndcg ${lost >= 0 ? '-' : '+'}${Math.abs(lost).toFixed(4)}`;
	});
}

const rowsOf = ({ history }: Reviewer) => history.map(({ row }) => row);
const lastDay = ({ history }: Reviewer) => Math.max(...history.map(({ day }) => day));
const byLastStay = (reviewers: readonly Reviewer[]) =>
	[...reviewers].sort((a, b) => lastDay(a) - lastDay(b));

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
	return `${name.padEnd(32)} recall20 ${figures[0]}   ndcg20 ${figures[1]}   mrr ${figures[2]}`;
}
