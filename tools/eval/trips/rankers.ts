import type { Device } from '$workers/device/device';
import type { Interactions, ScoresItems } from '$workers/learners/interactions';
import { itemKnn } from '$workers/learners/item-knn';
import { type SequenceParams, sequenceModel } from '$workers/learners/sequence';
import type { Random } from '$workers/math/random';
import { itemWeights, packScores } from '$workers/models/item-pack';
import { blendSettings } from '$workers/models/recommender/blend';
import { pairAt, pairsOf } from '$workers/table/pairs';
import { sparseRows } from '$workers/table/sparse';
import type { City, Trip } from './city';
import type { Question } from './question';

/** Of every place of the city, question by question. */
export type Scores = readonly Float64Array[];

/** A count of trips as if so many more had been made as popularity says. */
const SMOOTHING = 10;
/** Nearer than this counts as here. */
const HERE = 0.1;
/** As in the app: of each place further back, and of how often all came, beside a lift. */
const FADED = blendSettings.faded;
const CHOSEN = blendSettings.chosen / blendSettings.next;
/** Before all that nobody's choices speak for. */
const SPOKEN_FOR = 1000;

/** Chosen on Toronto: `docs/models/recommender.md`. */
const SEQUENCE: Partial<SequenceParams> = {
	size: 32,
	hidden: 64,
	length: 12,
	batch: 256,
	dropout: 0.3,
};

/** Log share of the people who came to each place. */
export function popularity({ places }: City, trips: readonly Trip[]): Float64Array {
	const people = places.map(() => new Set<number>());
	for (const { person, places } of trips) for (const place of places) people[place]?.add(person);
	const total = people.reduce((sum, { size }) => sum + size + 0.5, 0);
	return Float64Array.from(people, ({ size }) => Math.log((size + 0.5) / total));
}

/** The log chance of each step: its count, drawn towards what is popular. */
export function markovChain({ places }: City, trips: readonly Trip[], popular: Float64Array) {
	const counts = places.map(() => new Float64Array(places.length));
	for (const { places: trip } of trips)
		trip.slice(1).forEach((to, i) => add(counts[trip[i] as number], to));
	return counts.map((row) => {
		const total = row.reduce((sum, count) => sum + count, 0);
		return row.map((count, to) =>
			Math.log((count + SMOOTHING * Math.exp(popular[to] as number)) / (total + SMOOTHING)),
		);
	});
}

/** The same trips, and the same from their end: who went there may as well have come from there. */
export const bothWays = (trips: readonly Trip[]): Trip[] =>
	trips.flatMap((trip) => [trip, { ...trip, places: trip.places.toReversed() }]);

/** Minus the logarithm of how far each place is from the last one. */
export function nearness({ kilometres }: City, { history }: Question): Float64Array {
	const away = kilometres[history.at(-1) as number] as Float64Array;
	return away.map((distance) => -Math.log(HERE + distance));
}

/** What a model pack without noise is made of these trips. */
export function packOf({ places }: City, trips: readonly Trip[]) {
	const homes = places.length;
	const counts = {
		homes,
		chosen: new Float64Array(homes),
		also: new Float64Array(pairsOf(homes)),
		next: new Float64Array(homes * homes),
	};
	for (const { places } of trips)
		places.forEach((to, i) => {
			add(counts.chosen, to);
			if (i > 0) add(counts.next, (places[i - 1] as number) * homes + to);
			for (const other of places.slice(0, i)) add(counts.also, pairAt(to, other));
		});
	return itemWeights(counts, { chosen: 0, also: 0, next: 0, unit: 1, pair: 1 });
}

type Pack = ReturnType<typeof packOf>;

export const packScoresOf = (pack: Pack, { history }: Question) => packScores(pack, history);

