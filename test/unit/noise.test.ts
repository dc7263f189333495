/** Noise for releases: its distribution worked out exactly, and seen in seeded draws. */
import { describe, expect, test } from 'vitest';
import { ExactNoise, type Rational } from '$workers/privacy/noise/exact-noise';
import { chanceOfAtLeast, rarelyReached, usuallyWithin } from '$workers/privacy/noise/laplace';
import { RandomBits } from '$workers/privacy/noise/random-bits';
import { chanceBounds, chiSquareChance, chiSquareTail } from '../support/chances';
import { drawnChance } from '../support/drawn-chance';
import {
	chancesOf,
	expOfMinus,
	gaussianWeight,
	laplaceWeight,
	ONE,
} from '../support/exact-chances';
import { seededBits } from '../support/seeded-bits';

const rational = (over: number, under = 1): Rational => ({
	over: BigInt(over),
	under: BigInt(under),
});
const SCALES = [rational(1), rational(1, 2), rational(2), rational(7, 3), rational(14)];

/** Every difference between two exact distributions is below this: 60 digits, of 77 that are kept. */
const NOTHING = ONE / 10n ** 60n;

/** The largest difference between a round's chances, divided by their sum, and the formula's. */
function worst(
	round: ReadonlyMap<bigint | null, bigint>,
	weight: (value: bigint) => bigint,
	reach: bigint,
): bigint {
	const values = Array.from({ length: 2 * Number(reach) + 1 }, (_, i) => BigInt(i) - reach);
	const drawn = (value: bigint) => round.get(value) ?? 0n;
	const zero = drawn(0n);
	const differences = values.map((value) => {
		// Proportions to the chance of 0, so that neither side needs an endless sum.
		const off = (drawn(value) * ONE) / zero - weight(value);
		return off < 0n ? -off : off;
	});
	return differences.reduce((most, each) => (each > most ? each : most), 0n);
}

describe('exact chances', () => {
	test('exp(-r) of the fixture agrees with the known digits of 1/e', () => {
		// OEIS A068985.
		const digits = 36787944117144232159552377016146086744581113103176n;
		const found = (expOfMinus(rational(1)) * 10n ** 50n) / ONE;
		expect(found).toBe(digits);
	});

	test.each([rational(0), rational(1, 3), rational(5, 7), rational(1)])(
		'a coin with chance exp(-$over/$under) has it, from uniform numbers alone',
		(rate) => {
			const chances = chancesOf((noise) => noise.bernoulliExpOfUnit(rate), 'uniform');
			const off = (chances.get(true) ?? 0n) - expOfMinus(rate);
			expect(off < NOTHING && off > -NOTHING).toBe(true);
		},
	);

	test.each([rational(3, 2), rational(4), rational(31, 7)])(
		'a coin with chance exp(-$over/$under), above 1, has it',
		(rate) => {
			const chances = chancesOf((noise) => noise.bernoulliExp(rate), 'unit');
			const off = (chances.get(true) ?? 0n) - expOfMinus(rate);
			expect(off < NOTHING && off > -NOTHING).toBe(true);
		},
	);

	test.each(SCALES)(
		'Laplace noise of scale $over/$under has its chances up to 20 standard deviations',
		(scale) => {
			// The standard deviation is below √2 times the scale.
			const reach = (scale.over * 29n) / scale.under + 1n;
			// Once past the reach, a way is left out: at e^-40 of the chance of 0 or less.
			const round = chancesOf((noise) => noise.laplaceRound(scale), 'exp', {
				least: ONE / 10n ** 19n / scale.over,
			});
			const nearly = ONE / 10n ** 15n;
			expect(worst(round, (value) => laplaceWeight(scale, value), reach) < nearly).toBe(true);
		},
	);

	test.each([rational(1), rational(1, 2), rational(9), rational(20, 3), rational(49)])(
		'Gaussian noise of variance $over/$under has its chances up to 20 standard deviations',
		(variance) => {
			const reach = BigInt(
				Math.ceil(20 * Math.sqrt(Number(variance.over) / Number(variance.under))),
			);
			const round = chancesOf((noise) => noise.gaussianRound(variance), 'laplace', { reach });
			expect(worst(round, (value) => gaussianWeight(variance, value), reach) < NOTHING).toBe(true);
		},
	);
});

