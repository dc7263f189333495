import { describe, expect, it } from 'vitest';
import type { FeatureName, WithWeight } from '$lib/contracts';
import {
	counterfactualSentence,
	littleKnownWords,
	ordinal,
	placeSentence,
} from '$lib/ui/words/counterfactuals';
import { reasonSentence } from '$lib/ui/words/reasons';
import { partLabel } from '$lib/ui/words/contributions';

const money = { currency: 'USD', period: 'month' } as const;
const names = new Map([
	[4, 'Flat by the mill'],
	[5, 'House on the hill'],
]);
const nameOf = (property: number) => names.get(property);
const garden: FeatureName = { key: 'amenity:Garden', group: 'amenity', value: 'Garden' };
const weight = (from: number, to: number): WithWeight => ({
	kind: 'weight',
	feature: garden,
	from,
	to,
	place: 1,
});
const say = (told: Parameters<typeof counterfactualSentence>[0], own?: number) =>
	counterfactualSentence(told, money, nameOf, own, 'en-US');
const act = (kind: 'view' | 'save', property: number) => ({
	kind,
	property,
	sequence: property,
	instant: 0,
});

describe('what would move a home, in words', () => {
	it('names the acts and the place', () => {
		const acts = [act('view', 4), act('save', 5)];
		expect(say({ kind: 'without', acts, leaves: 10, place: 14 })).toBe(
			'Without your visit to “Flat by the mill” and your save of “House on the hill” it would be 14th.',
		);
		expect(say({ kind: 'without', acts: [act('view', 4)], leaves: 10, place: 22 }, 4)).toBe(
			'Without your visit to this home it would be 22nd.',
		);
		expect(say({ kind: 'without', acts: [act('view', 6)], leaves: 10, place: 1003 })).toBe(
			'Without your visit to another home it would be 1,003rd.',
		);
	});

	it('tells a weight as a share of what it is, or as two weights where a share says nothing', () => {
		expect(say(weight(0.25, 0.28))).toBe('If “Garden” counted 12% more, it would be 1st.');
		expect(say(weight(0.5, 0.4))).toBe('If “Garden” counted 20% less, it would be 1st.');
		expect(say(weight(0.004, 0.36))).toBe(
			'If “Garden” counted +0.36 instead of +0.00, it would be 1st.',
		);
		expect(say(weight(-0.2, -0.1))).toBe(
			'If “Garden” counted −0.10 instead of −0.20, it would be 1st.',
		);
	});

	it('counts as one says it', () => {
		expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 113].map((place) => ordinal(place, 'en-US'))).toEqual([
			'1st',
			'2nd',
			'3rd',
			'4th',
			'11th',
			'12th',
			'13th',
			'21st',
			'102nd',
			'113th',
		]);
		const explanation = { place: 3, among: 1204 } as Parameters<typeof placeSentence>[0];
		expect(placeSentence(explanation, 'en-US')).toBe(
			'By its fit alone it is 3rd of 1,204 homes that could be suggested.',
		);
		const list = { homes: Array.from({ length: 24 }), littleKnown: 1 } as unknown as Parameters<
			typeof littleKnownWords
		>[0];
		expect(littleKnownWords(list)).toBe('1 of your first 20 is little known');
		expect(littleKnownWords({ ...list, littleKnown: 6 })).toBe(
			'6 of your first 20 are little known',
		);
	});
});

describe('what others chose, in words', () => {
	const feature: FeatureName = { key: 'others:4', group: 'others', value: '', source: 4 };

	it('names the home that speaks for this one', () => {
		const reason = { kind: 'others', act: 'save', features: [feature] } as const;
		expect(reasonSentence(reason, money, 'en-US', nameOf)).toBe(
			'People who stayed at “Flat by the mill” also chose this one.',
		);
		expect(reasonSentence(reason, money, 'en-US')).toBe(
			'People who stayed at a home that you saved also chose this one.',
		);
		const next = { ...reason, features: [{ ...feature, group: 'next' as const }] };
		expect(reasonSentence(next, money, 'en-US', nameOf)).toBe(
			'People who stayed at “Flat by the mill” came here next.',
		);
	});

	it('labels its part of the fit', () => {
		expect(partLabel(feature, money, nameOf)).toBe('Chosen with “Flat by the mill”');
		expect(partLabel(feature, money, () => undefined)).toBe('Chosen by the same people');
	});
});
