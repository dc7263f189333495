import type { PackHeader, RememberedAct } from '$lib/contracts';
import { type Random, seededRandom } from '$workers/math/random';
import { topPlaces } from '$workers/math/top';
import {
	type CatalogueModel,
	catalogueModel,
	othersFromPack,
	PersonalTaste,
	type TasteAct,
} from '$workers/models/recommender';
import { discover } from '$workers/models/recommender/discover';
import type { Others, OwnStay } from '$workers/models/recommender/others';
import type { HomeTable } from '$workers/table/homes';
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
const FACTORS = 64;
/** For you takes so many of the best on to be varied and explored. */
const RANKED = 960;
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

/**
 * For you after one more act, in the model alone: no storage, no thread between. Beside the whole, its
 * parts: taking the act in; ranking, which is the fit of every home and the best of them in order; the
 * list, which varies, explores and explains the best; and what stands beside the list.
 */
export const ranking: Measure = {
	name: 'ranking',
	async run({ say }) {
		say(`${count(HOMES)} homes of the sample town`);
		const { homes } = sampleTown({ seed: 'bench', homes: HOMES });
		const model = catalogueModel(homes);
		const weights = drawnWeights(homes.columns.key.values);
		const factors = drawnFactors(homes.columns.key.values);
		const people = HISTORIES.flatMap((length) => [
			[`history of ${count(length)}`, person(homes, model, length, null)] as const,
			[`history of ${count(length)} and a pack`, person(homes, model, length, weights)] as const,
			[
				`history of ${count(length)} and a pack of factors`,
				person(homes, model, length, factors),
			] as const,
		]);
		const times = await takeTurns(
			ROUNDS,
			Object.fromEntries(people.map(([name, { act }]) => [name, act])),
		);
		// In this order: each goes on from what the one before it left.
		const alone = await takeTurns(
			ROUNDS,
			Object.fromEntries(
				people.flatMap(([name, { beside, fold, list, rank }]) => [
					[`fold ${name}`, fold],
					[`rank ${name}`, rank],
					[`list ${name}`, list],
					[`beside ${name}`, beside],
				]),
			),
		);
		const reranked = people.map(([name]) => ({
			what: `For you after an act, ${count(HOMES)} homes, ${name}, in Node`,
			figure: median(times[name] ?? []),
			unit: 'ms',
			budget: RERANK_BUDGET,
		}));
		const parts = people.flatMap(([name]) => {
			const of = (part: string) => alone[`${part} ${name}`] ?? [];
			return [
				{
					what: `Folding one act in, ${name}, in Node`,
					figure: median(of('fold')),
					unit: 'ms',
					budget: FOLD_BUDGET,
				},
				{
					what: `Ranking ${count(HOMES)} homes, ${name}, p95, in Node`,
					figure: slowest95(of('rank')),
					unit: 'ms',
					budget: RANK_BUDGET,
				},
				{
					what: `Ranking ${count(HOMES)} homes, ${name}, fastest, in Node`,
					figure: Math.min(...of('rank')),
					unit: 'ms',
				},
				{
					what: `List of ${REQUEST.count}, varied, explored and explained, ${name}, in Node`,
					figure: median(of('list')),
					unit: 'ms',
				},
				{
					what: `Beside the list, ${count(HOMES)} homes, ${name}, in Node`,
					figure: median(of('beside')),
					unit: 'ms',
				},
			];
		});
		return [...reranked, ...parts, ...(await whatWouldMove(homes, model, weights))];
	},
};

/** What a home's page asks: in all, and the longest that another question waits for it. */
async function whatWouldMove(
	homes: HomeTable,
	model: CatalogueModel,
	others: Others,
): Promise<Figure[]> {
	const { taste } = person(homes, model, 100, others);
	const listed = taste.forYou(REQUEST).homes;
	const all: number[] = [];
	const steps: number[] = [];
	for (const { row } of listed) {
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
function person(homes: HomeTable, model: CatalogueModel, length: number, others: Others | null) {
	const random = seededRandom(`history/${length}`);
	const taste = new PersonalTaste(model, NOW, others);
	const acts = drawActs(0, length, random);
	taste.observe(acts);
	const trail = acts.map(remembered);
	const properties = Uint32Array.from({ length: HOMES }, (_, row) => row);
	const rowOf = new Map(Array.from(properties, (property, row) => [property, row]));
	const stays = ownStays(Math.min(length, LONGEST), random);
	const observe = () => {
		const more = drawActs(trail.length, 1, random);
		taste.observe(more);
		trail.push(...more.map(remembered));
	};
	const fold = () => {
		observe();
		// Another array every time, as after an act: nothing is kept of the one before.
		others?.fits([...stays]);
	};
	const rank = () => topPlaces(taste.fits(NOW), RANKED);
	const list = () => taste.forYou(REQUEST);
	const beside = () =>
		discover({ homes, properties, rowOf, taste, settled: new Set() }, trail, {
			guides: [],
			listed: [],
			now: NOW,
			seed: 1,
			visit: NOW,
		});
	const act = () => {
		observe();
		list();
	};
	return { taste, act, fold, rank, list, beside };
}

const remembered = ({ instant, kind, row, sequence }: TasteAct): RememberedAct => ({
	sequence,
	kind,
	instant,
	property: row,
	session: 1,
	seeker: 0,
	consent: true,
	channel: 'for-you',
});

/** As many homes of the own history as are asked about. */
function ownStays(length: number, random: Random): OwnStay[] {
	return Array.from({ length }, (_, i) => ({
		row: random.integer(HOMES),
		weight: 0.8,
		instant: NOW - (length - i) * MINUTE,
	}));
}

/** What a pack of every home teaches: as many homes beside each as packs hold. */
function drawnWeights(keys: readonly string[]): Others {
	const random = seededRandom('others');
	const beside = () =>
		Array.from({ length: BESIDE }, () => [random.integer(HOMES), random.next()] as const);
	const rows = () => sparseRows(Array.from({ length: HOMES }, beside), HOMES);
	const chosen = drawnShares(random);
	return othersFromPack(
		{ header: HEADER, keys, chosen, also: rows(), next: rows(), factors: null },
		keys,
	);
}

/** The same as factors. */
function drawnFactors(keys: readonly string[]): Others {
	const random = seededRandom('factors');
	const chosen = drawnShares(random);
	const values = Float32Array.from({ length: HOMES * FACTORS }, () => random.normal());
	const factors = { size: FACTORS, values, unobserved: 0.1, penalty: 0.1 };
	const header: PackHeader = { ...HEADER, kind: 'item-factors' };
	return othersFromPack({ header, keys, chosen, also: null, next: null, factors }, keys);
}

const drawnShares = (random: Random) =>
	Float32Array.from({ length: HOMES }, () => random.next() / HOMES);

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