describe('seeded draws', () => {
	const DRAWS = 100_000;

	test('bits below a number are uniform, and every one of them comes', () => {
		const bits = seededBits('uniform');
		const counts = Array.from({ length: 300 }, () => 0);
		for (let i = 0; i < DRAWS; i++) {
			const drawn = Number(bits.below(300n));
			counts[drawn] = (counts[drawn] as number) + 1;
		}
		expect(
			chiSquareChance(
				counts,
				counts.map(() => DRAWS / 300),
			),
		).toBeGreaterThan(1e-4);
	});

	test('numbers wider than a byte use every bit', () => {
		const bits = seededBits('wide');
		const wide = 1n << 70n;
		let [any, all] = [0n, wide - 1n];
		for (let i = 0; i < 200; i++) {
			const drawn = bits.below(wide);
			expect(drawn >= 0n && drawn < wide).toBe(true);
			any |= drawn;
			all &= drawn;
		}
		expect(any).toBe(wide - 1n);
		expect(all).toBe(0n);
	});

	test('nothing is below 0', () => {
		expect(() => seededBits(1).below(0n)).toThrow(RangeError);
	});

	test.each([rational(1, 5), rational(1), rational(9, 4)])(
		'a coin of exp(-$over/$under) falls as often as it should',
		(rate) => {
			const noise = new ExactNoise(seededBits('coin'));
			let hits = 0;
			for (let i = 0; i < DRAWS; i++) if (noise.bernoulliExp(rate)) hits++;
			const { low, high } = chanceBounds(hits, DRAWS, 1e-4);
			const chance = Math.exp(-Number(rate.over) / Number(rate.under));
			expect(chance).toBeGreaterThan(low);
			expect(chance).toBeLessThan(high);
		},
	);

	test.each(SCALES)('Laplace noise of scale $over/$under falls as it should', (scale) => {
		const noise = new ExactNoise(seededBits('laplace'));
		const size = Number(scale.over) / Number(scale.under);
		const weight = (value: number) => Math.exp(-Math.abs(value) / size);
		const chance = drawnChance(() => noise.laplace(scale), DRAWS, weight, Math.ceil(40 * size));
		expect(chance).toBeGreaterThan(1e-4);
	});

	test('Gaussian noise falls as it should', () => {
		const noise = new ExactNoise(seededBits('gaussian'));
		const weight = (value: number) => Math.exp(-(value * value) / (2 * 9));
		const draw = () => noise.gaussian(rational(9));
		expect(drawnChance(draw, DRAWS / 2, weight, 40)).toBeGreaterThan(1e-4);
	});

	test('a release draws from the browser itself where nothing is handed in', () => {
		const drawn = Array.from({ length: 64 }, () => new RandomBits().below(1n << 64n));
		expect(new Set(drawn).size).toBe(64);
	});

	test('no other source of randomness and no float is in the samplers', async () => {
		const { readFile } = await import('node:fs/promises');
		for (const file of ['random-bits', 'exact-noise']) {
			const text = await readFile(`workers/privacy/noise/${file}.ts`, 'utf8');
			const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
			expect(code.match(/Math\.(?!ceil|min)\w+|Float|\d\.\d|parseFloat/g), file).toBeNull();
		}
	});
});

describe('what is known of the noise before it is drawn', () => {
	test.each(SCALES)('tails of scale $over/$under add up as the distribution does', (scale) => {
		const size = Number(scale.over) / Number(scale.under);
		const weights = Array.from({ length: Math.ceil(60 * size) + 60 }, (_, i) =>
			Math.exp(-i / size),
		);
		const all = 2 * weights.reduce((sum, each) => sum + each, 0) - 1;
		for (const least of [1, 2, 5, 20]) {
			const tail = weights.slice(least).reduce((sum, each) => sum + each, 0) / all;
			expect(chanceOfAtLeast(scale, least)).toBeCloseTo(tail, 12);
		}
	});

	test('bounds are the smallest that hold', () => {
		const least = rarelyReached(rational(4), 1e-6);
		expect(chanceOfAtLeast(rational(4), least)).toBeLessThanOrEqual(1e-6);
		expect(chanceOfAtLeast(rational(4), least - 1)).toBeGreaterThan(1e-6);
		const within = usuallyWithin(rational(4), 0.9);
		expect(2 * chanceOfAtLeast(rational(4), within + 1)).toBeLessThanOrEqual(0.1);
		expect(2 * chanceOfAtLeast(rational(4), within)).toBeGreaterThan(0.1);
	});
});

describe('tails of the fixtures', () => {
	test('χ² tails are those of printed tables', () => {
		// Abramowitz and Stegun (1964), table 26.8.
		expect(chiSquareTail(3.841459, 1)).toBeCloseTo(0.05, 6);
		expect(chiSquareTail(18.30704, 10)).toBeCloseTo(0.05, 6);
		expect(chiSquareTail(149.4493, 100)).toBeCloseTo(0.001, 6);
	});

	test('Clopper and Pearson agree with the closed forms', () => {
		expect(chanceBounds(0, 10, 0.025).high).toBeCloseTo(1 - 0.025 ** (1 / 10), 9);
		expect(chanceBounds(10, 10, 0.025).low).toBeCloseTo(0.025 ** (1 / 10), 9);
		expect(chanceBounds(1, 1, 0.1)).toEqual({ low: expect.closeTo(0.1, 9) as number, high: 1 });
	});
});
