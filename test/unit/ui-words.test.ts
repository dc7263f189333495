import { describe, expect, it } from 'vitest';
import type { Reason, Taste, TasteWeight } from '$lib/contracts';
import { actSentence } from '$lib/ui/words/acts';
import { counted, spelled, withArticle } from '$lib/ui/words/count';
import { largestAndRest, roundedToSum } from '$lib/ui/words/contributions';
import { enquiryMessage } from '$lib/ui/words/enquiry';
import { amenityWords, columnLabel, featureLabel } from '$lib/ui/words/features';
import { filterWords, homeKind, homeSubtitle, homeTitle } from '$lib/ui/words/homes';
import { bytes, distance, duration, list, signed, smallNumber } from '$lib/ui/words/intl';
import { progressWords, refusalTitle, timeLeftWords } from '$lib/ui/words/jobs';
import { money, priceRange, priceWords } from '$lib/ui/words/money';
import { plain } from '$lib/ui/words/phrase';
import {
	beyondEveryLevel,
	erasedMeans,
	leftWords,
	policyLevels,
	purposeWords,
	roleWords,
} from '$lib/ui/words/privacy';
import { reasonSentence } from '$lib/ui/words/reasons';
import { evidenceWords, movedWords, tasteSentence } from '$lib/ui/words/taste';
import { civilDate, moment } from '$lib/ui/words/time';
import { feature, shownHome } from '../support/homes-shown';

const EN = 'en-US';
const COIN = { currency: 'USD', period: 'month' } as const;

describe('numbers and units', () => {
	it('prints money in its own currency, with cents only where they matter', () => {
		expect(money(1740, 'USD', EN)).toBe('$1,740');
		expect(money(8.5, 'EUR', EN)).toBe('€8.50');
		expect(money(12, 'USD', EN)).toBe('$12');
		expect(money(1740.4, 'USD', EN)).toBe('$1,740');
		expect(money(1740, 'USD', 'de-DE')).toBe('1.740\u00a0$');
	});

	it('prints no sign rather than a wrong one, and says where there is no price', () => {
		expect(money(99, '$', EN)).toBe('99');
		expect(money(NaN, 'USD', EN)).toBe('no price');
		expect(priceWords({ amount: NaN, currency: 'USD', period: 'night' }, EN)).toBe('no price');
	});

	it('says a price with its period and a range by its open ends', () => {
		expect(priceWords({ amount: 90, currency: 'USD', period: 'night' }, EN)).toBe('$90 a night');
		expect(priceRange(undefined, 1800, 'USD', EN)).toBe('under $1,800');
		expect(priceRange(1000, NaN, 'USD', EN)).toBe('over $1,000');
		expect(priceRange(1000, 2000, 'USD', EN)).toBe('$1,000 to $2,000');
		expect(priceRange(NaN, undefined, 'USD', EN)).toBe('any price');
	});

	it('shows a sign that agrees with the printed number', () => {
		expect(signed(0.824, 2, EN)).toBe('+0.82');
		expect(signed(-0.16, 2, EN)).toBe('−0.16');
		expect(signed(-0.001, 2, EN)).toBe('+0.00');
	});

	it('measures storage, distance and time as one would say them', () => {
		expect([0, 1, 999, 96_000, 1_700_000, 12_000_000].map((value) => bytes(value, EN))).toEqual([
			'0 bytes',
			'1 byte',
			'999 bytes',
			'96 kB',
			'1.7 MB',
			'12 MB',
		]);
		expect([152, 1240, 12_400].map((metres) => distance(metres, EN))).toEqual([
			'150 m',
			'1.2 km',
			'12 km',
		]);
		expect([0.2, 4, 200, 7200].map((seconds) => duration(seconds, EN))).toEqual([
			'1 sec',
			'4 sec',
			'3 min',
			'2 hr',
		]);
	});

	it('counts in words up to twelve', () => {
		expect([0, 3, 12, 13, 1204].map((value) => spelled(value, EN))).toEqual([
			'no',
			'three',
			'twelve',
			'13',
			'1,204',
		]);
		expect(counted(1, 'place')).toBe('one place');
		expect(withArticle('oven')).toBe('an oven');
		expect(list(['A', 'B', 'C'])).toBe('A, B and C');
	});
});

