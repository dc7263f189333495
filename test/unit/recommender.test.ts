import { describe, expect, it } from 'vitest';
import type { ActKind, Contribution, ForYouRequest, TasteEdit } from '$lib/contracts';
import {
	EXPLORED_SHARE,
	PersonalTaste,
	type TasteAct,
	catalogueModel,
	countingActs,
} from '$workers/models/recommender';
import { contributionsOf } from '$workers/models/recommender/contributions';
import { applyEdits, fitsOf } from '$workers/models/recommender/applied-weights';
import { ExploringPolicy, FIRST_KEPT } from '$workers/models/recommender/exploration';
import { gainOf } from '$workers/models/recommender/feature-sets';
import { seededRandom } from '$workers/math/random';
import { sampleTown } from '$workers/sample';
import { nameAt } from '$workers/table/column';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const homes = sampleTown({ seed: 'recommender', homes: 600 }).homes;
const model = catalogueModel(homes);
const request = (change: Partial<ForYouRequest> = {}): ForYouRequest => ({
	count: 24,
	variety: 0,
	novelty: 0.5,
	now: NOW,
	seed: 1,
	...change,
});

let sequence = 0;
const act = (kind: ActKind, row: number, change: Partial<TasteAct> = {}): TasteAct => ({
	sequence: ++sequence,
	kind,
	row,
	instant: NOW - DAY,
	...change,
});

function tasteOf(acts: readonly TasteAct[] = [], edits: readonly TasteEdit[] = []): PersonalTaste {
	const taste = new PersonalTaste(model, NOW);
	taste.observe(acts);
	taste.edit(edits);
	return taste;
}

const neighbourhoodOf = (row: number) => nameAt(homes.columns.neighbourhood, row);
const inNeighbourhood = (name: string) =>
	Array.from({ length: homes.count }, (_, row) => row).filter(
		(row) => neighbourhoodOf(row) === name,
	);
const favourite = neighbourhoodOf(0);
const savesThere = inNeighbourhood(favourite)
	.slice(0, 6)
	.map((row) => act('save', row));

const sum = (parts: readonly Contribution[]) =>
	parts.reduce((total, { value }) => total + value, 0);
const largestDifference = (a: Float64Array, b: Float64Array) =>
	Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe('fits', () => {
	it('are 0 for the average home, whatever was learned', () => {
		const edits = [{ key: `neighbourhood:${favourite}`, weight: 0.7 }];
		for (const taste of [tasteOf(), tasteOf(savesThere), tasteOf(savesThere, edits)]) {
			const fits = taste.fits(NOW);
			expect(Math.abs(fits.reduce((total, fit) => total + fit / fits.length, 0))).toBeLessThan(
				1e-6,
			);
		}
	});

	it('are the sum of their contributions, whole and in brief', () => {
		const edits = [
			{ key: 'price', off: true },
			{ key: `neighbourhood:${favourite}`, weight: 1 },
		];
		for (const taste of [tasteOf(), tasteOf(savesThere), tasteOf(savesThere, edits)]) {
			for (const row of [0, 99, 599]) {
				const { fit, contributions } = taste.explain(row, NOW);
				expect(sum(contributions)).toBeCloseTo(fit, 12);
				expect(taste.fits(NOW)[row]).toBe(fit);
			}
			for (const { fit, contributions } of taste.forYou(request()).homes) {
				expect(sum(contributions)).toBeCloseTo(fit, 12);
				expect(contributions.length).toBeLessThanOrEqual(5);
			}
		}
	});

	it('name of a title the word that speaks loudest, one that stands in it', () => {
		const titleOf = (row: number) => homes.columns.title.values[row]!.toLowerCase();
		const titled = Array.from({ length: homes.count }, (_, row) => row).filter((row) =>
			titleOf(row).includes('market hall'),
		);
		const taste = tasteOf(titled.slice(0, 4).map((row) => act('save', row)));
		const wordOf = (row: number) =>
			taste.explain(row, NOW).contributions.find(({ feature }) => feature.key === 'words')?.feature
				.value;
		for (const row of [0, 99, 599]) expect(titleOf(row)).toContain(wordOf(row));
		expect(titled.slice(4, 8).map(wordOf).join()).toMatch(/market|hall/);
	});

	it('rise for homes like those that were saved, and fall for those that were dismissed', () => {
		const others = inNeighbourhood(favourite).slice(6);
		const mean = (taste: PersonalTaste) =>
			others.reduce((total, row) => total + taste.fits(NOW)[row]! / others.length, 0);
		const dismissals = savesThere.map(({ row }) => act('dismiss', row));
		expect(mean(tasteOf(savesThere))).toBeGreaterThan(mean(tasteOf()) + 0.1);
		expect(mean(tasteOf(dismissals))).toBeLessThan(mean(tasteOf()) - 0.1);
	});
});

