import type { Device } from '$workers/device/device';
import { ease, type EaseParams, type FittedEase } from '$workers/learners/ease';
import type { Interactions, ItemQuery, RankedItems } from '$workers/learners/interactions';
import { rankItems } from '$workers/learners/rank-items';
import { seededRandom } from '$workers/math/random';
import { climb } from './climb';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { openInversionDevice } from './inversion-device';
import { bothOf, readItemRows } from './item-rows';
import { LISTED, type ListFigures, listFigures } from './list-figures';

const DEFAULT_SEED = 1;
/** The inverse of more items than this does not fit into WebAssembly's memory. */
const MOST_ITEMS = 8000;

/** What may be chosen on valid; ladders are climbed from where the start stands. */
const START: EaseParams = { ridge: 700, dropout: 0.5, activityPower: 0.75, popularityPower: 0.15 };
const LADDERS = {
	ridge: [1, 2, 5, 10, 20, 50, 100, 200, 350, 500, 700, 1000, 2000, 5000],
	dropout: [0, 0.1, 0.2, 0.33, 0.5, 0.6, 0.7],
	activityPower: [0, 0.25, 0.5, 0.75, 1],
	popularityPower: [0, 0.05, 0.1, 0.15, 0.2, 0.3],
} as const;

/** Ranks all items for everybody; see `docs/models/recommender.md`. */
export const recommend: Task = {
	required: ['train', 'valid', 'test'],
	optional: ['seed'],
	async run({
		train: trainPath = '',
		valid: validPath = '',
		test: testPath = '',
		seed: text,
	}: Options): Promise<Evaluation> {
		const seed = readSeed(text);
		const { train, valid, test, rows } = readItemRows({
			train: trainPath,
			valid: validPath,
			test: testPath,
		});
		if (train.width > MOST_ITEMS)
			throw new EvaluationError(
				`there are ${train.width} items: at most ${MOST_ITEMS} are learned`,
			);
		const device = await openInversionDevice();
		try {
			const { model, score, tried, seconds } = await choose(train, valid, device, seed);
			const query = { histories: train, leaveOut: bothOf(train, valid), count: LISTED };
			const whole = listFigures(await model.predict(query), test);
			const popularity = listFigures(mostChosen(train, query), test);
			return {
				figures: { ...figuresOf(whole), popularity: figuresOf(popularity), seconds, rows, seed },
				table: [
					`${whole.people} people, ${train.width} items, ${train.columns.length} acts to learn from`,
					`chosen on valid from ${tried} settings, ndcg10 ${score.toFixed(4)}: ${JSON.stringify(model.params)}`,
					line('EASE', whole),
					line('popularity', popularity),
				],
			};
		} finally {
			device.close();
		}
	},
};

interface Choice {
	readonly model: FittedEase;
	/** Its ndcg10 on valid. */
	readonly score: number;
	readonly tried: number;
	/** What fitting the chosen model took. */
	readonly seconds: number;
}

/** Climbs to the settings that are best on valid; every candidate is fitted on train alone. */
async function choose(
	train: Interactions,
	valid: Interactions,
	device: Device,
	seed: number,
): Promise<Choice> {
	const run = { random: seededRandom(seed), cancelled: () => false, onProgress: () => undefined };
	let latest: { readonly name: string; readonly model: FittedEase; seconds: number } | undefined;
	const modelOf = async (params: EaseParams) => {
		const { popularityPower, ...others } = params;
		const name = JSON.stringify(others);
		if (latest?.name !== name) {
			const started = performance.now();
			const model = await ease(others, device).fit(train, run);
			latest = { name, model, seconds: (performance.now() - started) / 1000 };
		}
		return { model: latest.model.tempered(popularityPower), seconds: latest.seconds };
	};
	const { settings, score, tried } = await climb(START, LADDERS, async (params) => {
		const { model } = await modelOf(params);
		return listFigures(await model.predict({ histories: train, count: LISTED }), valid).ndcg10;
	});
	return { ...(await modelOf(settings)), score, tried };
}

/** The same list for everybody, but for what each of them knows. */
function mostChosen(train: Interactions, query: ItemQuery): RankedItems {
	const counts = new Float32Array(train.width);
	for (const item of train.columns) counts[item] = (counts[item] as number) + 1;
	return rankItems(query, train.width, (_, scores) => scores.set(counts));
}

function readSeed(text: string | undefined): number {
	if (text === undefined) return DEFAULT_SEED;
	if (!/^\d{1,9}$/.test(text)) throw new EvaluationError('--seed is a whole number');
	return Number(text);
}

function figuresOf({ recall10, ndcg10, ndcg20, coverage }: ListFigures) {
	return { recall10, ndcg10, ndcg20, coverage };
}

function line(name: string, { recall10, ndcg10, ndcg20, coverage }: ListFigures): string {
	const figures = [recall10, ndcg10, ndcg20, coverage].map((figure) => figure.toFixed(4));
	return `${name.padEnd(12)} recall10 ${figures[0]}   ndcg10 ${figures[1]}   ndcg20 ${figures[2]}   coverage ${figures[3]}`;
}