describe('dates', () => {
	const NOON = Date.UTC(2026, 4, 14, 12);
	const HOUR = 3_600_000;
	const said = (instant: number): string => moment(instant, NOON, 'en-GB', 'UTC');

	it('says a civil date without a time zone shifting it', () => {
		expect(civilDate(0, 'en-GB')).toBe('1 January 1970');
		expect(civilDate(20_585, 'en-GB')).toBe('12 May 2026');
		expect(civilDate(NaN, 'en-GB')).toBe('');
	});

	it('says when something happened as one would now', () => {
		expect(said(NOON - 3 * HOUR)).toBe('Today, 09:00');
		expect(said(NOON - 14 * HOUR)).toBe('Yesterday, 22:00');
		expect(said(NOON - 4 * 24 * HOUR)).toBe('Sunday, 12:00');
		expect(said(NOON - 10 * 24 * HOUR)).toBe('4 May, 12:00');
		expect(said(Date.UTC(2025, 10, 2, 8))).toBe('2 November 2025, 08:00');
	});
});

describe('a home in words', () => {
	it('names the kind from its own attributes where the source gives no title', () => {
		expect(homeKind(shownHome())).toBe('two-bed flat, fourth floor');
		expect(homeTitle(shownHome())).toBe('Two-bed flat, fourth floor');
		expect(homeTitle(shownHome({ title: ' Mill loft ' }))).toBe('Mill loft');
		expect(homeKind(shownHome({ bedrooms: 0, drawing: { type: 'studio' } }))).toBe('studio');
		expect(homeKind(shownHome({ bedrooms: NaN, drawing: { type: 'cabin' } }))).toBe('cabin');
	});

	it('says under the title what tells most', () => {
		expect(homeSubtitle(shownHome(), EN)).toBe('Juniper Hill · 2 bedrooms · balcony · lift');
		expect(homeSubtitle(shownHome({ bedrooms: NaN, amenities: [] }), EN)).toBe('Juniper Hill');
	});

	it('says what a search asked for', () => {
		const filter = {
			text: 'garden',
			priceTo: 1800,
			bedroomsFrom: 2,
			neighbourhoods: ['Old Market'],
		};
		expect(filterWords(filter, 'USD', EN)).toBe(
			'“garden”, under $1,800, 2 or more bedrooms, in Old Market',
		);
		expect(filterWords({}, 'USD', EN)).toBe('');
	});

	it('starts an enquiry with the catalogue’s words alone', () => {
		const message = enquiryMessage(shownHome(), EN);
		expect(message).toContain('the two-bed flat, fourth floor in Juniper Hill');
		expect(message).toContain('$1,740 a month (sample:1)');
	});
});

describe('a feature in words', () => {
	it('is labelled by its value, and by its group where it stands for the group', () => {
		expect(featureLabel(feature('neighbourhood', 'Juniper Hill'), COIN, EN)).toBe('Juniper Hill');
		expect(featureLabel(feature('price', 'x', { to: 1800 }), COIN, EN)).toBe('Under $1,800');
		expect(featureLabel(feature('amenity', 'balcony'), COIN, EN)).toBe('Balcony');
		expect(featureLabel(feature('looks'), COIN, EN)).toBe('Alike in all');
		expect(featureLabel(feature('size', 'bedrooms-2'), COIN, EN)).toBe('2 or more bedrooms');
		expect(featureLabel(feature('size', 'bathrooms-1.5'), COIN, EN)).toBe('1.5 or more bathrooms');
		expect(featureLabel(feature('stay', 'from-30'), COIN, EN)).toBe('30 nights or longer');
		expect(featureLabel(feature('host', '1234'), COIN, EN)).toBe('Host');
		expect(featureLabel(feature('price', 'against-like-homes'), COIN, EN)).toBe(
			'Dearer than homes like it',
		);
		const title = { ...feature('words'), key: 'words' };
		expect(featureLabel(title, COIN, EN)).toBe('Its title');
		const named = { ...title, value: 'night market' };
		expect(featureLabel(named, COIN, EN)).toBe('Its title, above all “night market”');
		expect(columnLabel(named)).toBe('Title');
		expect(columnLabel(feature('neighbourhood', 'Juniper Hill'))).toBe('Area');
		expect(columnLabel(feature('amenity', 'Balcony'))).toBe('Balcony');
	});

	it('takes an article where one has one of it', () => {
		expect(['Balcony', 'Elevator', 'Heating', 'TV', 'Hair dryer'].map(amenityWords)).toEqual([
			'a balcony',
			'an elevator',
			'heating',
			'a TV',
			'a hair dryer',
		]);
	});
});

