import type { Embeddings, FeatureKind } from '$workers/features';
import { FittedLinear } from '$workers/learners/bayesian-linear';
import { seededRandom } from '$workers/math/random';
import { RankingEvaluation, type RankingMetrics } from '$workers/metrics';
import {
	type CatalogueModel,
	type HeadSettings,
	catalogueModel,
	headSettings,
	popularityFits,
} from '$workers/models/recommender';
import { LIKENESS_KINDS, LikenessToOwn } from '$workers/models/recommender/likeness-to-own';
import { DAY_MILLISECONDS } from '$workers/models/recommender/observations';
import type { OwnStay } from '$workers/models/recommender/others';
import type { LikenessSettings } from '$workers/models/recommender/settings';
import type { HomeTable } from '$workers/table/homes';
import { takeRows } from '$workers/table/sparse';
import { type Case, type DrawnChoice, FOLDS, FoldedBlend, drawChoice } from './choice-blend';
import { ChoiceFeatures, type Source } from './choice-features';
import { type AppCase, type AppWeights, FoldedApp } from './folded-app';
import { embedHomes } from './embeddings';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { readListings, rowsByListing } from './listings';
import { PopularityByDay } from './popularity-by-day';
import { RankingComparison, figuresOf, line } from './ranking-comparison';
import { type Histories, type Reviewer, readHistories } from './reviews';

const FIRST = 20;
/** What the app ranks with, without a model pack; its weights by folds. This is what is reported. */
const APP = 'app';
/** The same with the weights that it is set to: they were fitted on these very reviewers. */
const AS_SET = 'app as set';
/** Without likeness, with the popularity that is best for it alone. */
const CONTENT = 'content';
const CONTENT_POPULARITY = 0.15;
/** More that could be had, fitted by folds. */
const BLENDS: Readonly<Record<string, readonly Source[]>> = {
	'+ collaborative': ['content', 'popularity', 'together'],
	'+ sequence': ['content', 'popularity', 'together', 'sequence'],
	'blend without who chose together': ['content', 'popularity', 'likeness'],
	blend: ['content', 'popularity', 'together', 'sequence', 'likeness'],
};
const DEFAULT_SEED = 1;
/** Takes a part out without changing anything else. */
const NO_DEVIATION = 1e-9;
const NO_LIKENESS: LikenessSettings = { place: 0, price: 0, size: 0, room: 0 };
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
		const folded = foldedApp(app, seed);
		const comparison = compare(app, folded, seed);
		const seconds = (performance.now() - started) / 1000;
		const popularity = evaluatePopularity(homes.count, data);
		return {
			figures: {
				...figuresOf(comparison.metrics(APP)),
				asSet: figuresOf(whole),
				content: figuresOf(comparison.metrics(CONTENT)),
				blend: figuresOf(comparison.metrics('blend')),
				popularity: figuresOf(popularity),
				seconds,
				rows: data.reviewers.length,
				seed,
			},
			table: [
				`${data.reviewers.length} reviewers, ${homes.count} listings, ${data.known.length} known reviews, ${data.ignored} of unknown listings`,
				line('popularity', popularity),
				line(CONTENT, comparison.metrics(CONTENT)),
				...comparison.lines(CONTENT, [APP, 'blend']),
				`weights by folds, then by all: ${[...folded.byFold, folded.all].map(weightsLine).join('; ')}`,
				`what each part of the app adds, against the ${AS_SET}:`,
				...ablations(app, whole),
			],
		};
	},
};

/** Ranks for every reviewer with the person's head and popularity, as the app joins them. */
function evaluate(setup: Setup): RankingMetrics {
	const evaluation = new RankingEvaluation(FIRST);
	for (const { reviewer, listed } of served(setup))
		evaluation.add({ scores: listed, train: rowsOf(reviewer), test: [reviewer.held] });
	return evaluation.metrics();
}

interface Served {
	readonly reviewer: Reviewer;
	readonly day: number;
	/** What the person's head gives each home. */
	readonly fits: Float64Array;
	/** Logarithms of popularity, 0 on average. */
	readonly popularity: Float64Array;
	/** All that the app adds up. */
	readonly listed: Float64Array;
	readonly model: CatalogueModel;
}

/** Every reviewer, in order of the day on which they are served. */
function* served(setup: Setup): Generator<Served> {
	const { homes, data, settings, embeddings, popularity, servedOn } = setup;
	const model = catalogueModel(homes, { settings, ...(embeddings && { embeddings }) });
	for (const reviewer of [...data.reviewers].sort((a, b) => servedOn(a) - servedOn(b))) {
		const day = servedOn(reviewer);
		const popular = popularityFits(popularity(day), 1);
		const fits = headOf(model, reviewer).scores(model.features.rows);
		const one = { reviewer, day, fits, popularity: popular, model };
		yield { ...one, listed: listedBy(one, settings) };
	}
}

