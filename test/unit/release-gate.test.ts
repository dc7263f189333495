/** What the gate lets out, and what it does not: on books made so that the answer is known. */
import { describe, expect, test } from 'vitest';
import type { ReleaseFigure, ReleaseGrouping, ReleaseRequest } from '$lib/contracts';
import { seededRandom } from '$workers/math/random';
import { ExactNoise } from '$workers/privacy/noise/exact-noise';
import { chanceOfAtLeast } from '$workers/privacy/noise/laplace';
import { deltaOf, thousandthsOf } from '$workers/privacy/release/accountant';
import { countedStays, MOST_NIGHTS, mostOf } from '$workers/privacy/release/counted-stays';
import { drawRelease, previewOf, trueCells } from '$workers/privacy/release/draw';
import { boundsOf, releaseCells, type TrueCell } from '$workers/privacy/release/gate';
import { cellOf } from '$workers/privacy/release/layout';
import { MINIMUM_PEOPLE, MINIMUM_PROPERTIES } from '$workers/privacy/release/minimums';
import { isSound } from '$workers/privacy/release/request';
import type { Books } from '$workers/table/bookings';
import { chanceBounds } from '../support/chances';
import { releaseBooks, type TestStay } from '../support/release-books';
import { seededBits } from '../support/seeded-bits';

const NOBODY: ReadonlySet<string> = new Set();
const YEAR = 2025;
const request = (change: Partial<ReleaseRequest> = {}): ReleaseRequest => ({
	grouping: 'month',
	figure: 'stays',
	year: YEAR,
	epsilon: 1,
	edition: 1,
	...change,
});

/** So many guests with a stay each in a month, over four homes in turn. */
function stays(
	count: number,
	month: number,
	first = 0,
	change: Partial<TestStay> = {},
): TestStay[] {
	return Array.from({ length: count }, (_, i) => ({
		guest: first + i,
		property: i % 4,
		arrives: [YEAR, month, 1 + (i % 28)] as const,
		nights: 2,
		...change,
	}));
}

const draw = (books: Books, wish: ReleaseRequest, seed: number | string = 'gate') =>
	drawRelease(books, wish, NOBODY, new ExactNoise(seededBits(seed)));

/** Noise that is always 0: what the rules alone decide. */
class NoNoise extends ExactNoise {
	override laplace(): bigint {
		return 0n;
	}
}
const quiet = new NoNoise();
const cell = (change: Partial<TrueCell> = {}): TrueCell => ({
	name: ['a'],
	people: 200,
	total: 200,
	largest: 50,
	...change,
});
const passes = (change: Partial<TrueCell>, noise: ExactNoise = quiet): boolean => {
	const cells = new Map([['a', cell(change)]]);
	const groups = [{ cells: [['a']], whole: true }];
	return releaseCells(groups, cells, boundsOf('stays', 1_000), noise).length === 1;
};

describe('contributions are bounded', () => {
	test('a guest counts once a year, with the same stay whatever else the books hold', () => {
		const own: TestStay[] = [3, 5, 9].map((month) => ({
			guest: 0,
			property: month % 4,
			arrives: [YEAR, month, 2],
			nights: 3,
		}));
		const chosen = (books: Books) =>
			countedStays(books, YEAR, NOBODY)
				.filter((row) => books.bookings.columns.guest.values[row] === 0)
				.map((row) => cellOf(books, row, 'month', YEAR).join());
		const alone = chosen(releaseBooks(own));
		expect(alone).toHaveLength(1);
		expect(chosen(releaseBooks([...own].reverse()))).toEqual(alone);
		expect(chosen(releaseBooks([...stays(30, 4, 1), ...own, ...stays(9, 6, 31)]))).toEqual(alone);
	});

	test('which stay of a guest counts is not always the first', () => {
		const both = Array.from({ length: 200 }, (_, guest): TestStay[] => [
			{ guest, property: guest % 4, arrives: [YEAR, 2, 1 + (guest % 28)], nights: 2 },
			{ guest, property: guest % 4, arrives: [YEAR, 8, 1 + (guest % 28)], nights: 2 },
		]).flat();
		const cells = trueCells(releaseBooks(both), request(), NOBODY);
		const [early, late] = [cells.get('2025-02')?.people ?? 0, cells.get('2025-08')?.people ?? 0];
		expect(early + late).toBe(200);
		expect(early).toBeGreaterThan(60);
		expect(late).toBeGreaterThan(60);
	});

	test('nights above the most are cut before any noise', () => {
		const books = releaseBooks(stays(10, 3, 0, { nights: 60 }));
		const cells = trueCells(books, request({ figure: 'nights' }), NOBODY);
		expect(cells.get('2025-03')?.total).toBe(10 * MOST_NIGHTS);
	});

	test('no guest can have more than half of a cell of the fewest people', () => {
		for (const figure of ['stays', 'nights'] as const) {
			const most = mostOf(figure);
			expect(most / (most + MINIMUM_PEOPLE - 1)).toBeLessThanOrEqual(0.5);
		}
	});

	test('stays that were cancelled, lie ahead, have no night or are of another year do not count', () => {
		const books = releaseBooks([
			...stays(5, 3),
			...stays(5, 3, 5, { status: 'cancelled' }),
			...stays(5, 3, 10, { status: 'confirmed' }),
			...stays(5, 3, 15, { nights: 0 }),
			...stays(5, 3, 20, { arrives: [2024, 3, 4] }),
		]);
		expect([...trueCells(books, request(), NOBODY).values()]).toEqual([
			expect.objectContaining({ people: 5, total: 5 }),
		]);
	});

	test('guests who are restricted or objected are left out', () => {
		const books = releaseBooks(stays(5, 3));
		const left = trueCells(books, request(), new Set(['g1', 'g4']));
		expect(left.get('2025-03')?.people).toBe(3);
	});

	test('where books name no guest, every booking stands for one', () => {
		const books = releaseBooks(stays(5, 3, 0, { guest: 0 }), { guests: 0 });
		expect(trueCells(books, request(), NOBODY).get('2025-03')?.people).toBe(5);
	});
});

