/** What a home gains by being near the homes of the person's own history. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActKind, FeatureName } from '$lib/contracts';
import { featureAfterNoun, featureLabel } from '$lib/ui/words/features';
import { seededRandom } from '$workers/math/random';
import { measured } from '$workers/metrics/ranking';
import { catalogueModel, PersonalTaste, type TasteAct } from '$workers/models/recommender';
import {
	LIKENESS_KINDS,
	type LikenessColumns,
	LikenessToOwn,
} from '$workers/models/recommender/likeness-to-own';
import type { OwnStay } from '$workers/models/recommender/others';
import { sampleTown } from '$workers/sample';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const settings = { place: 0.4, price: 0.3, size: 0.2, room: 0.1 };
const AT_MOST = 1;

/** On a line, kilometres from the first; what is raised to the power of nearness is given as it stands. */
const columns: LikenessColumns = {
	x: Float64Array.of(0, 0, 2, 6, 0),
	y: new Float64Array(5),
	price: Float64Array.of(100, 100, 50, 400, 100),
	guests: Float64Array.of(2, 2, 2, 4, 8),
	room: Uint16Array.of(0, 0, 1, 0, 1),
};
const stay = (row: number, weight = 1, instant = row): OwnStay => ({ row, weight, instant });
const fits = (...history: OwnStay[]) => new LikenessToOwn(columns, settings).fits(history);
const near = (values: ArrayLike<number>, expected: readonly number[], digits = 12) =>
	expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, digits));

describe('likeness to one own home', () => {
	it('is all there is next door and halves with two kilometres, with half the price, with other rooms', () => {
		near(fits(stay(0)), [
			1,
			1,
			0.4 / 2 + 0.3 / 2 + 0.2,
			0.4 / 4 + 0.3 / 4 + 0.2 / 2 + 0.1,
			0.4 + 0.3 + 0.2 / 4,
		]);
	});

	it('gives a twin what the home itself has, and nobody more', () => {
		const [own, twin, ...others] = fits(stay(0));
		expect(twin).toBe(own);
		for (const other of others) expect(other).toBeLessThan(own as number);
	});

	it('counts as its acts do: a hundredth for a hundredth, one home for many enquiries', () => {
		const whole = fits(stay(0));
		near(
			fits(stay(0, 0.01)),
			Array.from(whole, (fit) => fit / 100),
		);
		expect(fits(stay(0, 7))).toEqual(whole);
	});
});

