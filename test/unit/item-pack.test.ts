import { describe, expect, it } from 'vitest';
import {
	figuresOf,
	firstList,
	guestHistories,
	itemWeights,
	type ItemWeights,
	laterList,
	packScores,
} from '$workers/models/item-pack';
import { decodePack, encodePack } from '$workers/packs/pack-file';
import { ExactNoise } from '$workers/privacy/noise/exact-noise';
import { countStatistics, noised, UNIT } from '$workers/privacy/pack';
import { choicesOf, drawPack, MOST_AUC, noiseOf, passes } from '$workers/roots/pack/draw-pack';
import { sampleBooks } from '$workers/sample';
import { emptyBooks } from '$workers/table/empty-books';
import { yearOf } from '$workers/table/calendar';
import { seededBits } from '../support/seeded-bits';

const NO_NOISE = { chosen: 0, also: 0, next: 0, unit: UNIT, pair: UNIT };
const books = sampleBooks({ seed: 'doorstep-1' });
const histories = guestHistories(books, new Set());
const meanOf = (values: readonly number[]) =>
	values.reduce((sum, value) => sum + value, 0) / values.length;
const noise = (seed: string) => new ExactNoise(seededBits(seed));
const wish = { epsilon: 1_000, place: 'Wrenmouth', version: 3, madeAt: 1_700_000_000_000 };

/** Two groups of guests, each choosing among three homes of its own, one after the other. */
const twoTastes = Array.from({ length: 600 }, (_, i) => {
	const first = i % 2 ? 3 : 0;
	return [first + (i % 3), first + ((i + 1) % 3)];
});

describe('histories of guests', () => {
	it('are of stays that are over, in the order of arrival', () => {
		const { arrives_on, guest, property, status } = books.bookings.columns;
		const over = status.names.indexOf('checked out');
		const rows = [...status.codes.keys()].filter((row) => status.codes[row] === over);
		const total = histories.guests.reduce((sum, { homes }) => sum + homes.length, 0);
		expect(total).toBe(rows.length);
		const someone = guest.values[rows[0] as number];
		const own = rows
			.filter((row) => guest.values[row] === someone)
			.sort((a, b) => (arrives_on.values[a] as number) - (arrives_on.values[b] as number))
			.map((row) => property.values[row]);
		expect(histories.guests.map(({ homes }) => homes)).toContainEqual(own);
		const years = new Set(rows.map((row) => yearOf(arrives_on.values[row] as number)));
		expect(histories.years).toEqual([...years].sort());
	});

	it('hold a fifth of the guests out, by a lot that no other guest has a part in', () => {
		const held = histories.guests.filter(({ heldOut }) => heldOut).length;
		expect(held / histories.guests.length).toBeCloseTo(0.2, 1);
		const key = books.guests.columns.key.values[0] as string;
		const fewer = guestHistories(books, new Set([key]));
		const at = histories.guests.findIndex(
			(guest, i) => JSON.stringify(guest) !== JSON.stringify(fewer.guests[i]),
		);
		expect(fewer.guests).toEqual(histories.guests.toSpliced(at, 1));
	});

	it('are refused where bookings name no guests', () => {
		expect(() => guestHistories(emptyBooks('EUR'), new Set())).toThrow(RangeError);
	});
});