describe('a cell is shown only where every rule holds', () => {
	test('a large cell of many homes is shown', () => {
		expect(passes({})).toBe(true);
	});

	test.each([1, 5, 19])(
		'a cell of %i people is not shown, however large its total looks',
		(people) => {
			expect(passes({ people, total: 500, largest: 100 })).toBe(false);
		},
	);

	test('a cell of which one home has half is not shown, and just below half the noise decides', () => {
		expect(passes({ total: 200, largest: 100 })).toBe(false);
		expect(passes({ total: 200, largest: 99 })).toBe(false);
		expect(passes({ total: 200, largest: 60 })).toBe(true);
	});

	test('less than half for every home means at least three homes', () => {
		// By construction: two homes that share a total leave one of them with half of it or more.
		for (let total = 2; total < 200; total++)
			for (let largest = Math.ceil(total / 2); largest <= total; largest++)
				expect(total - 2 * largest).toBeLessThanOrEqual(0);
		expect(MINIMUM_PROPERTIES).toBe(3);
	});

	test('noise shows a cell that breaks a rule with a chance below delta alone', () => {
		for (const figure of ['stays', 'nights'] as const)
			for (const epsilon of [1, 0.5, 0.25, 0.001]) {
				const thousandths = thousandthsOf(epsilon);
				const { enough, scale, spread } = boundsOf(figure, thousandths);
				const away = enough - mostOf(figure) * (MINIMUM_PEOPLE - 1);
				const chance = Math.max(chanceOfAtLeast(scale, away), chanceOfAtLeast(scale, spread));
				expect((1 + Math.exp(epsilon)) * chance).toBeLessThanOrEqual(deltaOf(thousandths));
			}
	});

	test('even noise that lifts a small cell over every bound does not show it', () => {
		class Lifting extends ExactNoise {
			override laplace(): bigint {
				return 10_000n;
			}
		}
		expect(passes({ people: 19, total: 19, largest: 5 }, new Lifting())).toBe(false);
		expect(passes({ largest: 100 }, new Lifting())).toBe(false);
	});

	test('countries are never listed, and what is no country is never shown', () => {
		const books = releaseBooks(stays(800, 3), {
			countries: ['DE', 'FR', 'AT', 'DE', 'room 4, ask first'],
		});
		const { cells, withheld } = draw(books, request({ grouping: 'country' }));
		expect(withheld).toBeNull();
		expect(cells).toHaveLength(2);
		expect(cells.every(({ name }) => ['DE', 'FR', 'AT'].includes(name[0] ?? ''))).toBe(true);
		expect(previewOf(books, request({ grouping: 'country' })).cells).toBeNull();
	});

	test('kinds with fewer homes than the minimum are no groups', () => {
		const books = releaseBooks(stays(8, 3), { kinds: ['Flat', 'Flat', 'Flat', 'Castle'] });
		const { cells } = previewOf(books, request({ grouping: 'month-and-kind' }));
		expect(new Set(cells?.map(([, kind]) => kind))).toEqual(new Set(['Flat']));
	});

	test('a preview is the same for any guests', () => {
		const some = releaseBooks(stays(3, 3));
		const many = releaseBooks(stays(900, 7));
		for (const grouping of ['month', 'month-and-kind', 'country', 'lead-time'] as const)
			expect(previewOf(some, request({ grouping }))).toEqual(
				previewOf(many, request({ grouping })),
			);
	});
});

