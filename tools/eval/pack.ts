import { auc, bootstrapInterval, type Measured, RankingEvaluation } from '$workers/metrics';
import { seededRandom } from '$workers/math/random';
import {
	ATTACKS,
	firstList,
	type ItemWeights,
	itemWeights,
	laterList,
	packScores,
	type Question,
} from '$workers/models/item-pack';
import { ExactNoise } from '$workers/privacy/noise/exact-noise';
import { RandomBits } from '$workers/privacy/noise/random-bits';
import { countStatistics, noised, pairStep, type Statistics, UNIT } from '$workers/privacy/pack';
import { choicesOf, noiseOf } from '$workers/roots/pack/draw-pack';
import { SAMPLE_SEED, sampleBooks } from '$workers/sample';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { type PackTown, townOfBooks, townOfVisits } from './pack-town';

const EPSILONS = [1, 0.5, 0.25];
/** Every guest is held out once: as many packs as folds. */
const FOLDS = 5;
const noNoise = (statistics: Statistics) => ({
	chosen: 0,
	also: 0,
	next: 0,
	unit: UNIT,
	pair: pairStep(statistics),
});

interface Asked {
	readonly first: RankingEvaluation;
	readonly later: RankingEvaluation;
}

/**
 * Packs from the sample bookings, or from visits of a file, measured on guests who had no part in them:
 * what others teach, and what each epsilon leaves of it. The same guests are asked every time.
 */
export const pack: Task = {
	required: [],
	optional: ['epsilon', 'seed', 'homes', 'guests', 'draws', 'visits'],
	async run(options: Options): Promise<Evaluation> {
		const seed = options.seed ?? SAMPLE_SEED;
		const town = options.visits ? townOfVisits(options.visits) : sampleTown(seed, options);
		const draws = whole(options.draws ?? '4', 'draws');
		const epsilons = options.epsilon === undefined ? EPSILONS : [epsilonOf(options.epsilon)];
		const started = performance.now();
		const popularity = await measure(town, 'popularity', 1, seed);
		const exact = await measure(town, 'exact', 1, seed);
		const packs = [];
		for (const epsilon of epsilons)
			packs.push({ epsilon, ...(await measure(town, epsilon, draws, seed)) });
		return {
			figures: {
				homes: town.homes,
				guests: town.guests,
				popularity,
				exact,
				packs: packs.map((each) => ({ ...each, ...lossOf(each, exact, popularity) })),
				draws,
				seconds: (performance.now() - started) / 1_000,
				seed,
			},
			table: [
				`${town.homes} homes, ${town.guests} guests; the list after one home, and after all but the last`,
				lineOf('popularity', popularity),
				lineOf('no noise', exact),
				...packs.map((each) => lineOf(`epsilon ${each.epsilon}`, each)),
			],
		};
	},
};

function sampleTown(seed: string, { guests = '3600', homes = '24' }: Options): PackTown {
	const size = { managed: whole(homes, 'homes'), guests: whole(guests, 'guests') };
	return townOfBooks(sampleBooks({ seed, ...size }));
}

type Kind = 'popularity' | 'exact' | number;

async function measure(town: PackTown, kind: Kind, draws: number, seed: string) {
	const asked: Asked = { first: new RankingEvaluation(10), later: new RankingEvaluation(10) };
	const audit = new AuditScores();
	for (let draw = 0; draw < draws; draw++)
		for (let fold = 0; fold < FOLDS; fold++) {
			const guests = town.fold(fold);
			const [members, others] = [choicesOf(guests, false), choicesOf(guests, true)];
			const statistics = countStatistics(members, town.homes);
			const weights = await weightsOf(statistics, kind, `${seed}/${draw}/${fold}`);
			for (const homes of others) ask(asked, weights, homes, kind === 'popularity');
			audit.add(weights, members, others);
		}
	return {
		first: figuresOf(asked.first, draws),
		later: figuresOf(asked.later, draws),
		...(kind !== 'popularity' && { audit: audit.strongest(seed) }),
	};
}

async function weightsOf(statistics: Statistics, kind: Kind, seed: string): Promise<ItemWeights> {
	if (typeof kind !== 'number') return itemWeights(statistics, noNoise(statistics));
	const drawn = await noised(statistics, kind * 1_000, seededNoise(seed));
	return itemWeights(drawn, noiseOf(kind * 1_000, drawn));
}

function ask(asked: Asked, weights: ItemWeights, homes: readonly number[], popular: boolean): void {
	const add = (evaluation: RankingEvaluation, question: Question | null) => {
		if (!question) return;
		const { history, wanted } = question;
		const scores = popular ? weights.chosen : packScores(weights, history);
		evaluation.add({ scores, train: history, test: wanted });
	};
	add(asked.first, firstList(homes));
	add(asked.later, laterList(homes));
}