/** The app's section of next places as it is, and as it was: steps alone, then what is nearest. */
export function sectionScores(city: City, pack: Pack, question: Question) {
	const { history } = question;
	const share = pack.chosen;
	const near = nearness(city, question);
	const steps = new Float64Array(share.length);
	const also = new Float64Array(share.length);
	history.toReversed().forEach((from, place) => {
		addRow(steps, pack.next, from, FADED ** place);
		addRow(also, pack.also, from, 1 / Math.sqrt(history.length));
	});
	const first = (is: boolean, score: number, other: number) => (is ? SPOKEN_FOR + score : other);
	const lift = (to: number) => (steps[to] as number) + (also[to] as number);
	const usual = (to: number) => CHOSEN * Math.log(share[to] as number);
	return {
		now: near.map((close, to) => first(lift(to) > 0, usual(to) + lift(to) + close, close)),
		before: near.map((close, to) => first((steps[to] as number) > 0, steps[to] as number, close)),
	};
}

function addRow(scores: Float64Array, rows: Pack['next'], from: number, factor: number): void {
	const end = rows.starts[from + 1] as number;
	for (let at = rows.starts[from] as number; at < end; at++) {
		const to = rows.columns[at] as number;
		scores[to] = (scores[to] as number) + factor * (rows.values[at] as number);
	}
}

const rowsOf = (lists: readonly (readonly number[])[], places: number): Interactions =>
	sparseRows(
		lists.map((list) => list.map((place) => [place, 1] as const)),
		places,
	);

async function scoresOf(
	model: ScoresItems,
	{ places }: City,
	questions: readonly Question[],
): Promise<Scores> {
	const histories = rowsOf(
		questions.map(({ history }) => history),
		places.length,
	);
	const all = await model.scores(histories);
	return questions.map((_, row) =>
		Float64Array.from(all.subarray(row * places.length, (row + 1) * places.length)),
	);
}

const runOf = (random: Random) => ({
	random,
	cancelled: () => false,
	onProgress: () => undefined,
});

/** Item-kNN over what each trip came to. */
export async function nearestItems(
	city: City,
	trips: readonly Trip[],
	questions: readonly Question[],
	random: Random,
): Promise<Scores> {
	const train = rowsOf(
		trips.map(({ places }) => places),
		city.places.length,
	);
	return scoresOf(await itemKnn().fit(train, runOf(random)), city, questions);
}

export interface SequenceFit {
	readonly device: Device;
	readonly random: Random;
	readonly content: Float32Array | null;
	/** Whose chances are averaged: with so few trips, one by itself is partly luck. */
	readonly trainings: number;
	/** At most so many passes each. */
	readonly epochs: number;
}

/** The log chance that several trainings of the sequence model give on average, both ways learned from. */
export async function sequenceScores(
	city: City,
	trips: readonly Trip[],
	questions: readonly Question[],
	{ device, random, content, epochs, trainings }: SequenceFit,
): Promise<Scores> {
	const sequences = rowsOf(
		bothWays(trips).map(({ places }) => places),
		city.places.length,
	);
	const estimator = sequenceModel({ ...SEQUENCE, epochs }, device);
	const chances = questions.map(() => new Float64Array(city.places.length));
	for (let training = 0; training < trainings; training++) {
		const run = runOf(random.fork(`training ${training}`));
		const model = await estimator.fit({ sequences, ...(content && { content }) }, run);
		(await scoresOf(model, city, questions)).forEach((scores, row) => {
			const own = chances[row] as Float64Array;
			scores.forEach((score, to) => (own[to] = (own[to] as number) + Math.exp(score) / trainings));
		});
		model.dispose();
	}
	return chances.map((own) => own.map(Math.log));
}

/** Of each place: its category, and how near it lies to each other place, place after place. */
export function contentOf({ places, kilometres }: City): Float32Array {
	const categories = [...new Set(places.map(({ category }) => category))].sort();
	return Float32Array.from(
		places.flatMap(({ category }, row) => [
			...categories.map((each) => +(each === category)),
			...Array.from(kilometres[row] as Float64Array, (away) => Math.exp(-away)),
		]),
	);
}

function add(values: Float64Array | undefined, at: number): void {
	if (values) values[at] = (values[at] as number) + 1;
}
