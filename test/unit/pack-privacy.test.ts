import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { HELD_OUT_OF } from '$workers/models/item-pack';
import { ExactNoise } from '$workers/privacy/noise/exact-noise';
import {
	boundedChoices,
	countStatistics,
	MOST_HOMES,
	noised,
	OF_HELD_OUT,
	OF_MEMBERS,
	releasedAudit,
	releasedMeans,
	scaleOf,
	UNIT,
	varianceOf,
} from '$workers/privacy/pack';
import { seededBits } from '../support/seeded-bits';

const HOMES = 12;
const random = seededRandom('packs');
const anyGuest = () =>
	boundedChoices(Array.from({ length: 1 + random.integer(9) }, () => random.integer(HOMES)));
const guests = Array.from({ length: 200 }, anyGuest);
const noise = (seed: string) => new ExactNoise(seededBits(seed));
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, each) => all + each, 0);
const apart = (one: ArrayLike<number>, other: ArrayLike<number>) =>
	sum(Array.from(one, (value, i) => Math.abs(value - (other[i] as number))));

describe('what one guest brings to a pack', () => {
	it('is each home once, in the order of the first time, the last ones where there are many', () => {
		expect(boundedChoices([3, 3, 1, 3])).toEqual([3, 1]);
		expect(boundedChoices([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([2, 3, 4, 5, 6, 7]);
		expect(boundedChoices([])).toEqual([]);
	});

	it('is one unit of each statistic at most, whatever the guest did and whoever the others are', () => {
		const without = countStatistics(guests, HOMES);
		for (let i = 0; i < 300; i++) {
			const guest = anyGuest();
			const all = countStatistics([...guests, guest], HOMES);
			const pairs = guest.length > 1 ? UNIT : 0;
			expect(apart(all.chosen, without.chosen)).toBe(UNIT);
			expect(apart(all.also, without.also)).toBe(pairs);
			expect(apart(all.next, without.next)).toBe(pairs);
			expect(all.guests - without.guests).toBe(1);
			expect(all.more - without.more).toBeLessThanOrEqual(MOST_HOMES - 1);
		}
	});

	it('is refused beyond that', () => {
		const many = Array.from({ length: MOST_HOMES + 1 }, (_, home) => home);
		expect(() => countStatistics([many], HOMES)).toThrow(RangeError);
	});
});

describe('the epsilon of a pack', () => {
	it('is divided, and not exceeded, on either side', () => {
		expect(sum(Object.values(OF_MEMBERS))).toBe(100);
		expect(sum(Object.values(OF_HELD_OUT))).toBe(100);
	});

	it('makes the audit as sure from either side: one guest is held out for four who are not', () => {
		expect(OF_HELD_OUT.audit).toBe((HELD_OUT_OF - 1) * OF_MEMBERS.audit);
	});

	it('is what the chances of two worlds that differ in one guest come to', () => {
		// Discrete Laplace of scale s: the chance of y falls by exp(-1 / s) with each whole number.
		const parts = Object.entries({
			also: UNIT,
			chosen: UNIT,
			next: UNIT,
			guests: 1,
			more: MOST_HOMES - 1,
		}) as [keyof typeof OF_MEMBERS, number][];
		const spent = parts.map(([name, most]) => {
			const { over, under } = scaleOf(most, 500, OF_MEMBERS[name]);
			return (most * Number(under)) / Number(over);
		});
		expect(sum(spent)).toBeCloseTo((0.5 * (100 - OF_MEMBERS.audit)) / 100, 12);
	});

	it('puts noise on every cell, those of nobody included, of the variance that was announced', async () => {
		const empty = countStatistics([], 40);
		const { also, chosen, next } = await noised(empty, 1_000, noise('cells'));
		const of = (part: number) => varianceOf(scaleOf(UNIT, 1_000, part));
		const meanSquare = (cells: Int32Array) => sum(cells.map((cell) => cell ** 2)) / cells.length;
		// The square of a Laplace draw has a standard deviation of √5 times its mean.
		const close = (cells: Int32Array, variance: number, count: number) =>
			expect(Math.abs(meanSquare(cells) / variance - 1)).toBeLessThan(5 * Math.sqrt(5 / count));
		close(also, of(OF_MEMBERS.also), also.length);
		close(chosen, of(OF_MEMBERS.chosen), chosen.length);
		const steps = next.filter((_, at) => Math.floor(at / 40) !== at % 40);
		close(steps, of(OF_MEMBERS.next), steps.length);
		for (let home = 0; home < 40; home++) expect(next[home * 41]).toBe(0);
	});

	it('leaves the statistics that it is drawn from as they were', async () => {
		const counted = countStatistics(guests, HOMES);
		await noised(counted, 1_000, noise('again'));
		expect(counted).toEqual(countStatistics(guests, HOMES));
	});

	it('stops where somebody stops it', async () => {
		const stopped = noised(countStatistics(guests, HOMES), 1_000, noise('stop'), () =>
			Promise.reject(new Error('stopped')),
		);
		await expect(stopped).rejects.toThrow('stopped');
	});
});

describe('what is told of guests who were held out', () => {
	it('is close to the means where they are many', () => {
		const figures = Array.from({ length: 20_000 }, (_, i) => [i % 4 === 0 ? 1 : 0, 0.5]);
		const told = releasedMeans(figures, 2, 1_000, noise('means'));
		expect(told.means[0]).toBeCloseTo(0.25, 2);
		expect(told.means[1]).toBeCloseTo(0.5, 2);
		expect(Math.abs(told.guests - 20_000)).toBeLessThan(200);
	});

	it('says how far off it may be where they are few', () => {
		const figures = Array.from({ length: 100 }, () => [0.4, 0.2]);
		const draws = Array.from({ length: 400 }, (_, i) =>
			releasedMeans(figures, 2, 1_000, noise(`few ${i}`)),
		);
		const within = draws.filter(
			({ means, standardErrors }) =>
				Math.abs((means[0] as number) - 0.4) <= 2 * (standardErrors[0] as number),
		);
		expect(within.length / draws.length).toBeGreaterThan(0.93);
	});

	it('is a number between 0 and 1 where there is nobody', () => {
		const { guests, means, standardErrors } = releasedMeans([], 2, 250, noise('nobody'));
		expect(guests).toBeGreaterThanOrEqual(1);
		for (const value of [...means, ...standardErrors]) {
			expect(value).toBeGreaterThanOrEqual(0);
			expect(value).toBeLessThanOrEqual(1);
		}
	});
});

describe('the audit as it is told', () => {
	const attack = (members: readonly number[], others: readonly number[]) => [
		{ attack: 'planted', members, others },
	];
	const told = (members: readonly number[], others: readonly number[], seed = 'audit') =>
		releasedAudit(attack(members, others), members.length, others.length, 1_000, noise(seed));
	const many = (count: number, value: (i: number) => number) =>
		Array.from({ length: count }, (_, i) => value(i));

	it('is a coin for scores that tell nothing, and sure for scores that tell all', () => {
		expect(
			told(
				many(8_000, () => 0),
				many(2_000, () => 0),
			).auc,
		).toBeCloseTo(0.5, 2);
		expect(
			told(
				many(8_000, () => 1),
				many(2_000, () => 0),
			).auc,
		).toBeCloseTo(1, 2);
	});

	it('takes the strongest of the attacks', () => {
		const members = many(8_000, (i) => i);
		const others = many(2_000, (i) => 4 * i);
		const both = [
			...attack(members, others),
			...attack(
				many(8_000, () => 1),
				many(2_000, () => 0),
			),
		];
		expect(releasedAudit(both, 8_000, 2_000, 1_000, noise('both')).auc).toBeCloseTo(1, 2);
	});

	it('changes by one guest’s part at most, whoever comes or goes', () => {
		// Without noise to speak of: an epsilon of a million.
		const of = (members: readonly number[], others: readonly number[]) =>
			releasedAudit(attack(members, others), 50, 20, 1_000_000_000, noise('exact')).auc;
		const members = many(50, () => random.next());
		const others = many(20, () => random.next());
		const before = of(members, others);
		for (let i = 0; i < 40; i++) {
			const score = random.next() * 2 - 0.5;
			expect(
				Math.abs(of([...members.slice(0, i), score, ...members.slice(i)], others) - before),
			).toBeLessThanOrEqual(1 / 50 + 1e-4);
			expect(Math.abs(of(members.toSpliced(i, 1), others) - before)).toBeLessThanOrEqual(
				1 / 50 + 1e-4,
			);
			expect(Math.abs(of(members, [score, ...others]) - before)).toBeLessThanOrEqual(1 / 20 + 1e-4);
		}
	});
});