/** The same guests are asked in every draw of noise: they are so many only once. */
function figuresOf(evaluation: RankingEvaluation, draws: number) {
	const { mrr, ndcg, people, recall } = evaluation.metrics();
	const of = ({ mean, standardError }: Measured) => ({
		value: mean,
		standardError: standardError * Math.sqrt(draws),
	});
	return { ndcg10: of(ndcg), recall10: of(recall), mrr: of(mrr), guests: people / draws };
}

type Figures = Awaited<ReturnType<typeof measure>>;

/** What privacy costs, and what is left above popularity. */
const lossOf = (own: Figures, exact: Figures, popularity: Figures) => ({
	loss: exact.first.ndcg10.value - own.first.ndcg10.value,
	gain: own.first.ndcg10.value - popularity.first.ndcg10.value,
});

/** One draw's guests at a time are told apart by each attack, and the areas averaged. */
class AuditScores {
	readonly #areas = ATTACKS.map((): { all: number[]; returning: number[] } => ({
		all: [],
		returning: [],
	}));
	#last: { truth: number[]; scores: number[][] } = { truth: [], scores: [] };

	add(
		weights: ItemWeights,
		members: readonly (readonly number[])[],
		others: readonly (readonly number[])[],
	): void {
		const everybody = [...members, ...others];
		const truth = everybody.map((_, i) => Number(i < members.length));
		const scores = ATTACKS.map(({ score }) => everybody.map((homes) => score(weights, homes)));
		const returning = [...everybody.keys()].filter((i) => (everybody[i]?.length ?? 0) > 1);
		const take = (values: readonly number[]) => returning.map((i) => values[i] as number);
		scores.forEach((own, i) => {
			this.#areas[i]?.all.push(auc(truth, own));
			this.#areas[i]?.returning.push(auc(take(truth), take(own)));
		});
		this.#last = { truth, scores };
	}

	strongest(seed: string) {
		const mean = (values: readonly number[]) =>
			values.reduce((sum, value) => sum + value, 0) / values.length;
		const best = ATTACKS.map(({ name }, i) => ({ name, auc: mean(this.#areas[i]?.all ?? []), i }))
			.toSorted((a, b) => b.auc - a.auc)
			.at(0) as { name: string; auc: number; i: number };
		const { scores, truth } = this.#last;
		const own = scores[best.i] as number[];
		const { high, low } = bootstrapInterval(
			truth.length,
			(rows) =>
				auc(
					Array.from(rows, (row) => truth[row] as number),
					Array.from(rows, (row) => own[row] as number),
				),
			seededRandom(seed),
		);
		return {
			attack: best.name,
			auc: best.auc,
			/** Of one pack: by resampling its guests. */
			halfWidth: (high - low) / 2,
			ofReturning: Math.max(...this.#areas.map(({ returning }) => mean(returning))),
		};
	}
}

/** The mechanism of a release with bytes that a seed gives, so that figures come again. */
function seededNoise(seed: string): ExactNoise {
	const random = seededRandom(seed);
	return new ExactNoise(
		new RandomBits({
			fill: (bytes) => void bytes.forEach((_, i) => (bytes[i] = random.integer(256))),
		}),
	);
}

function lineOf(name: string, { audit, first, later }: Figures): string {
	const of = ({ standardError, value }: { value: number; standardError: number }) =>
		`${value.toFixed(3)} ± ${standardError.toFixed(3)}`;
	const told = audit
		? `   attack ${audit.auc.toFixed(3)} ± ${audit.halfWidth.toFixed(3)} (two homes or more: ${audit.ofReturning.toFixed(3)})`
		: '';
	return [
		name.padEnd(13),
		`ndcg10 ${of(first.ndcg10)}  recall10 ${of(first.recall10)}  mrr ${of(first.mrr)} (${first.guests})`,
		`later ndcg10 ${of(later.ndcg10)} (${later.guests})${told}`,
	].join('  ');
}

function whole(text: string, name: string): number {
	const value = Number(text);
	if (!/^\d{1,6}$/.test(text) || value < 1)
		throw new EvaluationError(`--${name} is a whole number from 1`);
	return value;
}

function epsilonOf(text: string): number {
	const epsilon = Number(text);
	if (!(epsilon >= 0.001 && epsilon <= 10) || !Number.isInteger(Math.round(epsilon * 1e9) / 1e6))
		throw new EvaluationError('--epsilon is from .001 to 10, in thousandths');
	return epsilon;
}