describe('learning', () => {
	const acts = [
		...savesThere,
		act('like', 40),
		act('view', 41),
		act('dwell', 41, { seconds: 70 }),
		act('dismiss', 42, { reason: 'too-expensive' }),
		act('impression', 43),
		act('impression', 41),
	];

	it('does not depend on the order in which acts are told', () => {
		const backwards = tasteOf([...acts].reverse());
		expect(largestDifference(backwards.fits(NOW), tasteOf(acts).fits(NOW))).toBeLessThan(1e-9);
	});

	it('forgets to what never knowing would have left', () => {
		const taste = tasteOf(acts);
		const gone = acts.filter((_, i) => i % 2 === 0);
		const without = tasteOf(acts.filter((_, i) => i % 2 === 1));
		taste.forget(gone.map((each) => each.sequence));
		expect(largestDifference(taste.fits(NOW), without.fits(NOW))).toBeLessThan(1e-9);
		expect(taste.learnedFrom).toBe(without.learnedFrom);
		expect(
			taste
				.weights(NOW)
				.map(({ feature }) => feature.key)
				.sort(),
		).toEqual(
			without
				.weights(NOW)
				.map(({ feature }) => feature.key)
				.sort(),
		);
		taste.forget(acts.map((each) => each.sequence));
		expect(largestDifference(taste.fits(NOW), tasteOf().fits(NOW))).toBeLessThan(1e-9);
	});

	it('knows an act once, however often it is told', () => {
		const taste = tasteOf(acts);
		const before = taste.fits(NOW);
		taste.observe(acts);
		expect(taste.fits(NOW)).toEqual(before);
	});

	it('takes a save back when it is unsaved, and again when that is forgotten', () => {
		const save = act('save', 7);
		const unsave = act('unsave', 7, { instant: NOW });
		const taste = tasteOf([save, unsave]);
		expect(largestDifference(taste.fits(NOW), tasteOf().fits(NOW))).toBeLessThan(1e-9);
		taste.forget([unsave.sequence]);
		expect(largestDifference(taste.fits(NOW), tasteOf([save]).fits(NOW))).toBeLessThan(1e-9);
	});

	it('fades with time', () => {
		const strength = (days: number) => {
			const fits = tasteOf([act('enquire', 7, { instant: NOW - days * DAY })]).fits(NOW);
			return largestDifference(fits, tasteOf().fits(NOW));
		};
		expect(strength(1)).toBeGreaterThan(strength(400));
		const taste = tasteOf([act('enquire', 7, { instant: NOW })]);
		const later = NOW + 400 * DAY;
		const told = new PersonalTaste(model, later);
		told.observe([act('enquire', 7, { instant: NOW })]);
		expect(largestDifference(taste.fits(later), told.fits(later))).toBeLessThan(1e-9);
	});

	it('blames the price alone most when a home is too expensive', () => {
		const row = homes.columns.price.values.indexOf(Math.max(...homes.columns.price.values));
		const change = (reason: 'too-expensive' | 'not-my-taste', group: string) => {
			const weights = tasteOf([act('dismiss', row, { reason })]).explain(row, NOW);
			return weights.contributions
				.filter(({ feature }) => feature.group === group)
				.reduce((total, { value }) => total + value, 0);
		};
		expect(change('too-expensive', 'price')).toBeLessThan(change('not-my-taste', 'price'));
		expect(Math.abs(change('too-expensive', 'neighbourhood'))).toBeLessThan(
			Math.abs(change('not-my-taste', 'neighbourhood')),
		);
	});

	it('counts impressions only where nothing else was done, and views up to three', () => {
		const shown = act('impression', 1);
		expect([...countingActs([shown])]).toEqual([shown]);
		expect([...countingActs([shown, act('view', 1)])].map(({ kind }) => kind)).toEqual(['view']);
		const views = Array.from({ length: 5 }, () => act('view', 1));
		expect([...countingActs(views)]).toEqual(views.slice(2));
	});
});