describe('a reason in words', () => {
	const saved: Reason = {
		kind: 'acts',
		act: 'save',
		count: 3,
		features: [feature('price', 'x', { to: 1800 }), feature('neighbourhood', 'Juniper Hill')],
		also: { count: 2, feature: feature('amenity', 'Balcony') },
	};

	it('says what was done, with what, and what most of them share', () => {
		expect(reasonSentence(saved, COIN, EN)).toBe(
			'Because you saved three places in Juniper Hill under $1,800, two of them with a balcony.',
		);
	});

	it('says all or both where all share it, and nothing where none does', () => {
		const also = (count: number) => ({ count, feature: feature('amenity', 'Garden') });
		expect(reasonSentence({ ...saved, also: also(3) }, COIN, EN)).toMatch(
			/, all of them with a garden\.$/,
		);
		expect(reasonSentence({ ...saved, count: 2, also: also(2) }, COIN, EN)).toMatch(
			/two places .*, both of them with a garden\.$/,
		);
		expect(reasonSentence({ ...saved, also: also(0) }, COIN, EN)).toMatch(/under \$1,800\.$/);
	});

	it('joins what the places have', () => {
		const features = [feature('amenity', 'Balcony'), feature('amenity', 'Lift')];
		expect(reasonSentence({ kind: 'acts', act: 'dwell', count: 1, features }, COIN, EN)).toBe(
			'Because you looked long at one place with a balcony and a lift.',
		);
	});

	it('counts nothing where the model counted nothing', () => {
		const features = [feature('size', 'guests-4')];
		expect(reasonSentence({ kind: 'acts', features }, COIN, EN)).toBe(
			'What you did so far speaks for places for 4 or more guests.',
		);
		expect(reasonSentence({ kind: 'start', features }, COIN, EN)).not.toMatch(/you (saved|chose)/);
	});

	it('says what others chose, and that the person has said nothing yet', () => {
		const features = [feature('chosen', 'chosen')];
		expect(reasonSentence({ kind: 'chosen', features }, COIN, EN)).toBe(
			'Often chosen by others; nothing is known of your own taste yet.',
		);
	});

	it('never leaves a sentence hanging where no feature is named', () => {
		const kinds = ['acts', 'exploration', 'start', 'edited', 'popular', 'chosen'] as const;
		const sentences = kinds.map((kind) => reasonSentence({ kind, features: [] }, COIN, EN));
		for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
		expect(sentences.join(' ')).not.toMatch(/undefined| {2}| ,|NaN/);
	});
});

describe('the sum of a fit', () => {
	it('keeps the largest parts by size and sums the others', () => {
		const parts = [
			{ feature: feature('price'), value: 0.2 },
			{ feature: feature('size'), value: -0.5 },
			{ feature: feature('amenity', 'Lift'), value: 0.1 },
			{ feature: feature('rest'), value: 0.05 },
		];
		const shown = largestAndRest(parts, 2);
		expect(shown.map((part) => part.feature.group)).toEqual(['size', 'price', 'rest']);
		expect(shown[2]?.value).toBeCloseTo(0.15, 12);
	});

	it('prints parts that add up to the printed sum', () => {
		const printed = roundedToSum([0.334, 0.334, 0.334, -0.116]);
		const sum = printed.reduce((total, value) => total + value, 0);
		expect(sum).toBeCloseTo(0.89, 10);
		expect(roundedToSum([])).toEqual([]);
	});
});