/** The app's sum of what it knows, by any weights. */
function listedBy(
	{ fits, model, popularity, reviewer }: Omit<Served, 'listed'>,
	{ likeness, popularityWeight }: AppWeights,
): Float64Array {
	const near = new LikenessToOwn(model.likeness, likeness).fits(ownStays(model, reviewer));
	return fits.map(
		(fit, row) => fit + popularityWeight * (popularity[row] as number) + (near[row] as number),
	);
}

/** The reviewer's stays as the app would know them, each an enquiry. */
function ownStays({ settings }: CatalogueModel, reviewer: Reviewer): OwnStay[] {
	const today = lastDay(reviewer);
	return reviewer.history.map(({ day, row }) => ({
		row,
		weight: 2 ** (-(today - day) / settings.halfLifeDays),
		instant: day * DAY_MILLISECONDS,
	}));
}

/** How much each part of the app should count, by what folds of reviewers chose. */
function foldedApp(app: Setup, seed: number): FoldedApp {
	const foldOf = foldsOf(app);
	const cases = Array.from(served(app), ({ fits, model, popularity, reviewer }): AppCase => {
		const history = ownStays(model, reviewer);
		const likeness = LIKENESS_KINDS.map((kind) =>
			Float32Array.from(
				new LikenessToOwn(model.likeness, { ...NO_LIKENESS, [kind]: 1 }).fits(history),
			),
		);
		return {
			reviewer,
			fold: foldOf(reviewer),
			fits: Float32Array.from(fits),
			popularity: Float32Array.from(popularity),
			likeness,
		};
	});
	return new FoldedApp(cases, seededRandom(`${seed}/app`));
}

function weightsLine({ likeness, popularityWeight }: AppWeights): string {
	const weights = LIKENESS_KINDS.map((kind) => `${kind} ${likeness[kind].toFixed(3)}`);
	return [`popularity ${popularityWeight}`, ...weights].join(', ');
}

/**
 * What others' choices add: blends fitted on the choices of some folds of reviewers, judged on the
 * others.
 */
function compare(app: Setup, folded: FoldedApp, seed: number): RankingComparison {
	const random = seededRandom(`${seed}/blend`);
	const drawn: DrawnChoice[] = [];
	for (const one of cases(app)) drawn.push(drawChoice(one, random));
	const blends = Object.entries(BLENDS).map(
		([name, sources]) => [name, new FoldedBlend(drawn, sources)] as const,
	);
	const comparison = new RankingComparison(FIRST, app.homes);
	for (const one of cases(app)) {
		comparison.add(CONTENT, one.reviewer, contentOf(one));
		comparison.add(APP, one.reviewer, listedBy(one, folded.byFold[one.fold] as AppWeights));
		comparison.add(AS_SET, one.reviewer, one.listed);
		for (const [name, blend] of blends) comparison.add(name, one.reviewer, blend.scores(one));
	}
	return comparison;
}

function* cases(app: Setup): Generator<Case & Served> {
	const features = new ChoiceFeatures(app.homes, app.data);
	const foldOf = foldsOf(app);
	for (const one of served(app)) {
		const { reviewer, day, fits } = one;
		const fold = foldOf(reviewer);
		yield { ...one, fold, features: features.of(reviewer, day, fits, contentOf(one)) };
	}
}

const contentOf = ({ fits, popularity }: Served) =>
	fits.map((fit, row) => fit + CONTENT_POPULARITY * (popularity[row] as number));

function foldsOf({ data }: Setup): (reviewer: Reviewer) => number {
	const folds = new Map(data.reviewers.map((reviewer, i) => [reviewer, i % FOLDS]));
	return (reviewer) => folds.get(reviewer) as number;
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
	const withLikeness = (changed: Partial<LikenessSettings>): Setup => ({
		...app,
		settings: { ...app.settings, likeness: { ...app.settings.likeness, ...changed } },
	});
	const allTime = countReviews(app.data, app.homes.count).map((count) => count * ALL_TIME_SHARE);
	const parts: Readonly<Record<string, Setup>> = {
		'without likeness': withLikeness(NO_LIKENESS),
		...Object.fromEntries(
			LIKENESS_KINDS.map((kind) => [`without likeness in ${kind}`, withLikeness({ [kind]: 0 })]),
		),
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
