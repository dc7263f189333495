import { describe, expect, it } from 'vitest';
import { type ItemKnnParams, itemKnn } from '$workers/learners/item-knn';
import type { Interactions } from '$workers/learners/interactions';
import { sparseRows, takeRows } from '$workers/table/sparse';
import { plainRun } from '../conformance/learner';
import { plantedTastes } from '../support/planted-tastes';

const SHAPE = { people: 60, groups: 3, each: 7, own: 0.6, other: 0.1 };
const PLAIN: ItemKnnParams = { neighbours: 5, shrinkage: 3, rarity: false, saturation: Infinity };

const fit = (train: Interactions, params: Partial<ItemKnnParams> = {}) =>
	itemKnn({ ...PLAIN, ...params }).fit(train, plainRun());

/** Cosines with shrinkage from the dense matrix, as written in the textbook. */
function denseSimilarities(dense: readonly (readonly number[])[], shrinkage: number) {
	const items = dense[0]!.length;
	const dot = (i: number, j: number) => dense.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
	return Array.from({ length: items }, (_, i) =>
		Array.from({ length: items }, (_, j) =>
			i === j ? 0 : dot(i, j) / (Math.sqrt(dot(i, i)) * Math.sqrt(dot(j, j)) + shrinkage),
		),
	);
}

function denseRows({ count, width, starts, columns, values }: Interactions): number[][] {
	return Array.from({ length: count }, (_, row) => {
		const dense = new Array<number>(width).fill(0);
		for (let at = starts[row]!; at < starts[row + 1]!; at++) dense[columns[at]!] = values[at]!;
		return dense;
	});
}

describe('item-kNN', () => {
	it('scores as the dense matrix says, with all neighbours', async () => {
		const train = plantedTastes(SHAPE);
		const dense = denseRows(train);
		const similarities = denseSimilarities(dense, PLAIN.shrinkage);
		const scores = await (await fit(train, { neighbours: train.width })).scores(train);
		dense.forEach((row, person) =>
			row.forEach((_, item) => {
				const wanted = row.reduce((sum, value, own) => sum + value * similarities[own]![item]!, 0);
				expect(scores[person * train.width + item]).toBeCloseTo(wanted, 5);
			}),
		);
	});

	it('keeps the nearest neighbours, nearest first', async () => {
		const train = plantedTastes(SHAPE);
		const similarities = denseSimilarities(denseRows(train), PLAIN.shrinkage);
		const fitted = await fit(train);
		for (let item = 0; item < train.width; item++) {
			const wanted = [...similarities[item]!.entries()]
				.sort(([i, a], [j, b]) => b - a || i - j)
				.slice(0, PLAIN.neighbours);
			const { items, similarities: found } = fitted.neighboursOf(item);
			expect([...items]).toEqual(wanted.map(([other]) => other));
			wanted.forEach(([, value], place) => expect(found[place]).toBeCloseTo(value, 12));
		}
	});

	it('lets people of few items count more where rarity counts', async () => {
		// Items 0 and 1 were chosen together by somebody who chose little else, 0 and 2 by one who chose all.
		const train = sparseRows(
			[
				[0, 1],
				[0, 2, 3, 4, 5, 6],
			].map((row) => row.map((item) => [item, 1] as const)),
			7,
		);
		const plain = (await fit(train)).neighboursOf(0);
		const rare = (await fit(train, { rarity: true })).neighboursOf(0);
		expect(plain.similarities[0]).toBe(plain.similarities[1]);
		expect(rare.items[0]).toBe(1);
		expect(rare.similarities[0]).toBeGreaterThan(1.2 * rare.similarities[1]!);
	});

	it('saturates: a thousand times counts no more than twice as much as once', async () => {
		const once = sparseRows(
			[
				[
					[0, 1],
					[1, 1],
				],
				[
					[1, 1],
					[2, 1],
				],
			],
			3,
		);
		const often = sparseRows(
			[
				[
					[0, 1],
					[1, 1000],
				],
				[
					[1, 1],
					[2, 1],
				],
			],
			3,
		);
		const params = { saturation: 1, shrinkage: 0 };
		const of = async (train: Interactions) => (await fit(train, params)).neighboursOf(1);
		expect((await of(once)).similarities[0]).toBeCloseTo(1 / Math.SQRT2, 3);
		// Of weights 2 and 1: 2 / √5.
		expect((await of(often)).similarities[0]).toBeCloseTo(2 / Math.sqrt(5), 3);
	});

	it('forgets people to the last bit, in any order, rarity and all', async () => {
		const train = plantedTastes(SHAPE);
		const order = Array.from({ length: SHAPE.people }, (_, person) => person);
		const params = { rarity: true, saturation: 1.2 };
		const forgetful = await fit(train, params);
		for (const person of [7, 59, 0]) forgetful.forget(takeRows(train, [person]));
		const without = takeRows(
			train,
			order.filter((person) => ![7, 59, 0].includes(person)),
		);
		expect(forgetful.toBuffer()).toEqual((await fit(without, params)).toBuffer());
	});

	it('keeps nothing once everybody is forgotten', async () => {
		const train = plantedTastes(SHAPE);
		const fitted = await fit(train, { rarity: true });
		fitted.forget(train);
		const nobody = takeRows(train, []);
		expect(fitted.toBuffer()).toEqual((await fit(nobody, { rarity: true })).toBuffer());
	});

	it('tells for each item of a history what it said for another', async () => {
		const train = plantedTastes(SHAPE);
		const fitted = await fit(train);
		const scores = await fitted.scores(train);
		for (let item = 0; item < train.width; item++) {
			const sum = fitted.shares(train, 3, item).reduce((total, share) => total + share, 0);
			expect(sum).toBeCloseTo(scores[3 * train.width + item]!, 5);
		}
	});

	it('refuses people over other items', async () => {
		const fitted = await fit(plantedTastes(SHAPE));
		expect(() => fitted.update(sparseRows([[[0, 1]]], 3))).toThrow(RangeError);
	});
});