describe('the weights of a pack', () => {
	const weights = itemWeights(countStatistics(twoTastes, 6), NO_NOISE);

	it('put the homes of one’s own taste first', () => {
		const order = (history: readonly number[]) => {
			const scores = packScores(weights, history);
			return [...scores.keys()]
				.filter((home) => !history.includes(home))
				.sort((a, b) => (scores[b] as number) - (scores[a] as number));
		};
		expect(order([0]).slice(0, 2).sort()).toEqual([1, 2]);
		expect(order([4]).slice(0, 2).sort()).toEqual([3, 5]);
	});

	it('say which comes next, beyond what goes together', () => {
		// Each goes to the one after it, and never back.
		const around = Array.from({ length: 600 }, (_, i) => [i % 6, (i + 1) % 6]);
		const circle = itemWeights(countStatistics(around, 6), NO_NOISE);
		const scores = packScores(circle, [2]);
		expect(scores[3]).toBeGreaterThan(scores[1] as number);
	});

	it('take an order for one through the noise, and no noise for an order', async () => {
		const drawn = (guests: readonly (readonly number[])[], homes: number, seed: string) =>
			noised(countStatistics(guests, homes), 1_000, noise(seed));
		// Six homes and a circle; and the sample town, whose guests know no order.
		const around = Array.from({ length: 2_000 }, (_, i) => [i % 6, (i + 1) % 6]);
		const members = choicesOf(histories.guests, false);
		for (let i = 0; i < 20; i++) {
			const steps = await drawn(around, 6, `circle ${i}`);
			const circle = itemWeights(steps, noiseOf(1_000, steps));
			const scores = packScores(circle, [2]);
			expect(scores[3]).toBeGreaterThan(scores[1] as number);
			const counts = await drawn(members, books.properties.count, `town ${i}`);
			expect(itemWeights(counts, noiseOf(1_000, counts)).next.columns).toHaveLength(0);
		}
	});

	it('hold shares that sum to 1, and nothing of a home to itself', () => {
		expect(weights.chosen.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
		for (let home = 0; home < 6; home++) {
			const row = weights.also.columns.subarray(
				weights.also.starts[home],
				weights.also.starts[home + 1],
			);
			expect(row).not.toContain(home);
		}
	});

	it('are popularity alone where all that is counted may be noise', () => {
		const loud = { chosen: 1e9, also: 1e9, next: 1e9, unit: UNIT, pair: UNIT };
		const { also, next } = itemWeights(countStatistics(twoTastes, 6), loud);
		expect(also.columns.length + next.columns.length).toBe(0);
	});

	it('are finite for counts below zero, and for none at all', () => {
		const below = { homes: 3, chosen: [-5, -1, -9], also: [-4, 0, -2], next: new Float64Array(9) };
		for (const counts of [below, countStatistics([], 3)])
			for (const score of packScores(itemWeights(counts, NO_NOISE), [0, 1]))
				expect(Number.isFinite(score)).toBe(true);
	});
});

describe('a pack of the sample bookings', () => {
	it('is a file that reads back, and says what it is', async () => {
		const pack = await drawPack(books, histories, wish, noise('file'));
		const { header, keys } = decodePack(encodePack(pack));
		expect(header).toEqual(pack.header);
		expect(keys).toEqual(books.properties.columns.key.values);
		expect(header.privacy).toEqual({
			epsilon: 1,
			unit: 'guest',
			mechanism: 'discrete-laplace',
			mostHomes: 6,
		});
		expect(header.provenance.sample).toBe(true);
		expect(header.metrics.map(({ exact }) => exact)).toEqual([null]);
	});

	it('tells no day of anybody: its span is of whole years, and of the day it was taken', async () => {
		const { header } = await drawPack(books, histories, wish, noise('span'));
		const { from, to } = header.provenance;
		expect([yearOf(from), yearOf(from - 1)]).toEqual([
			histories.years[0],
			(histories.years[0] as number) - 1,
		]);
		expect(to).toBe(books.asOf - 1);
	});

	it('counts its guests with noise', async () => {
		const members = choicesOf(histories.guests, false).length;
		const counts = new Set<number>();
		for (let i = 0; i < 5; i++) {
			const { header } = await drawPack(books, histories, wish, noise(`count ${i}`));
			counts.add(header.counts.guests);
			expect(Math.abs(header.counts.guests - members)).toBeLessThan(500);
		}
		expect(counts.size).toBeGreaterThan(1);
	});

	it('ranks better than popularity at epsilon 1, for guests who had no part in it, and loses little', async () => {
		const homes = books.properties.count;
		const members = choicesOf(histories.guests, false);
		const questions = choicesOf(histories.guests, true)
			.map(firstList)
			.filter((question) => question !== null);
		const ndcgOf = (weights: ItemWeights) =>
			questions.map(
				(question) => figuresOf(packScores(weights, question.history), question).ndcg10,
			);
		const exact = itemWeights(countStatistics(members, homes), NO_NOISE);
		const without = ndcgOf(exact);
		const popularity = questions.map((question) => figuresOf(exact.chosen, question).ndcg10);
		// The mean over draws, guest by guest: one draw may be a bad one.
		const draws: number[][] = [];
		for (let i = 0; i < 5; i++) {
			const { also, chosen, next } = await drawPack(books, histories, wish, noise(`gain ${i}`));
			if (!also || !next) throw new Error('a pack of weights');
			draws.push(ndcgOf({ chosen, also, next }));
		}
		const pack = questions.map((_, i) => meanOf(draws.map((draw) => draw[i] as number)));
		const gains = pack.map((value, i) => value - (popularity[i] as number));
		const gain = meanOf(gains);
		const spread = meanOf(gains.map((each) => (each - gain) ** 2));
		expect(questions.length).toBeGreaterThan(100);
		expect(gain).toBeGreaterThan(2 * Math.sqrt(spread / (gains.length - 1)));
		const loss = meanOf(without) - meanOf(pack);
		expect(loss).toBeGreaterThan(0);
		expect(loss).toBeLessThan(gain);
	});

	it('passes its audit, at every epsilon that the page offers, hardly ever by luck', async () => {
		for (const epsilon of [250, 500, 1_000]) {
			const areas: number[] = [];
			for (let i = 0; i < 8; i++) {
				const { header } = await drawPack(
					books,
					histories,
					{ ...wish, epsilon },
					noise(`audit ${epsilon} ${i}`),
				);
				areas.push(header.audit?.auc ?? 1);
			}
			const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
			expect(mean).toBeLessThan(MOST_AUC);
		}
	});
});

describe('the lists that a pack is measured by', () => {
	it('come after the first home, and after all but the last', () => {
		expect(firstList([4])).toBeNull();
		expect(firstList([4, 2, 7])).toEqual({ history: [4], wanted: [2, 7] });
		expect(laterList([4, 2])).toBeNull();
		expect(laterList([4, 2, 7])).toEqual({ history: [4, 2], wanted: [7] });
	});

	it('are worth 1 where what was chosen later is on top', () => {
		const question = { history: [0], wanted: [2] };
		expect(figuresOf([9, 1, 5, 2], question)).toEqual({ ndcg10: 1, recall10: 1, mrr: 1 });
		expect(figuresOf([9, 7, 5, 2], question).mrr).toBe(1 / 2);
	});
});

describe('the audit', () => {
	const rare = sampleBooks({ seed: 'rare', managed: 60, guests: 900, years: 2 });

	it('catches a pack that was made without noise, of pairs that are rare', async () => {
		// Every guest takes two homes at random: pairs are of one guest each, or of hardly more.
		const own = guestHistories(rare, new Set());
		const guests = own.guests.map(({ heldOut }, i) => ({
			heldOut,
			homes: [(i * 7) % 60, (i * 7 + 1 + ((i * 13) % 59)) % 60],
		}));
		const wanted = { ...wish, epsilon: 1_000_000_000 };
		const unsafe = await drawPack(rare, { ...own, guests }, wanted, noise('unsafe'));
		expect(unsafe.header.audit?.auc).toBeGreaterThan(MOST_AUC);
		expect(passes(unsafe.header)).toBe(false);
		const safe = await drawPack(rare, { ...own, guests }, wish, noise('safe'));
		expect(safe.header.audit?.auc).toBeLessThan(unsafe.header.audit?.auc ?? 0);
	});

	it('says no where nobody audited', () => {
		const header = { audit: null } as unknown as Parameters<typeof passes>[0];
		expect(passes(header)).toBe(false);
	});

	it('knows the noise that was drawn', () => {
		const none = countStatistics([], 3);
		expect(noiseOf(500, none).also).toBeGreaterThan(noiseOf(1_000, none).also);
	});
});