describe('no subtraction comes down to a few people', () => {
	test('a whole year is shown whole', () => {
		const books = releaseBooks(
			Array.from({ length: 12 }, (_, i) => stays(150, i + 1, 150 * i)).flat(),
		);
		expect(draw(books, request())).toMatchObject({ withheld: 0 });
	});

	test('where one month is missing, the smallest other one is left out with it', () => {
		const books = releaseBooks(
			Array.from({ length: 12 }, (_, i) => stays(i ? 150 + 40 * i : 5, i + 1, 1_000 * i)).flat(),
		);
		const { cells, withheld } = draw(books, request());
		expect(withheld).toBe(2);
		expect(cells.map(({ name }) => name[0])).not.toContain('2025-01');
		expect(cells.map(({ name }) => name[0])).not.toContain('2025-02');
	});

	test('a single cell that could be shown is not shown alone', () => {
		expect(draw(releaseBooks([...stays(300, 3), ...stays(4, 5, 300)]), request()).cells).toEqual(
			[],
		);
	});

	test('where each month is a group of its own, a year that lacks one lacks another', () => {
		const months = [300, 5, 200];
		const books = releaseBooks(months.flatMap((count, i) => stays(count, i + 1, 1_000 * i)));
		const { cells } = draw(books, request({ grouping: 'month-and-kind' }));
		expect(cells.map(({ name }) => name)).toEqual([['2025-01', 'Flat']]);
	});

	test('in a thousand random pairs of requests no difference isolates fewer people than the minimum', () => {
		const random = seededRandom('pairs');
		const groupings: readonly ReleaseGrouping[] = [
			'month',
			'month-and-kind',
			'country',
			'lead-time',
		];
		const figures: readonly ReleaseFigure[] = ['stays', 'nights'];
		let compared = 0;
		let partly = 0;
		for (let round = 0; round < 1_000; round++) {
			const books = randomBooks(random.fork(`books ${round}`));
			const pick = <Item>(from: readonly Item[]) => from[random.integer(from.length)] as Item;
			const pair = [0, 1].map((side) => {
				const wish = request({ grouping: pick(groupings), figure: pick(figures) });
				return { wish, ...shownPeople(books, wish, `pair ${round} ${side}`) };
			});
			const everybody = new Set(countedStays(books, YEAR, NOBODY));
			for (const one of pair) {
				expect(one.cells.every(({ size }) => size >= MINIMUM_PEOPLE)).toBe(true);
				expectNotFew(minus(everybody, union(one.cells)));
				for (const each of one.cells) expectNotFew(minus(everybody, each));
				if (one.cells.length) partly++;
				for (const other of pair) {
					// What can be told to contain what: the whole year, and a month its kinds.
					for (const whole of wholes(one)) {
						const inside = other.cells.filter((each) => minus(each, whole).size === 0);
						if (one.wish.grouping !== other.wish.grouping && inside.length) compared++;
						if (isNested(one.wish.grouping, other.wish.grouping) || whole.size === everybody.size)
							expectNotFew(minus(whole, union(inside)));
					}
				}
			}
		}
		expect(compared).toBeGreaterThan(150);
		expect(partly).toBeGreaterThan(500);
	});
});

type People = ReadonlySet<number>;
const minus = (from: People, less: People): People =>
	new Set([...from].filter((each) => !less.has(each)));
const union = (sets: readonly People[]): People => new Set(sets.flatMap((each) => [...each]));
const isNested = (outer: ReleaseGrouping, inner: ReleaseGrouping): boolean =>
	outer === 'month' && (inner === 'month-and-kind' || inner === 'month');
/** Shown cells, and all of them together. */
const wholes = ({ cells }: { cells: readonly People[] }): readonly People[] => [
	...cells,
	union(cells),
];
function expectNotFew(people: People): void {
	if (people.size) expect(people.size).toBeGreaterThanOrEqual(MINIMUM_PEOPLE);
}

/** The people behind each cell that a request shows. */
function shownPeople(books: Books, wish: ReleaseRequest, seed: string): { cells: People[] } {
	const rows = countedStays(books, wish.year, NOBODY);
	return {
		cells: draw(books, wish, seed).cells.map(
			({ name }) =>
				new Set(
					rows.filter((row) => cellOf(books, row, wish.grouping, wish.year).join() === name.join()),
				),
		),
	};
}

