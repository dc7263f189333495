/** A taste that takes in what others chose: its parts, its reasons, what it forgets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActKind, Contribution } from '$lib/contracts';
import {
	catalogueModel,
	differenceFromScratch,
	headSettings,
	PersonalTaste,
	type TasteAct,
} from '$workers/models/recommender';
import { OwnHistory, ownHistory } from '$workers/models/recommender/own-history';
import { sampleTown } from '$workers/sample';
import { handMadeOthers } from '../support/hand-made-others';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const HOMES = 300;
/** Popularity says little here, so that what others chose leads. */
const model = catalogueModel(sampleTown({ seed: 'others', homes: HOMES }).homes, {
	settings: { ...headSettings, popularityWeight: 0.15 },
});
const others = handMadeOthers(HOMES, 'taught');
const request = { count: 24, variety: 0, novelty: 0.5, now: NOW, seed: 1 };

let sequence = 0;
const act = (kind: ActKind, row: number, change: Partial<TasteAct> = {}): TasteAct => ({
	sequence: ++sequence,
	kind,
	row,
	instant: NOW - DAY,
	...change,
});

function tasteOf(acts: readonly TasteAct[], taught = true): PersonalTaste {
	const taste = new PersonalTaste(model, NOW, taught ? others : null);
	taste.observe(acts);
	return taste;
}

const saves = [3, 14, 15, 92, 65].map((row, i) =>
	act('save', row, { instant: NOW - (9 - i) * DAY }),
);
const sum = (parts: readonly Contribution[]) =>
	parts.reduce((total, { value }) => total + value, 0);

describe('a taste with what others chose', () => {
	it('adds it to every fit, less what the average home has of it', () => {
		const history = saves.map(({ row, instant }) => ({
			row,
			instant,
			weight: 0.8 * 2 ** (-(NOW - instant) / DAY / model.settings.halfLifeDays),
		}));
		const added = others.fits(history);
		const usual = added.reduce((total, fit) => total + fit, 0) / HOMES;
		const plain = tasteOf(saves, false).fits(NOW);
		tasteOf(saves)
			.fits(NOW)
			.forEach((fit, row) => expect(fit).toBeCloseTo(plain[row]! + added[row]! - usual, 9));
	});

	it('shows parts that sum to the fit, the homes of the own history among them', () => {
		const taste = tasteOf([...saves, act('view', 40), act('like', 41)]);
		const sources = new Set<number>();
		for (let row = 0; row < HOMES; row++) {
			const { contributions, fit } = taste.explain(row, NOW);
			expect(sum(contributions)).toBeCloseTo(fit, 9);
			expect(fit).toBe(taste.fits(NOW)[row]);
			const keys = contributions.map(({ feature }) => feature.key);
			expect(new Set(keys).size).toBe(keys.length);
			for (const { feature } of contributions)
				if (feature.source !== undefined) sources.add(feature.source);
		}
		expect([...sources].sort((a, b) => a - b)).toEqual([3, 14, 15, 40, 41, 65, 92]);
		for (const { contributions, fit } of taste.forYou(request).homes)
			expect(sum(contributions)).toBeCloseTo(fit, 9);
	});

	it('says that a home is often chosen by others where nothing else is known', () => {
		const { homes } = tasteOf([]).forYou(request);
		const led = homes.filter(({ exploration }) => !exploration);
		const kinds = led.map(({ reason }) => reason.kind);
		expect(kinds).toContain('chosen');
		for (const { contributions, reason } of led) {
			const leading = contributions.find(({ value }) => value > 0)?.feature.group;
			expect(reason.kind).toBe(leading === 'chosen' ? 'chosen' : 'start');
		}
	});

	it('names the home that speaks for another where that is the leading part', () => {
		const taste = tasteOf(saves);
		const all = Array.from({ length: HOMES }, (_, row) => taste.explain(row, NOW));
		const led = all.filter(({ reason }) => reason.kind === 'others');
		expect(led.length).toBeGreaterThan(10);
		for (const { contributions, reason } of led) {
			const leading = contributions.find(({ value }) => value > 0)!;
			expect(reason.features).toEqual([leading.feature]);
			expect(saves.map(({ row }) => row)).toContain(leading.feature.source);
			expect(reason.act).toBe('save');
		}
		for (const { contributions, reason } of all)
			if (contributions.find(({ value }) => value > 0)?.feature.source !== undefined)
				expect(reason.kind).toBe('others');
	});

	it('is left aside when the person switches it off', () => {
		const taste = tasteOf(saves);
		taste.edit([{ key: 'others', off: true }]);
		const plain = tasteOf(saves, false).fits(NOW);
		taste.fits(NOW).forEach((fit, row) => expect(fit).toBeCloseTo(plain[row]!, 12));
		expect(taste.weights(NOW).find(({ feature }) => feature.key === 'others')).toMatchObject({
			weight: 0,
			off: true,
		});
	});

	it('says in its name which pack it uses', () => {
		expect(tasteOf([]).forYou(request).ranker).toBe('taste-3+pack3');
		expect(tasteOf([], false).forYou(request).ranker).toBe('taste-3');
	});
});

