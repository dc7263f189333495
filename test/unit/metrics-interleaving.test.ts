import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { type Credit, interleavingTest, teamDraft } from '$workers/metrics';

const offers = (rows: readonly number[], propensity = 1) =>
	rows.map((row) => ({ row, propensity }));
const drafted = (a: readonly number[], b: readonly number[], seed: number, count = 4) =>
	teamDraft({ a: offers(a), b: offers(b) }, count, seededRandom(seed));

describe('a team draft', () => {
	it('has every home once, and of each team as many or one more', () => {
		for (let seed = 0; seed < 50; seed++) {
			const list = drafted([1, 2, 3, 4], [3, 4, 5, 6], seed);
			expect(new Set(list.map(({ offered }) => offered.row)).size).toBe(4);
			expect(list.filter(({ team }) => team === 'a')).toHaveLength(2);
		}
	});

	it('is the same for the same seed', () => {
		expect(drafted([1, 2, 3], [3, 2, 1], 7)).toEqual(drafted([1, 2, 3], [3, 2, 1], 7));
	});

	it('begins with either ranker as often', () => {
		let first = 0;
		for (let seed = 0; seed < 1000; seed++)
			first += Number(drafted([1, 2], [3, 4], seed)[0]?.team === 'a');
		expect(Math.abs(first - 500)).toBeLessThan(3 * Math.sqrt(250));
	});

	it('states chances that the lists then have: of each place they sum to 1', () => {
		const seen = new Map<string, { count: number; propensity: number }>();
		const lists = 4000;
		for (let seed = 0; seed < lists; seed++) {
			let chance = 1;
			const list = drafted([1, 2, 3], [2, 4, 1], seed, 3);
			for (const { propensity } of list) chance *= propensity;
			const key = list.map(({ team, offered }) => `${team}${offered.row}`).join();
			seen.set(key, { count: (seen.get(key)?.count ?? 0) + 1, propensity: chance });
		}
		const all = [...seen.values()];
		expect(all.reduce((sum, { propensity }) => sum + propensity, 0)).toBeCloseTo(1, 12);
		for (const { count, propensity } of all)
			expect(Math.abs(count / lists - propensity)).toBeLessThan(
				4 * Math.sqrt((propensity * (1 - propensity)) / lists),
			);
	});

	it('multiplies the coin with the chance that the ranker gave', () => {
		const [first] = teamDraft({ a: offers([1], 0.2), b: offers([2], 0.2) }, 1, seededRandom(1));
		expect(first?.propensity).toBeCloseTo(0.1, 12);
	});

	it('shows for certain what both rankers have next', () => {
		expect(drafted([1], [1], 3, 1)[0]?.propensity).toBe(1);
	});

	it('goes on with one list where the other is used up', () => {
		expect(drafted([1], [1, 2, 3], 1).map(({ offered }) => offered.row)).toEqual([1, 2, 3]);
	});
});

describe('the test of two interleaved rankers', () => {
	const visits = (count: number, chance: number, seed: string): Credit[] => {
		const random = seededRandom(seed);
		return Array.from({ length: count }, () =>
			random.next() < chance ? { a: 1, b: 0 } : { a: 0, b: 1 },
		);
	};

	it('finds something in rankers that are alike at most one time in 20, though one looks every time', () => {
		let found = 0;
		for (let repeat = 0; repeat < 400; repeat++)
			found += Number(interleavingTest(visits(200, 0.5, `alike ${repeat}`)).pValue <= 0.05);
		// Three standard deviations of a count (4.4) above 20.
		expect(found).toBeLessThanOrEqual(33);
	});

	it('finds that one wins four times of five within 60 visits, nearly always', () => {
		let found = 0;
		for (let repeat = 0; repeat < 100; repeat++)
			found += Number(interleavingTest(visits(60, 0.8, `better ${repeat}`)).pValue <= 0.05);
		expect(found).toBeGreaterThan(90);
	});

	it('names who was ahead when there was most evidence', () => {
		const lost = Array.from({ length: 20 }, () => ({ a: 0, b: 1 }));
		expect(interleavingTest(lost).leader).toBe('b');
		expect(interleavingTest([...lost, { a: 1, b: 0 }]).leader).toBe('b');
	});

	it('never forgets evidence that stood once', () => {
		const won = Array.from({ length: 20 }, () => ({ a: 1, b: 0 }));
		const lost = Array.from({ length: 20 }, () => ({ a: 0, b: 1 }));
		const before = interleavingTest(won);
		const after = interleavingTest([...won, ...lost]);
		expect(after.pValue).toBe(before.pValue);
		expect(after.evidence).toBeLessThan(before.evidence);
	});

	it('is the same with the teams exchanged', () => {
		const own = interleavingTest([
			{ a: 3, b: 1 },
			{ a: 0, b: 2 },
			{ a: 1, b: 1 },
		]);
		const turned = interleavingTest([
			{ a: 1, b: 3 },
			{ a: 2, b: 0 },
			{ a: 1, b: 1 },
		]);
		expect(own.pValue).toBeCloseTo(turned.pValue, 12);
		expect(own).toMatchObject({ wins: { a: 1, b: 1 }, ties: 1 });
	});

	it('says nothing of visits without credit', () => {
		expect(interleavingTest([{ a: 0, b: 0 }])).toEqual({
			wins: { a: 0, b: 0 },
			ties: 0,
			leader: 'a',
			evidence: 1,
			pValue: 1,
		});
	});

	it('refuses a credit that is not a number', () => {
		expect(() => interleavingTest([{ a: NaN, b: 0 }])).toThrow(RangeError);
	});
});
