import type { Device } from '$workers/device/device';
import type { Random } from '$workers/math/random';
import { type Features, blendWeights, blended } from './blend';
import type { City, Trip } from './city';
import { TripComparison } from './comparison';
import { type Question, questionsOf } from './question';
import {
	type Scores,
	bothWays,
	contentOf,
	markovChain,
	nearestItems,
	nearness,
	packOf,
	packScoresOf,
	popularity,
	sectionScores,
	sequenceScores,
} from './rankers';

const FOLDS = 5;
/** Parts of the training side: what a blend learns from was said by models that had not seen it. */
const INNER_FOLDS = 4;
/** Trips that are asked about. */
const LEAST_PLACES = 3;
export const BASE = 'Markov chain';

const FEATURES = [
	'popularity',
	'nearest',
	'chain',
	'chain both ways',
	'pack',
	'same category',
	'sequence',
] as const;
type Feature = (typeof FEATURES)[number];

/** Weighted by what people of other folds did. */
const BLENDS: Readonly<Record<string, readonly Feature[]>> = {
	'pack and distance': ['pack', 'nearest'],
	blend: ['popularity', 'nearest', 'chain', 'chain both ways', 'pack', 'same category'],
	'blend + sequence': [...FEATURES],
};

interface Fit {
	readonly city: City;
	readonly device: Device;
	readonly random: Random;
	/** Of the sequence model, averaged. */
	readonly trainings: number;
	/** At most so many passes of each training. */
	readonly epochs: number;
}

export interface NextPlaceResult {
	readonly comparison: TripComparison;
	readonly questions: number;
	readonly trips: number;
	readonly people: number;
	/** Of the blends, on average over folds. */
	readonly weights: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Every next place of every trip, by models that knew nothing of its person. */
export async function nextPlaces(fit: Fit): Promise<NextPlaceResult> {
	const { city, random } = fit;
	const comparison = new TripComparison();
	const weights: Record<string, Record<string, number>> = {};
	for (let fold = 0; fold < FOLDS; fold++) {
		const { train, asked } = split(city.trips, FOLDS, fold);
		const own = { ...fit, random: random.fork(`fold ${fold}`) };
		const features = await featuresOf(own, train, asked);
		for (const [name, scores] of Object.entries(await rankers(own, train, asked, features)))
			comparison.add(name, asked, scores);
		const inner = await innerFeatures(own, train);
		for (const [name, names] of Object.entries(BLENDS)) {
			const learned = blendWeights(inner.questions, inner.features, names);
			comparison.add(name, asked, blended(features, names, learned));
			const means = (weights[name] ??= {});
			names.forEach((feature, k) => {
				means[feature] = (means[feature] ?? 0) + (learned[k] as number) / FOLDS;
			});
		}
	}
	const all = questionsOf(city.trips, LEAST_PLACES);
	return {
		comparison,
		questions: all.length,
		trips: city.trips.filter(({ places }) => places.length >= LEAST_PLACES).length,
		people: new Set(all.map(({ person }) => person)).size,
		weights,
	};
}

/** People are numbered as they come in the file. */
function split(trips: readonly Trip[], folds: number, fold: number) {
	const people = [...new Set(trips.map(({ person }) => person))];
	const held = new Set(people.filter((_, i) => i % folds === fold));
	return {
		train: trips.filter(({ person }) => !held.has(person)),
		asked: questionsOf(
			trips.filter(({ person }) => held.has(person)),
			LEAST_PLACES,
		),
	};
}

async function rankers(
	{ city, device, random, trainings, epochs }: Fit,
	train: readonly Trip[],
	asked: readonly Question[],
	features: Features<Feature>,
): Promise<Record<string, Scores>> {
	const pack = packOf(city, train);
	const section = asked.map((question) => sectionScores(city, pack, question));
	const alone = { device, random: random.fork('alone'), content: null, trainings, epochs };
	return {
		popularity: features.popularity,
		'nearest place': features.nearest,
		[BASE]: features.chain,
		'Markov chain, both ways': features['chain both ways'],
		'item-kNN': await nearestItems(city, train, asked, random),
		'app: the pack': features.pack,
		'app: section, before': section.map(({ before }) => before),
		'app: section': section.map(({ now }) => now),
		sequence: await sequenceScores(city, train, asked, alone),
		'sequence + content': features.sequence,
	};
}

async function featuresOf(
	{ city, device, random, trainings, epochs }: Fit,
	train: readonly Trip[],
	asked: readonly Question[],
): Promise<Features<Feature>> {
	const popular = popularity(city, train);
	const chain = markovChain(city, train, popular);
	const both = markovChain(city, bothWays(train), popular);
	const pack = packOf(city, train);
	const from = (rows: Scores) =>
		asked.map(({ history }) => rows[history.at(-1) as number] as Float64Array);
	const category = (place: number) => city.places[place]?.category;
	return {
		popularity: asked.map(() => popular),
		nearest: asked.map((question) => nearness(city, question)),
		chain: from(chain),
		'chain both ways': from(both),
		pack: asked.map((question) => packScoresOf(pack, question)),
		'same category': asked.map(({ history }) =>
			popular.map((_, place) => +(category(place) === category(history.at(-1) as number))),
		),
		sequence: await sequenceScores(city, train, asked, {
			device,
			random: random.fork('content'),
			content: contentOf(city),
			trainings,
			epochs,
		}),
	};
}

/** The training side's own questions, each answered by what others of the training side did. */
async function innerFeatures(fit: Fit, trips: readonly Trip[]) {
	const questions: Question[] = [];
	const features = Object.fromEntries(
		FEATURES.map((name) => [name, [] as Float64Array[]] as const),
	) as Record<Feature, Float64Array[]>;
	for (let fold = 0; fold < INNER_FOLDS; fold++) {
		const { train, asked } = split(trips, INNER_FOLDS, fold);
		const own = { ...fit, random: fit.random.fork(`inner ${fold}`) };
		const found = await featuresOf(own, train, asked);
		questions.push(...asked);
		for (const name of FEATURES) features[name].push(...found[name]);
	}
	return { questions, features };
}
