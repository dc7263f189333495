import { type Random, seededRandom } from '$workers/math/random';
import { catalogueModel, PersonalTaste, type TasteAct } from '$workers/models/recommender';
import { AS_OF, sampleTown } from '$workers/sample';
import type { Figure, Measure } from './figure';
import { median, timed } from './timing';

export const HOMES = 50_000;
export const HISTORIES = [1, 100, 10_000];
export const RERANK_BUDGET = { atMost: 50 };
const ACTS_TIMED = 25;
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
	run({ say }) {
		say(`a town of ${HOMES.toLocaleString('en')} homes`);
		const model = catalogueModel(sampleTown({ seed: 'bench', homes: HOMES }).homes);
		return Promise.all(HISTORIES.map((length) => rerank(model, length)));
	},
};

async function rerank(model: ReturnType<typeof catalogueModel>, length: number): Promise<Figure> {
	const random = seededRandom(`history/${length}`);
	const taste = new PersonalTaste(model, NOW);
	taste.observe(drawActs(0, length, random));
	const times: number[] = [];
	for (let i = 0; i <= ACTS_TIMED; i++) {
		const acts = drawActs(length + i, 1, random);
		const time = await timed(() => {
			taste.observe(acts);
			taste.forYou({ count: 24, variety: 0.4, now: NOW, seed: i });
		});
		if (i > 0) times.push(time);
	}
	return {
		what: `For you re-ranked after an act, ${HOMES.toLocaleString('en')} homes, history of ${length.toLocaleString('en')}, in Node`,
		figure: median(times),
		unit: 'ms',
		budget: RERANK_BUDGET,
	};
}

/** Acts of every kind on any home, one a minute up to now. */
function drawActs(first: number, count: number, random: Random): TasteAct[] {
	return Array.from({ length: count }, (_, i) => ({
		sequence: first + i + 1,
		row: random.integer(HOMES),
		kind: KINDS[random.integer(KINDS.length)] ?? 'view',
		instant: NOW - (count - i) * MINUTE,
		seconds: 30,
	}));
}