describe('For you', () => {
	it('is the same for the same seed, and shows no home twice', () => {
		const taste = tasteOf(savesThere);
		const list = taste.forYou(request());
		expect(taste.forYou(request())).toEqual(list);
		expect(new Set(list.homes.map(({ row }) => row)).size).toBe(24);
		expect(taste.forYou(request({ seed: 2 })).homes).not.toEqual(list.homes);
	});

	it('leaves out what is hidden, and is short where little is left', () => {
		const hidden = Array.from({ length: 595 }, (_, row) => row);
		const rows = tasteOf()
			.forYou(request(), hidden)
			.homes.map(({ row }) => row);
		expect([...rows].sort((a, b) => a - b)).toEqual([595, 596, 597, 598, 599]);
	});

	it('starts with what is popular', () => {
		const { homes: list } = tasteOf().forYou(request());
		const shown = list.filter(({ exploration }) => !exploration);
		const fits = shown.map(({ fit }) => fit);
		expect(fits).toEqual([...fits].sort((a, b) => b - a));
		expect(shown.every(({ reason }) => reason.kind === 'start')).toBe(true);
	});

	it('spreads over more neighbourhoods the more variety is asked for', () => {
		const large = sampleTown({ seed: 'recommender', homes: 2000 }).homes;
		const taste = new PersonalTaste(catalogueModel(large), NOW);
		const { codes } = large.columns.neighbourhood;
		const saved = [...codes.keys()].filter((row) => codes[row] === codes[0]).slice(0, 6);
		taste.observe(saved.map((row) => act('save', row)));
		const lists = [0, 0.4, 1].map((variety) => taste.forYou(request({ variety })));
		const [none, some, much] = lists.map(({ homes: list }) => {
			const own = list.map(({ row }) => codes[row]);
			return Math.max(...own.map((code) => own.filter((other) => other === code).length));
		});
		expect(lists[1]!.neighbourhoods).toBeGreaterThan(lists[0]!.neighbourhoods);
		expect(some!).toBeLessThan(none!);
		expect(much!).toBeLessThan(some!);
	});

	it('gives about one place in twelve to homes that it is unsure of, never the first', () => {
		const taste = tasteOf(savesThere);
		const lists = Array.from({ length: 60 }, (_, seed) => taste.forYou(request({ seed })).homes);
		const places = lists.flatMap((list) => list.slice(FIRST_KEPT));
		expect(lists.some((list) => list[0]?.exploration || list[1]?.exploration)).toBe(false);
		const explored = places.filter(({ exploration }) => exploration);
		const share = explored.length / places.length;
		const error = Math.sqrt((EXPLORED_SHARE * (1 - EXPLORED_SHARE)) / places.length);
		expect(Math.abs(share - EXPLORED_SHARE)).toBeLessThan(4 * error + 0.01);
		const mean = (list: typeof places) =>
			list.reduce((total, { uncertainty }) => total + uncertainty / list.length, 0);
		expect(mean(explored)).toBeGreaterThan(mean(places));
		expect(explored.every(({ reason }) => reason.kind === 'exploration')).toBe(true);
	});

	it('states the propensity with which each home gets its place', () => {
		// Of eight tastes that were drawn, five like row 2 best, two row 3 and one row 1.
		const likedBest = [1, 1, 1, 1, 1, 2, 2, 0];
		const scores = [0, 1, 2].flatMap((place) =>
			likedBest.map((best, draw) => (best === place ? 1 : 0.1 * ((place + draw) % 3))),
		);
		const pool = {
			rows: Uint32Array.of(1, 2, 3),
			scores: Float64Array.from(scores),
			draws: likedBest.length,
		};
		const random = seededRandom('propensity');
		const counts = new Map<number, { times: number; propensity: number }>();
		const draws = 20_000;
		for (let i = 0; i < draws; i++) {
			const policy = new ExploringPolicy(pool, random.fork(`${i}`), 0.5);
			for (let place = 0; place < FIRST_KEPT; place++)
				expect(policy.place(90 + place)).toEqual({
					row: 90 + place,
					propensity: 1,
					exploration: false,
				});
			const { row, propensity } = policy.place(1);
			counts.set(row, { times: (counts.get(row)?.times ?? 0) + 1, propensity });
		}
		const stated = [...counts.values()].reduce((total, { propensity }) => total + propensity, 0);
		expect(stated).toBeCloseTo(1, 12);
		for (const { times, propensity } of counts.values()) {
			const error = Math.sqrt((propensity * (1 - propensity)) / draws);
			expect(Math.abs(times / draws - propensity)).toBeLessThan(4 * error);
		}
	});

	it('gives reasons that can be counted in the acts and are carried by the model', () => {
		const taste = tasteOf(savesThere);
		const saved = savesThere.map(({ row }) => row);
		const { homes: list } = taste.forYou(request());
		const counted = list.filter(({ reason }) => reason.act);
		expect(counted.length).toBeGreaterThan(10);
		for (const { row, reason } of counted) {
			const columns = reason.features.map(({ key }) => model.named.get(key)!.column);
			const has = (home: number, column: number) => {
				const { starts, columns: all } = model.features.rows;
				return all.subarray(starts[home], starts[home + 1]).includes(column);
			};
			const sharing = saved.filter(
				(home) => home !== row && columns.every((column) => has(home, column)),
			);
			expect(reason.act).toBe('save');
			expect(reason.count).toBe(sharing.length);
			expect(columns.every((column) => has(row, column))).toBe(true);
			const parts = taste.explain(row, NOW).contributions;
			for (const feature of reason.features)
				expect(
					parts.some(
						({ feature: part, value }) =>
							value > 0 && (part.key === feature.key || part.key === feature.group),
					),
				).toBe(true);
			if (!reason.also) continue;
			const also = model.named.get(reason.also.feature.key)!.column;
			expect(reason.also.count).toBe(sharing.filter((home) => has(home, also)).length);
		}
	});
});