/** Books of some hundred guests, unevenly spread over months, homes, countries and lead times. */
function randomBooks(random: ReturnType<typeof seededRandom>): Books {
	const months = 1 + random.integer(3);
	const uneven = () => Math.floor(random.next() ** (0.6 + 2 * spread) * months);
	const spread = random.next();
	const leads = [2, 12, 45, 120];
	const kinds = ['Flat', 'Flat', 'Flat', 'Loft', 'Loft', 'Loft'].slice(
		0,
		3 + 3 * random.integer(2),
	);
	const odd = random.integer(2) ? ['Castle'] : [];
	const all = [...kinds, ...odd];
	const count = 100 + random.integer(600);
	const list = Array.from({ length: count }, (_, guest): TestStay => {
		const stray = random.next() < 0.02;
		return {
			guest,
			property: random.integer(all.length),
			arrives: [YEAR, stray ? 1 + random.integer(months) : 1 + uneven(), 1 + random.integer(28)],
			nights: 1 + random.integer(9),
			lead: leads[stray ? 3 : random.integer(3)] as number,
		};
	});
	const closed = { asOf: 20_089 + 31 * months };
	return releaseBooks(list, {
		countries: ['DE', 'DE', 'DE', 'FR', 'AT', ''],
		kinds: all,
		...closed,
	});
}

describe('neighbouring data', () => {
	const TRIES = 40_000;
	/** Chances that are missed once in a thousand times, over both sides. */
	const MISSED = 0.0005;

	test.each([
		['stays', 1],
		['nights', 1],
		['stays', 0.5],
	] as const)(
		'%s at ε = %f: no event tells one guest more surely than ε allows',
		(figure, epsilon) => {
			const bounds = boundsOf(figure, thousandthsOf(epsilon));
			const most = mostOf(figure);
			// At the bound of being shown, where one guest matters most.
			const total = Math.max(bounds.enough, 30 * most);
			const largest = Math.floor((total - bounds.spread) / 2);
			const without = cell({ people: 60, total, largest });
			const more = [
				{ ...without, people: 61, total: total + most, largest },
				{ ...without, people: 61, total: total + most, largest: largest + most },
			];
			for (const [side, guest] of more.entries()) {
				const worlds = [without, guest].map((world, i) =>
					outcomes(world, bounds, `audit ${figure} ${epsilon} ${side} ${i}`),
				);
				for (const event of eventsOf(worlds))
					for (const [one, other] of [
						[0, 1],
						[1, 0],
					] as const) {
						const hits = worlds.map((values) => values.filter(event).length);
						const { low } = chanceBounds(hits[one] as number, TRIES, MISSED);
						const { high } = chanceBounds(hits[other] as number, TRIES, MISSED);
						expect(Math.log(low / high)).toBeLessThanOrEqual(epsilon);
					}
			}
		},
	);

	test('the audit finds noise that is too small', () => {
		const bounds = boundsOf('stays', 1_000);
		const weak = { ...bounds, scale: { over: 1n, under: 2n } };
		const without = cell({ people: 200, total: 200, largest: 50 });
		const guest = cell({ people: 201, total: 201, largest: 50 });
		const worlds = [without, guest].map((world, i) => outcomes(world, weak, `weak ${i}`));
		const found = eventsOf(worlds).map((event) => {
			const [a, b] = worlds.map((values) => values.filter(event).length) as [number, number];
			return Math.log(chanceBounds(b, TRIES, MISSED).low / chanceBounds(a, TRIES, MISSED).high);
		});
		expect(Math.max(...found)).toBeGreaterThan(1);
	});

	/** What the gate says of a cell, over and over: its value, or NaN where it is not shown. */
	function outcomes(world: TrueCell, bounds: ReturnType<typeof boundsOf>, seed: string): number[] {
		const noise = new ExactNoise(seededBits(seed));
		const groups = [{ cells: [['a']], whole: true }];
		const cells = new Map([['a', world]]);
		return Array.from(
			{ length: TRIES },
			() => releaseCells(groups, cells, bounds, noise)[0]?.value ?? Number.NaN,
		);
	}

	/** Being shown or not, each common value, and being above it. */
	function eventsOf(worlds: readonly number[][]): ((value: number) => boolean)[] {
		const shown = worlds.flat().filter((value) => !Number.isNaN(value));
		const sorted = shown.toSorted((a, b) => a - b);
		const at = [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99].map(
			(share) => sorted[Math.floor(share * sorted.length)] as number,
		);
		return [
			(value) => Number.isNaN(value),
			(value) => !Number.isNaN(value),
			...at.flatMap((bound) => [
				(value: number) => value === bound,
				(value: number) => value >= bound,
				(value: number) => value < bound,
			]),
		];
	}
});

describe('requests', () => {
	test('only what the gate knows is a request', () => {
		expect(isSound(request())).toBe(true);
		for (const bad of [
			{ epsilon: 1.001 },
			{ epsilon: 0 },
			{ epsilon: -1 },
			{ epsilon: Number.NaN },
			{ epsilon: 0.0005 },
			{ year: 2025.5 },
			{ edition: 0 },
			{ grouping: 'guest' as ReleaseGrouping },
			{ figure: 'names' as ReleaseFigure },
		])
			expect(isSound(request(bad)), JSON.stringify(bad)).toBe(false);
	});
});