describe('a taste in words', () => {
	const weight = (of: TasteWeight['feature'], value: number, more = {}): TasteWeight => ({
		feature: of,
		weight: value,
		uncertainty: 0.1,
		learned: value,
		edited: false,
		off: false,
		evidence: [],
		reasons: [],
		...more,
	});
	const taste = (weights: readonly TasteWeight[], learnedFrom = 23): Taste => ({
		weights,
		learnedFrom,
	});

	it('says the strongest leanings both ways', () => {
		const learned = taste([
			weight(feature('amenity', 'Garden'), 0.7),
			weight(feature('neighbourhood', 'Juniper Hill'), 0.8),
			weight(feature('price', 'x', { to: 1800 }), 0.4),
			weight(feature('size', '4 bedrooms'), -0.3),
		]);
		expect(plain(tasteSentence(learned, COIN, EN))).toBe(
			'You lean towards Juniper Hill, a garden and prices under $1,800, and away from 4 bedrooms.',
		);
	});

	it('says one step of a scale alone', () => {
		const learned = taste([
			weight(feature('price', 'under-1800', { to: 1800 }), 0.4),
			weight(feature('price', 'under-1900', { to: 1900 }), 0.5),
		]);
		expect(plain(tasteSentence(learned, COIN, EN))).toBe('You lean towards prices under $1,800.');
	});

	it('keeps to itself what is not more than noise, or switched off', () => {
		const learned = taste([
			weight(feature('amenity', 'Garden'), 0.7, { off: true }),
			weight(feature('amenity', 'Lift'), 0.05),
		]);
		expect(plain(tasteSentence(learned, COIN, EN))).toMatch(/^Too little to say so far: 23 acts/);
		expect(plain(tasteSentence(taste([], 0), COIN, EN))).toMatch(/^Nothing yet/);
	});

	it('says on what a weight rests', () => {
		const acts = [
			{ act: 'impression', count: 90 },
			{ act: 'dwell', count: 3 },
			{ act: 'save', count: 5 },
		] as const;
		const of = feature('amenity', 'Garden');
		expect(evidenceWords(weight(of, 1, { evidence: acts }), EN)).toBe('5 saves, 3 long looks');
		expect(evidenceWords(weight(of, 1), EN)).toBe('from all of them together');
		expect(evidenceWords(weight(of, 0), EN)).toBe('hardly known yet');
		expect(evidenceWords(weight(feature('popularity', ''), 1), EN)).toBe(
			'counted by the catalogue',
		);
		expect(evidenceWords(weight(of, 1, { edited: true }), EN)).toBe('set by you');
		expect(movedWords(6, EN)).toBe('Six homes moved.');
	});
});

describe('an act in words', () => {
	it('says what was done with which home and why', () => {
		expect(actSentence({ kind: 'save' }, shownHome(), '', EN)).toBe(
			'Saved the two-bed flat, fourth floor',
		);
		const reason = 'too-expensive';
		expect(actSentence({ kind: 'dismiss', reason }, shownHome({ title: 'Mill' }), '', EN)).toBe(
			'Dismissed “Mill”: too expensive',
		);
		expect(actSentence({ kind: 'search' }, undefined, '“garden”', EN)).toBe('Searched “garden”');
		expect(actSentence({ kind: 'view' }, undefined, '', EN)).toBe(
			'Opened a home that has left the catalogue',
		);
	});
});

describe('a long job in words', () => {
	it('says how far it is and how long it will still take', () => {
		const progress = { step: 'checking', done: 1000, total: 4000 } as const;
		expect(progressWords(progress, EN)).toBe('1,000 of 4,000 rows');
		expect(timeLeftWords(progress, 2, EN)).toBe('about 6 sec left');
		expect(timeLeftWords(progress, 0.5, EN)).toBe('');
		expect(progressWords({ step: 'reading', done: 1_200_000, total: 2_200_000 }, EN)).toBe(
			'1.2 MB of 2.2 MB',
		);
		expect(timeLeftWords({ step: 'reading', done: 10 }, 20, EN)).toBe('');
		expect(refusalTitle('NoPrice')).toBe('No price');
	});
});

describe('privacy in words', () => {
	it('never promises more than holds', () => {
		const said = [
			...Object.values(policyLevels).flatMap((level) => Object.values(level)),
			beyondEveryLevel,
			erasedMeans,
			leftWords(0),
			leftWords(1),
			...(['tenant', 'manager', 'privacy'] as const).flatMap((role) =>
				Object.values(roleWords(role)),
			),
		].join(' ');
		expect(said).not.toMatch(/impossible|100 ?%|zero.knowledge|anonymous|deleted forever/i);
	});

	it('says for what a table is read', () => {
		expect(purposeWords(['recommend', 'show'])).toBe('Suggest, show and compare');
	});
});

it('a small number is read at once, not as a row of zeros', () => {
	const words = [0, 0.25, 4, 1e-6, 4.26e-12].map((value) => smallNumber(value, 'en'));
	expect(words).toEqual(['0', '0.25', '4', '1 × 10⁻⁶', '4.3 × 10⁻¹²']);
});