describe('what a person says of a feature', () => {
	const key = `neighbourhood:${favourite}`;
	const gain = (taste: PersonalTaste, feature: string) =>
		taste.weights(NOW).find((weight) => weight.feature.key === feature)?.weight;

	it('stands: a home gains by it what was said', () => {
		const other = `neighbourhood:${homes.columns.neighbourhood.names.find((name) => name !== favourite)}`;
		const taste = tasteOf(savesThere, [
			{ key, weight: -0.4 },
			{ key: other, weight: 0.9 },
			{ key: 'size:bedrooms-2', weight: 0.3 },
		]);
		expect(gain(taste, key)).toBeCloseTo(-0.4, 9);
		expect(gain(taste, other)).toBeCloseTo(0.9, 9);
		expect(gain(taste, 'size:bedrooms-2')).toBeCloseTo(0.3, 9);
		const edited = taste.weights(NOW).find(({ feature }) => feature.key === key)!;
		expect(edited.edited).toBe(true);
		expect(edited.learned).toBeCloseTo(gain(tasteOf(savesThere), key)!, 9);
	});

	it('is the average gain of the homes that have the feature, its place with its neighbourhood', () => {
		const applied = applyEdits(model, tasteWeightsOf(savesThere), []);
		for (const name of [key, 'size:bedrooms-2']) {
			const named = model.named.get(name)!;
			const group = model.features.features[named.column]!.group;
			const groups = group === 'neighbourhood' ? [group, 'location'] : [group];
			const having = Array.from({ length: homes.count }, (_, row) => row).filter((row) => {
				const { starts, columns } = model.features.rows;
				return columns.subarray(starts[row], starts[row + 1]).includes(named.column);
			});
			const mean =
				having
					.flatMap((row) => contributionsOf(model, applied, row))
					.filter(({ feature }) => groups.includes(feature.group))
					.reduce((total, { value }) => total + value, 0) / having.length;
			// Rows hold their values in 32 bits.
			expect(gainOf(named, applied.columns)).toBeCloseTo(mean, 5);
		}
	});

	it('switches a feature or a group off', () => {
		const off = tasteOf(savesThere, [
			{ key, off: true },
			{ key: 'location', off: true },
			{ key: 'popularity', off: true },
		]);
		expect(gain(off, key)).toBeCloseTo(0, 9);
		for (const row of [0, 5, 77])
			for (const { feature } of off.explain(row, NOW).contributions)
				expect(['location', 'popularity']).not.toContain(feature.group);
	});

	it('is gone when it is taken back', () => {
		const taste = tasteOf(savesThere, [{ key, weight: 2 }]);
		taste.edit([]);
		expect(taste.fits(NOW)).toEqual(tasteOf(savesThere).fits(NOW));
	});

	it('leaves fits finite for keys that this catalogue does not have', () => {
		const applied = applyEdits(model, tasteWeightsOf(savesThere), [
			{ key: 'neighbourhood:Nowhere', weight: 1 },
			{ key: '__proto__', weight: 1 },
		]);
		expect(fitsOf(model, applied).every(Number.isFinite)).toBe(true);
	});
});