describe('likeness to a history', () => {
	it('is nothing for nobody', () => {
		expect([...fits()]).toEqual([0, 0, 0, 0, 0]);
		const { kinds, stays, usual } = new LikenessToOwn(columns, settings).shares([], 2);
		expect([...kinds, ...usual, ...stays]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
	});

	it('adds a third for the second home, and never more than as much again', () => {
		const one = fits(stay(0));
		near(
			fits(stay(0), stay(1)),
			Array.from(one, (fit) => (4 / 3) * fit),
		);
		const large: LikenessColumns = {
			x: new Float64Array(60),
			y: new Float64Array(60),
			price: new Float64Array(60).fill(9),
			guests: new Float64Array(60).fill(1),
			room: new Uint16Array(60),
		};
		const twins = Array.from({ length: 60 }, (_, row) => stay(row));
		for (const fit of new LikenessToOwn(large, settings).fits(twins))
			expect(fit).toBeLessThan(2 * AT_MOST);
	});

	it('changes little by an act that weighs little', () => {
		const model = catalogueModel(sampleTown({ seed: 'likeness', homes: 200 }).homes);
		const likeness = new LikenessToOwn(model.likeness, settings);
		const home = fc.record({
			row: fc.nat(199),
			weight: fc.double({ min: 0.01, max: 3, noNaN: true }),
		});
		const histories = fc.uniqueArray(home, { selector: ({ row }) => row, maxLength: 30 });
		const small = 1e-6;
		fc.assert(
			fc.property(histories, fc.nat(199), (homes, row) => {
				const history = homes.map(({ row: own, weight }) => stay(own, weight));
				const i = history.findIndex((one) => one.row === row);
				const changed =
					i < 0
						? [...history, stay(row, small)]
						: history.with(i, stay(row, (history[i] as OwnStay).weight + small));
				const after = likeness.fits(changed);
				likeness
					.fits(history)
					.forEach((fit, home) => expect(Math.abs(fit - after[home]!)).toBeLessThan(3 * small));
			}),
			{ numRuns: 50 },
		);
	});

	it('looks at what was wanted most: many looks hide no booking', () => {
		const model = catalogueModel(sampleTown({ seed: 'likeness', homes: 200 }).homes);
		const looks = Array.from({ length: 100 }, (_, i) => stay(i + 50, 0.08, i + 10));
		const { stays } = new LikenessToOwn(model.likeness, settings).shares([stay(3), ...looks], 4);
		expect(stays.map(({ row }) => row)).toContain(3);
		expect(stays.length).toBeLessThan(20);
	});

	it('has parts that sum to it, and leaves no trace of homes that were forgotten', () => {
		const model = catalogueModel(sampleTown({ seed: 'likeness', homes: 150 }).homes);
		const random = seededRandom('parts');
		const drawn = () =>
			Array.from({ length: 1 + random.integer(25) }, () => random.integer(150)).map((row, i) =>
				stay(row, 0.1 + random.next(), i),
			);
		const likeness = new LikenessToOwn(model.likeness, settings);
		for (let run = 0; run < 20; run++) {
			const history = drawn();
			likeness.fits(drawn());
			const own = likeness.fits(history);
			expect(own).toEqual(new LikenessToOwn(model.likeness, settings).fits(history));
			expect(likeness.fitsIf(history)).toEqual(own);
			const mean = own.reduce((sum, fit) => sum + fit, 0) / own.length;
			for (let row = 0; row < 150; row += 7) {
				const { kinds, stays, usual } = likeness.shares(history, row);
				const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
				expect(sum(kinds)).toBeCloseTo(own[row]!, 11);
				expect(sum(usual)).toBeCloseTo(mean, 11);
				const gains = stays.reduce((all, { gain }) => all + gain, 0);
				expect(gains).toBeCloseTo(own[row]! - mean, 11);
			}
		}
	});
});

const HOMES = 300;
const { homes } = sampleTown({ seed: 'likeness in a taste', homes: HOMES });
const model = catalogueModel(homes);
const act = (sequence: number, kind: ActKind, row: number): TasteAct => ({
	sequence,
	kind,
	row,
	instant: NOW - (100 - sequence) * DAY,
});
function tasteOf(acts: readonly TasteAct[]): PersonalTaste {
	const taste = new PersonalTaste(model, NOW);
	taste.observe(acts);
	return taste;
}
const OFF = [{ key: 'likeness', off: true }];

describe('a taste with likeness', () => {
	const acts = [act(1, 'save', 5), act(2, 'view', 17), act(3, 'enquire', 40)];
	const groupsOf = (taste: PersonalTaste, row: number) =>
		taste.explain(row, NOW).contributions.filter(({ feature }) => feature.group === 'likeness');

	it('names it in parts that sum to the fit with all others', () => {
		const taste = tasteOf(acts);
		const keys = new Set<string>();
		for (let row = 0; row < HOMES; row++) {
			const { contributions, fit } = taste.explain(row, NOW);
			expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(fit, 9);
			for (const { feature } of groupsOf(taste, row)) keys.add(feature.key);
		}
		expect([...keys].sort()).toEqual(LIKENESS_KINDS.map((kind) => `likeness:${kind}`).sort());
	});

	it('knows none of it without a history, nor after dismissals alone', () => {
		for (const taste of [tasteOf([]), tasteOf([act(1, 'dismiss', 5), act(2, 'impression', 9)])]) {
			expect(groupsOf(taste, 8)).toEqual([]);
			const before = taste.fits(NOW);
			taste.edit(OFF);
			expect(taste.fits(NOW)).toEqual(before);
			expect(taste.weights(NOW).find(({ feature }) => feature.key === 'likeness')?.learned).toBe(0);
		}
	});

	it('says what it adds at most, and leaves it aside when the person switches it off', () => {
		const taste = tasteOf(acts);
		const told = taste.weights(NOW).find(({ feature }) => feature.key === 'likeness');
		expect(told?.learned).toBeGreaterThan(0.1);
		const whole = taste.fits(NOW);
		taste.edit(OFF);
		expect(groupsOf(taste, 8)).toEqual([]);
		const gained = taste.fits(NOW).map((fit, row) => (whole[row] as number) - fit);
		expect(Math.max(...gained)).toBeCloseTo(told!.learned, 9);
		expect(gained.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(0, 9);
	});

	it('is gone with the only act that carried it', () => {
		const taste = tasteOf([act(1, 'save', 5)]);
		taste.fits(NOW);
		taste.forget([1]);
		expect(groupsOf(taste, 8)).toEqual([]);
		taste.fits(NOW).forEach((fit, row) => expect(fit).toBeCloseTo(tasteOf([]).fits(NOW)[row]!, 9));
	});
});

describe('in a town where people stay near where they stayed before', () => {
	it('finds the next home before a taste without likeness does', () => {
		const random = seededRandom('planted nearness');
		const { x, y } = model.likeness;
		const apart = (a: number, b: number) => Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!);
		const gains = Array.from({ length: 150 }, () => {
			const own = random.integer(HOMES);
			const others = [...Array(HOMES).keys()].filter((row) => row !== own);
			others.sort((a, b) => apart(a, own) - apart(b, own));
			const held = others[random.integer(30)] as number;
			const taste = tasteOf([act(1, 'enquire', own)]);
			const place = () => {
				const all = taste.fits(NOW);
				return others.filter((row) => (all[row] as number) > (all[held] as number)).length + 1;
			};
			const by = place();
			taste.edit(OFF);
			return 1 / by - 1 / place();
		});
		const { mean, standardError } = measured(gains);
		expect(mean).toBeGreaterThan(3 * standardError);
	});
});

describe('the words for likeness', () => {
	const money = { currency: 'USD', period: 'month' } as const;
	const feature = (value: string): FeatureName => ({ key: 'likeness', group: 'likeness', value });

	it('are of their own for each kind and for the whole', () => {
		const all = ['', ...LIKENESS_KINDS].map(feature);
		const labels = all.map((each) => featureLabel(each, money, 'en'));
		expect(labels.slice(0, 3)).toEqual([
			'Like homes you chose',
			'Near homes you chose',
			'Priced like homes you chose',
		]);
		expect(new Set(labels).size).toBe(5);
		expect(featureAfterNoun(feature('place'), money, 'en')).toBe('near those that you chose');
	});
});
