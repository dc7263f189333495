import { type Random, seededRandom } from '$workers/math/random';
import { catalogueModel, PersonalTaste, type TasteAct } from '$workers/models/recommender';
import { AS_OF, sampleTown } from '$workers/sample';
import type { Measure } from './figure';
import { median, takeTurns } from './timing';

export const HOMES = 50_000;
export const HISTORIES = [1, 100, 10_000];
export const RERANK_BUDGET = { atMost: 50 };
const ROUNDS = 31;
const NOW = (AS_OF + 1) * 86_400_000;
const MINUTE = 60_000;
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
		const model = catalogueModel(sampleTown({ seed: 'bench', homes: HOMES }).homes);
		const people = HISTORIES.map((length) => [length, person(model, length)] as const);
		const times = await takeTurns(ROUNDS, Object.fromEntries(people));
		return HISTORIES.map((length) => ({
			what: `For you after an act, ${count(HOMES)} homes, history of ${count(length)}, in Node`,
			figure: median(times[length] ?? []),
			unit: 'ms',
			budget: RERANK_BUDGET,
		}));
	},
};

const count = (whole: number) => whole.toLocaleString('en');

/** Somebody with a history; each call is one act more, and the list after it. */
function person(model: ReturnType<typeof catalogueModel>, length: number): () => void {
	const random = seededRandom(`history/${length}`);
	const taste = new PersonalTaste(model, NOW);
	taste.observe(drawActs(0, length, random));
	let known = length;
	return () => {
		taste.observe(drawActs(known++, 1, random));
		taste.forYou({ count: 24, variety: 0.4, novelty: 0.5, now: NOW, seed: known, keep: [] });
	};
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