/** Learned weights, as `PersonalTaste` holds them inside. */
function tasteWeightsOf(acts: readonly TasteAct[]): Float64Array {
	const random = seededRandom(acts.length);
	return Float64Array.from({ length: model.features.rows.width }, () => 0.1 * random.normal());
}

describe('My taste', () => {
	it('counts the homes behind each weight', () => {
		const acts = [...savesThere, act('dismiss', savesThere[0]!.row, { reason: 'wrong-area' })];
		const weights = tasteOf(acts).weights(NOW);
		const own = weights.find(({ feature }) => feature.key === `neighbourhood:${favourite}`)!;
		expect(own.evidence).toContainEqual({ act: 'save', count: 6 });
		expect(own.reasons).toEqual([{ reason: 'wrong-area', count: 1 }]);
		expect(weights.every(({ weight, uncertainty }) => Number.isFinite(weight + uncertainty))).toBe(
			true,
		);
	});

	it('begins with the neighbourhood of every save, and tells one step of a scale before the others', () => {
		const weights = tasteOf(savesThere).weights(NOW);
		const first = weights.slice(0, 4).map(({ feature }) => feature.key);
		expect(first).toContain(`neighbourhood:${favourite}`);
		const standing = weights.filter(({ learned, uncertainty }) => Math.abs(learned) > uncertainty);
		const prices = standing.filter(({ feature }) => feature.group === 'price');
		const places = prices.map((price) => weights.indexOf(price));
		const whole = weights.findIndex(({ feature }) => feature.group === 'popularity');
		expect(places.filter((place) => place < whole).length).toBeLessThanOrEqual(1);
	});
});

describe('"Which of these two?"', () => {
	it('asks five times, of different homes, and learns from each answer', () => {
		const taste = tasteOf();
		const before = taste.explain(0, NOW).uncertainty;
		const seen = new Set<number>();
		for (let step = 1; step <= 5; step++) {
			const pair = taste.pair(step, 3, NOW)!;
			expect(pair).toEqual(taste.pair(step, 3, NOW));
			for (const row of pair) {
				expect(seen.has(row)).toBe(false);
				seen.add(row);
			}
			const [chosen, passed] = pair;
			const gap = () => taste.fits(NOW)[chosen]! - taste.fits(NOW)[passed]!;
			const gapBefore = gap();
			taste.observe([act('choose', chosen), act('pass', passed)]);
			expect(gap()).toBeGreaterThan(gapBefore);
		}
		expect(taste.pair(6, 3, NOW)).toBeNull();
		expect(taste.explain(0, NOW).uncertainty).toBeLessThan(before);
	});
});
