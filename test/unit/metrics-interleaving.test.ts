import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '$workers/math/random';
import {
	type Credit,
	FixedOrder,
	interleavingTest,
	type PlaceRanker,
	TeamDraft,
	teamDraft,
} from '$workers/metrics';

type Row = { readonly row: number };
const fixed = (a: readonly number[], b: readonly number[]) => ({
	a: new FixedOrder(a),
	b: new FixedOrder(b),
});
const drafted = (a: readonly number[], b: readonly number[], seed: number, count = 4) =>
	teamDraft(fixed(a, b), count, seededRandom(seed));

/** Puts any open row next, each in proportion to its weight, which hangs on what stands before it. */
class Dice implements PlaceRanker<Row> {
	readonly #open: Set<number>;
	#last = 0;

	constructor(
		rows: Iterable<number>,
		private readonly random: Random,
		private readonly power: number,
	) {
		this.#open = new Set(rows);
	}

	offer(): Row | undefined {
		let left = this.random.next();
		return [...this.#open]
			.map((row) => ({ row }))
			.find(({ row }, i) => (left -= this.chanceOf(row)) < 0 || i === this.#open.size - 1);
	}

	chanceOf(row: number): number {
		const weight = (one: number) => 1 / (1 + Math.abs(one - this.#last)) ** this.power;
		const whole = [...this.#open].reduce((sum, one) => sum + weight(one), 0);
		return this.#open.has(row) ? weight(row) / whole : 0;
	}

	take(row: number): void {
		this.#open.delete(row);
		this.#last = row;
	}
}

/** How often each row followed each beginning, and the chance that was stated for it. */
function followers(lists: Iterable<readonly { row: number; propensity: number }[]>) {
	const found = new Map<string, Map<number, { times: number; propensity: number }>>();
	for (const list of lists)
		list.forEach(({ propensity, row }, place) => {
			const beginning = list.slice(0, place).map((before) => before.row);
			const next = found.get(beginning.join()) ?? new Map<number, never>();
			found.set(beginning.join(), next.set(row, counted(next.get(row), propensity)));
		});
	return [...found.values()];
}

function counted(known: { times: number; propensity: number } | undefined, propensity: number) {
	// One beginning, one chance, whoever put the rows there.
	if (known) expect(known.propensity).toBeCloseTo(propensity, 12);
	return { times: (known?.times ?? 0) + 1, propensity };
}

/** Frequencies as stated: of hundreds of them, none off by more than 4.5 standard errors. */
function expectMet(lists: Iterable<readonly { row: number; propensity: number }[]>): void {
	for (const next of followers(lists)) {
		const runs = [...next.values()].reduce((sum, { times }) => sum + times, 0);
		for (const { propensity, times } of next.values())
			expect(Math.abs(times - propensity * runs)).toBeLessThan(
				// A chance whose count is a handful is no normal one: 3 more are allowed for.
				4.5 * Math.sqrt(propensity * (1 - propensity) * runs) + 3,
			);
	}
}

const shown = ({ offered, propensity }: { offered: Row; propensity: number }) => ({
	row: offered.row,
	propensity,
});

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

	it('states chances that lists of two fixed orders then have', () => {
		const lists = Array.from({ length: 4000 }, (_, seed) =>
			drafted([1, 2, 3], [2, 4, 1], seed, 3).map(shown),
		);
		expectMet(lists);
		// Of fixed orders nothing is too rare to be seen: the chances of each place sum to 1.
		for (const next of followers(lists))
			expect([...next.values()].reduce((sum, { propensity }) => sum + propensity, 0)).toBeCloseTo(
				1,
				12,
			);
	});

	it('states the chance of both where either might have put the row there by its own dice', () => {
		const rows = [1, 2, 3, 4, 5];
		const lists = Array.from({ length: 20_000 }, (_, seed) => {
			const random = seededRandom(`dice ${seed}`);
			const rankers = {
				a: new Dice(rows, random.fork('a'), 1),
				b: new Dice(rows, random.fork('b'), 3),
			};
			return teamDraft<Row>(rankers, 4, random.fork('coin')).map(shown);
		});
		expectMet(lists);
	}, 30_000);

	it('has of every place chances that sum to 1 over all rows', () => {
		const rows = [1, 2, 3, 4, 5];
		const random = seededRandom('sums');
		const draft = new TeamDraft<Row>(
			{ a: new Dice(rows, random.fork('a'), 1), b: new FixedOrder([5, 1, 3]) },
			random.fork('coin'),
		);
		for (let place = 0; place < rows.length; place++) {
			const chances = new Map(rows.map((row) => [row, draft.chanceOf(row)]));
			expect([...chances.values()].reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
			const { offered, propensity } = draft.place()!;
			expect(propensity).toBeCloseTo(chances.get(offered.row)!, 12);
		}
		expect(draft.place()).toBeUndefined();
	});

	it('shows for certain what both rankers have next, and learns nothing of the coin by it', () => {
		const [first, second] = drafted([1, 2], [1, 3], 3, 2);
		expect(first?.propensity).toBe(1);
		expect(second?.propensity).toBe(0.5);
	});

	it('goes on with one list where the other is used up', () => {
		const list = drafted([1], [1, 2, 3], 1);
		expect(list.map(({ offered }) => offered.row)).toEqual([1, 2, 3]);
		expect(list.map(({ propensity }) => propensity)).toEqual([1, 1, 1]);
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
