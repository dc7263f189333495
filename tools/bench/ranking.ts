import type { PackHeader } from '$lib/contracts';
import { type Random, seededRandom } from '$workers/math/random';
import {
	type CatalogueModel,
	catalogueModel,
	othersFromPack,
	PersonalTaste,
	type TasteAct,
} from '$workers/models/recommender';
import type { Others, OwnStay } from '$workers/models/recommender/others';
import { sparseRows } from '$workers/table/sparse';
import { AS_OF, sampleTown } from '$workers/sample';
import type { Figure, Measure } from './figure';
import { median, takeTurns, timed } from './timing';

export const HOMES = 50_000;
export const HISTORIES = [1, 100, 10_000];
export const RERANK_BUDGET = { atMost: 50 };
const RANK_BUDGET = { atMost: 16 };
const FOLD_BUDGET = { atMost: 5 };
const BESIDE = 40;
/** A longer history is asked about no further back. */
const LONGEST = 200;
const ROUNDS = 31;
const NOW = (AS_OF + 1) * 86_400_000;
const HEADER: PackHeader = {
	format: 1,
	place: 'bench',
	version: 1,
	madeAt: NOW,
	kind: 'item-weights',
	engine: 'doorstep',
	privacy: null,
	counts: { guests: 0, stays: 0, homes: HOMES },
	schema: {},
	metrics: [],
	audit: null,
	provenance: { source: 'bookings', from: 0, to: AS_OF, sample: true },
};
const MINUTE = 60_000;
const REQUEST = { count: 24, variety: 0.4, novelty: 0.5, now: NOW, seed: 1, keep: [] };
const KINDS: readonly TasteAct['kind'][] = [
	'impression',
	'view',
	'dwell',
	'save',
	'like',
	'dismiss',
];

/** For you after one more act, in the model alone: no storage, no thread between. */
export const ranking: Measure = {
	name: 'ranking',
	async run({ say }) {
		say(`${count(HOMES)} homes of the sample town`);
		const { homes } = sampleTown({ seed: 'bench', homes: HOMES });
		const model = catalogueModel(homes);
		const others = drawnOthers(homes.columns.key.values);
		const people = HISTORIES.flatMap((length) => [
			[`history of ${count(length)}`, person(model, length, null)] as const,
			[`history of ${count(length)} and a pack`, person(model, length, others)] as const,
		]);
		const times = await takeTurns(
			ROUNDS,
			Object.fromEntries(people.map(([name, { act }]) => [name, act])),
		);
		const alone = await takeTurns(
			ROUNDS,
			Object.fromEntries(
				people.flatMap(([name, { fold, rank }]) => [
					[`fold ${name}`, fold],
					[`rank ${name}`, rank],
				]),
			),
		);
		const reranked = people.map(([name]) => ({
			what: `For you after an act, ${count(HOMES)} homes, ${name}, in Node`,
			figure: median(times[name] ?? []),
			unit: 'ms',
			budget: RERANK_BUDGET,
		}));
		const parts = people.flatMap(([name]) => [
			{
				what: `Folding one act in, ${name}, in Node`,
				figure: median(alone[`fold ${name}`] ?? []),
				unit: 'ms',
				budget: FOLD_BUDGET,
			},
			{
				what: `Ranking ${count(HOMES)} homes, ${name}, p95, in Node`,
				figure: slowest95(alone[`rank ${name}`] ?? []),
				unit: 'ms',
				budget: RANK_BUDGET,
			},
		]);
		return [...reranked, ...parts, ...(await whatWouldMove(model, others))];
	},
};

/** What a home's page asks: in all, and the longest that another question waits for it. */
async function whatWouldMove(model: CatalogueModel, others: Others): Promise<Figure[]> {
	const { taste } = person(model, 100, others);
	const { homes } = taste.forYou(REQUEST);
	const all: number[] = [];
	const steps: number[] = [];
	for (const { row } of homes) {
		const counterfactuals = taste.counterfactuals(row, NOW);
		let done = false;
		let sum = 0;
		while (!done) {
			const time = await timed(() => (done = counterfactuals.next().done ?? false));
			steps.push(time);
			sum += time;
		}
		all.push(sum);
	}
	const what = `What would move a home, ${count(HOMES)} homes, history of 100 and a pack`;
	return [
		{ what: `${what}, in Node`, figure: median(all), unit: 'ms' },
		{
			what: `${what}, one step, p95, in Node`,
			figure: slowest95(steps),
			unit: 'ms',
			budget: RERANK_BUDGET,
		},
	];
}

const slowest95 = (times: readonly number[]) =>
	times.toSorted((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1] ?? NaN;
const count = (whole: number) => whole.toLocaleString('en');

/** Somebody with a history. */
function person(model: CatalogueModel, length: number, others: Others | null) {
	const random = seededRandom(`history/${length}`);
	const taste = new PersonalTaste(model, NOW, others);
	taste.observe(drawActs(0, length, random));
	let known = length;
	const history = ownStays(Math.min(length, LONGEST), random);
	const fold = () => {
		taste.observe(drawActs(known++, 1, random));
		others?.fits(history);
	};
	const rank = () => taste.forYou(REQUEST);
	const act = () => {
		fold();
		rank();
	};
	return { taste, act, fold, rank };
}

/** As many homes of the own history as are asked about. */
function ownStays(length: number, random: Random): OwnStay[] {
	return Array.from({ length }, (_, i) => ({
		row: random.integer(HOMES),
		weight: 0.8,
		instant: NOW - (length - i) * MINUTE,
	}));
}

/** What a pack of every home teaches: as many homes beside each as packs hold. */
function drawnOthers(keys: readonly string[]): Others {
	const random = seededRandom('others');
	const beside = () =>
		Array.from({ length: BESIDE }, () => [random.integer(HOMES), random.next()] as const);
	const rows = () => sparseRows(Array.from({ length: HOMES }, beside), HOMES);
	const chosen = Float32Array.from({ length: HOMES }, () => random.next() / HOMES);
	return othersFromPack(
		{ header: HEADER, keys, chosen, also: rows(), next: rows(), factors: null },
		keys,
	);
}

/** Acts of every kind on any home, one a minute up to now. */
function drawActs(first: number, acts: number, random: Random): TasteAct[] {
	return Array.from({ length: acts }, (_, i) => ({
		sequence: first + i + 1,
		row: random.integer(HOMES),
		kind: KINDS[random.integer(KINDS.length)] ?? 'view',
		instant: NOW - (acts - i) * MINUTE,
		seconds: 30,
	}));
}
