/** A taste that forgot acts, against one that never knew them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActKind, DismissReason } from '$lib/contracts';
import {
	catalogueModel,
	differenceFromScratch,
	PersonalTaste,
	type TasteAct,
} from '$workers/models/recommender';
import { sampleTown } from '$workers/sample';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const { homes } = sampleTown({ seed: 'unlearning', homes: 300 });
const model = catalogueModel(homes);

const KINDS: readonly ActKind[] = [
	'impression',
	'view',
	'dwell',
	'save',
	'unsave',
	'dismiss',
	'undismiss',
	'like',
	'enquire',
	'choose',
	'pass',
];
const REASONS: readonly (DismissReason | undefined)[] = [
	undefined,
	'too-expensive',
	'wrong-area',
	'missing-something',
];

const histories = fc.array(
	fc.record({
		kind: fc.constantFrom(...KINDS),
		row: fc.integer({ min: 0, max: 40 }),
		age: fc.integer({ min: 0, max: 400 }),
		seconds: fc.integer({ min: 0, max: 300 }),
		reason: fc.constantFrom(...REASONS),
		forgotten: fc.boolean(),
	}),
	{ minLength: 1, maxLength: 120 },
);

describe('a taste that forgot', () => {
	it('is that of somebody who never did it, to rounding', () => {
		fc.assert(
			fc.property(histories, (drawn) => {
				const acts = drawn.map(({ age, kind, reason, row, seconds }, i): TasteAct => ({
					sequence: i + 1,
					kind,
					row,
					instant: NOW - age * DAY,
					...(kind === 'dwell' && { seconds }),
					...(kind === 'dismiss' && reason && { reason }),
				}));
				const taste = new PersonalTaste(model, NOW - DAY);
				taste.observe(acts);
				const gone = acts.filter((_, i) => drawn[i]?.forgotten);
				taste.forget(gone.map(({ sequence }) => sequence));
				const left = acts.filter((_, i) => !drawn[i]?.forgotten);
				expect(differenceFromScratch(taste, left, [], NOW)).toBeLessThanOrEqual(1e-9);
			}),
			{ numRuns: 200 },
		);
	});

	it('differs by far from one that remembers: the measure sees what is not forgotten', () => {
		const save: TasteAct = { sequence: 1, kind: 'save', row: 3, instant: NOW - DAY };
		const taste = new PersonalTaste(model, NOW);
		taste.observe([save]);
		expect(differenceFromScratch(taste, [], [], NOW)).toBeGreaterThan(1e-3);
	});

	it('keeps what the person said themselves', () => {
		const edits = [{ key: 'price', off: true }];
		const save: TasteAct = { sequence: 1, kind: 'save', row: 3, instant: NOW - DAY };
		const taste = new PersonalTaste(model, NOW);
		taste.edit(edits);
		taste.observe([save]);
		taste.forget([1]);
		expect(differenceFromScratch(taste, [], edits, NOW)).toBeLessThanOrEqual(1e-9);
	});
});