describe('the own history', () => {
	const history = (acts: readonly TasteAct[]) => {
		const byRow = new Map<number, TasteAct[]>();
		for (const each of acts) byRow.set(each.row, [...(byRow.get(each.row) ?? []), each]);
		return ownHistory(byRow, () => 1);
	};

	it('is the homes that all acts together speak for, the newest last', () => {
		expect(
			history([
				act('save', 1, { instant: 5 }),
				act('view', 1, { instant: 9 }),
				act('like', 2, { instant: 3 }),
				act('save', 4, { instant: 1 }),
				act('dismiss', 4, { instant: 8 }),
				act('impression', 5),
			]),
		).toEqual([
			{ row: 2, weight: 0.6, instant: 3 },
			{ row: 1, weight: expect.closeTo(0.88, 12), instant: 9 },
		]);
	});

	it('keeps the newest of a long one', () => {
		const long = Array.from({ length: 300 }, (_, row) => act('save', row, { instant: row }));
		const kept = history(long).map(({ row }) => row);
		expect(kept).toEqual(Array.from({ length: 200 }, (_, i) => 100 + i));
	});

	it('is the same kept up home by home as made of all acts at once', () => {
		const kinds: ActKind[] = ['save', 'dismiss', 'view', 'impression'];
		const each = fc.record({
			row: fc.nat(6),
			instant: fc.nat(4),
			kinds: fc.array(fc.constantFrom(...kinds), { maxLength: 3 }),
		});
		fc.assert(
			fc.property(fc.array(each), fc.array(each), (first, then) => {
				const fade = (instant: number) => 2 ** -instant;
				const actsOf = ({ instant, kinds: done, row }: (typeof first)[number]) =>
					done.map((kind) => act(kind, row, { instant }));
				const standing = new Map(first.map((one) => [one.row, actsOf(one)]));
				const kept = new OwnHistory(standing, fade);
				for (const one of then) {
					standing.set(one.row, actsOf(one));
					kept.set(one.row, actsOf(one));
				}
				expect(kept.newest()).toEqual(ownHistory(standing, fade));
			}),
		);
	});
});

describe('forgetting with what others chose', () => {
	it('leaves a taste that never knew the acts, to rounding', () => {
		const drawn = fc.record({
			kind: fc.constantFrom<ActKind>('save', 'unsave', 'view', 'like', 'dismiss', 'impression'),
			row: fc.integer({ min: 0, max: 40 }),
			age: fc.integer({ min: 0, max: 400 }),
			forgotten: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(drawn, { minLength: 1, maxLength: 80 }), (history) => {
				const acts = history.map(({ age, kind, row }, i): TasteAct => ({
					sequence: i + 1,
					kind,
					row,
					instant: NOW - age * DAY,
				}));
				const taste = new PersonalTaste(model, NOW - DAY, others);
				taste.observe(acts);
				taste.fits(NOW - DAY);
				const isGone = ({ sequence: number }: TasteAct) => history[number - 1]!.forgotten;
				taste.forget(acts.filter(isGone).map(({ sequence: number }) => number));
				const left = acts.filter((each) => !isGone(each));
				expect(differenceFromScratch(taste, left, [], NOW)).toBeLessThanOrEqual(1e-9);
			}),
			{ numRuns: 60 },
		);
	});
});
