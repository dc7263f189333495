/** What would move a home, against trying everything from scratch. */
import { describe, expect, it } from 'vitest';
import type { ActKind, TasteEdit } from '$lib/contracts';
import { catalogueModel, PersonalTaste, type TasteAct } from '$workers/models/recommender';
import { type CounterfactualRow, placeOf } from '$workers/models/recommender/counterfactuals';
import type { Others } from '$workers/models/recommender/others';
import { sampleTown } from '$workers/sample';
import { handMadeOthers } from '../support/hand-made-others';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const HOMES = 400;
const model = catalogueModel(sampleTown({ seed: 'counterfactuals', homes: HOMES }).homes);
const others = handMadeOthers(HOMES, 'counterfactuals');

const KINDS: readonly ActKind[] = ['save', 'view', 'like', 'enquire', 'dismiss', 'view'];
const acts = KINDS.map((kind, i): TasteAct => ({
	sequence: i + 1,
	kind,
	row: 13 * i + 7,
	instant: NOW - (i + 1) * DAY,
}));
const hiddenBy = (known: readonly TasteAct[]) =>
	known.flatMap(({ kind, row }) => (kind === 'dismiss' || kind === 'save' ? [row] : []));
const hidden = hiddenBy(acts);

function tasteOf(
	known: readonly TasteAct[],
	edits: readonly TasteEdit[] = [],
	taught: Others | null = null,
): PersonalTaste {
	const taste = new PersonalTaste(model, NOW, taught);
	taste.observe(known);
	taste.edit(edits);
	return taste;
}

const field = (row: number, out: readonly number[]) => {
	const closed = new Uint8Array(HOMES);
	for (const other of out) if (other !== row) closed[other] = 1;
	return { closed, row };
};
const placeIn = (taste: PersonalTaste, row: number, out = hidden) =>
	placeOf(taste.fits(NOW), field(row, out));

