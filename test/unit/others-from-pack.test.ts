import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '$workers/math/random';
import { blendSettings } from '$workers/models/recommender/blend';
import type { OwnStay } from '$workers/models/recommender/others';
import { othersFromPack } from '$workers/models/recommender/others-from-pack';
import type { ModelPack } from '$workers/packs/pack';
import { type SparseRows, sparseRows } from '$workers/table/sparse';
import { packHeader } from '../support/packs';

const ITEMS = 40;
const keyOf = (item: number) => `town:${item}`;
/** Some homes of the catalogue are new to the pack, and some of the pack are gone. */
const CATALOGUE = Array.from({ length: 45 }, (_, row) => keyOf((row * 7) % 50));
const KEYS = Array.from({ length: ITEMS }, (_, item) => keyOf(item));

function randomRows(random: Random): SparseRows {
	const rows = KEYS.map((_, from) =>
		KEYS.flatMap((_, to): [number, number][] =>
			to !== from && random.next() < 0.3 ? [[to, random.normal()]] : [],
		),
	);
	return sparseRows(rows, ITEMS);
}

const chosenOf = (random: Random) => Float32Array.from(KEYS, () => random.next() / ITEMS);

function randomWeights(random: Random): ModelPack {
	return {
		header: packHeader(),
		keys: KEYS,
		chosen: chosenOf(random),
		also: randomRows(random),
		next: randomRows(random),
		factors: null,
	};
}

function randomFactors(random: Random): ModelPack {
	const size = 6;
	return {
		header: packHeader({ kind: 'item-factors' }),
		keys: KEYS,
		chosen: chosenOf(random),
		also: null,
		next: null,
		factors: {
			size,
			values: Float32Array.from({ length: ITEMS * size }, () => random.normal()),
			unobserved: 0.1,
			penalty: 0.5,
		},
	};
}

function randomHistory(random: Random): OwnStay[] {
	const rows = CATALOGUE.map((_, row) => row).filter(() => random.next() < 0.15);
	return rows.map((row, i) => ({ row, weight: 2 * random.next(), instant: i }));
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

describe.each([
	['item weights', randomWeights],
	['item factors', randomFactors],
])('what others teach, from a pack of %s', (name, randomPack) => {
	it('sums to the fit of every home, whatever the pack and the history', () => {
		for (let round = 0; round < 20; round++) {
			const random = seededRandom(`${name}/${round}`);
			const others = othersFromPack(randomPack(random), CATALOGUE);
			const history = randomHistory(random);
			const fits = others.fits(history);
			fits.forEach((fit, row) => {
				const { base, also, next } = others.shares(history, row);
				expect(also.length).toBe(history.length);
				expect(Math.abs(base + sum(also) + sum(next) - fit)).toBeLessThan(1e-9);
			});
		}
	});

	it('says nothing of homes that the pack does not know, and knows which these are', () => {
		const random = seededRandom(name);
		const others = othersFromPack(randomPack(random), CATALOGUE);
		const fits = others.fits(randomHistory(random));
		CATALOGUE.forEach((key, row) => {
			expect(others.known[row]).toBe(KEYS.includes(key) ? 1 : 0);
			if (!others.known[row]) expect(fits[row]).toBe(0);
		});
		expect(others.known).toContain(0);
	});

	it('orders by what everybody chose where there is no history', () => {
		const pack = randomPack(seededRandom(name));
		const fits = othersFromPack(pack, KEYS).fits([]);
		const byFit = [...KEYS.keys()].sort((a, b) => (fits[b] as number) - (fits[a] as number));
		const shares = byFit.map((item) => pack.chosen[item] as number);
		const total = pack.chosen.reduce((all, share) => all + share, 0);
		const counted = shares.filter((share) => share > (0.1 * total) / ITEMS);
		expect(counted).toEqual([...counted].sort((a, b) => b - a));
		expect(sum(fits)).toBeCloseTo(0, 9);
	});

	it('does not change with the order of the catalogue', () => {
		const random = seededRandom(name);
		const pack = randomPack(random);
		const history = randomHistory(random);
		const fits = othersFromPack(pack, CATALOGUE).fits(history);
		const turned = [...CATALOGUE].reverse();
		const place = (row: number) => CATALOGUE.length - 1 - row;
		const turnedHistory = history.map((stay) => ({ ...stay, row: place(stay.row) }));
		const back = othersFromPack(pack, turned).fits(turnedHistory).reverse();
		back.forEach((fit, row) => expect(fit).toBeCloseTo(fits[row] as number, 9));
	});
});

describe('item weights', () => {
	const only = (from: number, to: number, value: number) =>
		sparseRows(
			KEYS.map((_, row) => (row === from ? [[to, value] as const] : [])),
			ITEMS,
		);
	const pack = (change: Partial<ModelPack>): ModelPack => ({
		header: packHeader(),
		keys: KEYS,
		chosen: new Float32Array(ITEMS),
		also: null,
		next: null,
		factors: null,
		...change,
	});
	const stay = (row: number, instant: number) => ({ row, weight: 1, instant });

	it('count the step from the newest home whole, from the one before it less', () => {
		const others = othersFromPack(pack({ next: only(3, 9, 2) }), KEYS);
		const last = others.fits([stay(5, 1), stay(3, 2)])[9];
		const earlier = others.fits([stay(3, 1), stay(5, 2)])[9];
		expect(last).toBeCloseTo(2 * blendSettings.next, 12);
		expect(earlier).toBeCloseTo(2 * blendSettings.next * blendSettings.faded, 12);
	});

	it('say less for one home of a long history, and of one that the pack hardly knows', () => {
		const others = othersFromPack(pack({ also: only(3, 9, 2) }), [...KEYS, 'new:1', 'new:2']);
		const alone = others.fits([stay(3, 1)])[9] as number;
		expect(alone).toBeCloseTo(2 * blendSettings.also, 12);
		expect(others.fits([3, 5, 6, 7].map(stay))[9]).toBeCloseTo(alone / 2, 12);
		const strange = others.fits([stay(3, 1), stay(ITEMS, 2), stay(ITEMS + 1, 3)])[9];
		expect(strange).toBeCloseTo(alone / Math.sqrt(3), 12);
	});

	it('say nothing where nobody chose anything', () => {
		expect(othersFromPack(pack({}), KEYS).fits([stay(1, 1)])).toEqual(new Float64Array(ITEMS));
	});
});