function told(taste: PersonalTaste, row: number): CounterfactualRow[] {
	const steps = taste.counterfactuals(row, NOW, hidden);
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
type Without = Extract<CounterfactualRow, { kind: 'without' }>;
type Weight = Extract<CounterfactualRow, { kind: 'weight' }>;
const withouts = (all: readonly CounterfactualRow[]) =>
	all.filter((one): one is Without => one.kind === 'without');
const weights = (all: readonly CounterfactualRow[]) =>
	all.filter((one): one is Weight => one.kind === 'weight');

const leavesOf = (place: number) => [10, 24, 100].find((places) => place <= places);
const without = (gone: readonly TasteAct[]) => acts.filter((act) => !gone.includes(act));
/** The place with somebody who never did these acts: what they had put aside is suggested again. */
const placeWithout = (gone: readonly TasteAct[], row: number, taught: Others | null) =>
	placeIn(tasteOf(without(gone), [], taught), row, hiddenBy(without(gone)));
const subsets = acts.flatMap((first, i) => [
	[first],
	...acts.slice(i + 1).map((second) => [first, second]),
]);

/** Some of the best homes, and some further down. */
const best = (taste: PersonalTaste) => {
	const fits = taste.fits(NOW);
	const order = [...fits.keys()].filter(
		(row) => !hidden.includes(row) && Number.isFinite(fits[row]),
	);
	order.sort((a, b) => fits[b]! - fits[a]! || a - b);
	return [0, 1, 2, 3, 5, 8, 11, 15, 20, 30, 60, 90, 150, 300].map((place) => order[place]!);
};

describe('the place of a home', () => {
	it('is one more than the number of open homes before it, ties by row', () => {
		const fits = Float64Array.of(1, 3, 2, 2, 9);
		const closed = Uint8Array.of(0, 0, 0, 0, 1);
		const places = [0, 1, 2, 3].map((row) => placeOf(fits, { closed, row }));
		expect(places).toEqual([4, 1, 2, 3]);
		const taste = tasteOf(acts);
		const { among, place } = taste.explain(best(taste)[4]!, NOW, hidden);
		expect(place).toBe(6);
		expect(among).toBe(HOMES - hidden.length);
	});
});

describe.each([
	['by its own nature', null],
	['with what others chose', others],
] as const)('acts that carry a home %s', (_, taught) => {
	const taste = tasteOf(acts, [], taught);

	it('are the fewest, and the place is that of somebody who never did them', () => {
		let found = 0;
		for (const row of best(taste)) {
			const leaves = leavesOf(placeIn(taste, row));
			const [one] = withouts(told(taste, row));
			const after = new Map(subsets.map((gone) => [gone, placeWithout(gone, row, taught)]));
			if (leaves === undefined) {
				expect(one).toBeUndefined();
				continue;
			}
			const leaving = subsets.filter((gone) => after.get(gone)! > leaves);
			const fewest = Math.min(...leaving.map((gone) => gone.length));
			if (!one) continue;
			found++;
			expect(one.leaves).toBe(leaves);
			expect(one.acts.length).toBe(fewest);
			const same = subsets.find(
				(gone) => gone.length === one.acts.length && gone.every((act) => one.acts.includes(act)),
			)!;
			expect(one.place).toBe(after.get(same));
		}
		expect(found).toBeGreaterThan(2);
	});

	it('are found wherever one or two of them do it', () => {
		let missed = 0;
		let there = 0;
		for (const row of best(taste)) {
			const leaves = leavesOf(placeIn(taste, row));
			if (leaves === undefined) continue;
			const does = subsets.some((gone) => placeWithout(gone, row, taught) > leaves);
			if (!does) continue;
			there++;
			if (withouts(told(taste, row)).length === 0) missed++;
		}
		expect(there).toBeGreaterThan(2);
		expect(missed).toBe(0);
	});
});

describe('weights that would make a home the first', () => {
	const STEP = 0.001;
	const said: readonly (readonly TasteEdit[])[] = [
		[],
		[
			{ key: 'size:bedrooms-2', weight: 0.2 },
			{ key: 'popularity', off: true },
		],
	];

	it.each(said.map((edits) => [edits] as const))(
		'do so when they are set, and one step nearer does not: %j',
		(edits) => {
			const taste = tasteOf(acts, edits);
			const withEdit = (row: number, key: string, weight: number) =>
				placeIn(tasteOf(acts, [...edits.filter((edit) => edit.key !== key), { key, weight }]), row);
			let found = 0;
			for (const row of best(taste)) {
				for (const { feature, from, to } of weights(told(taste, row))) {
					found++;
					expect(withEdit(row, feature.key, to)).toBe(1);
					expect(withEdit(row, feature.key, to - Math.sign(to - from) * STEP)).not.toBe(1);
				}
			}
			expect(found).toBeGreaterThan(5);
		},
	);

	it('are the smallest change of any readable feature, by trying all on a grid', () => {
		const taste = tasteOf(acts);
		const keys = [...model.named.keys()].filter(
			(key) => !key.startsWith('stay:') && !key.endsWith('-unknown'),
		);
		for (const row of [best(taste)[1]!, best(taste)[3]!]) {
			const [nearest] = weights(told(taste, row));
			const reach = nearest ? Math.abs(nearest.to - nearest.from) - STEP : 0.5;
			for (const key of keys) {
				const gain = (weight: number) => {
					const edited = tasteOf(acts, [{ key, weight }]);
					return placeIn(edited, row);
				};
				const own = taste.leaning(key, NOW)!.gain;
				for (const share of [-0.99, -0.5, 0.5, 0.99])
					expect(gain(own + share * reach)).toBeGreaterThan(1);
			}
		}
	}, 60_000);

	it('are not told of the first home', () => {
		const taste = tasteOf(acts);
		expect(weights(told(taste, best(taste)[0]!))).toEqual([]);
	});
});

describe('trying', () => {
	it('leaves the taste as it was', () => {
		const taste = tasteOf(acts, [{ key: 'price', off: true }], others);
		const before = taste.fits(NOW).slice();
		for (const row of best(taste)) told(taste, row);
		expect(taste.fits(NOW)).toEqual(before);
		expect(taste.learnedFrom).toBe(acts.length);
	});

	it('tells nothing when the taste changes meanwhile', () => {
		const taste = tasteOf(acts);
		const steps = taste.counterfactuals(best(taste)[2]!, NOW, hidden);
		expect(steps.next().done).toBe(false);
		taste.forget([1]);
		expect(steps.next()).toEqual({ done: true, value: [] });
	});
});
