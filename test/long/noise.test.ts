/** A million seeded draws of each kind of noise. */
import { expect, test } from 'vitest';
import { ExactNoise } from '$workers/privacy/noise/exact-noise';
import { drawnChance } from '../support/drawn-chance';
import { seededBits } from '../support/seeded-bits';

const DRAWS = 1_000_000;
const TEN_MINUTES = 600_000;
const SCALES = [
	[1, 1],
	[1, 2],
	[2, 1],
	[7, 3],
	[14, 1],
] as const;

test.each(SCALES)(
	'a million draws of Laplace noise of scale %i/%i fit its distribution',
	(over, under) => {
		const noise = new ExactNoise(seededBits(`long laplace ${over}`));
		const scale = { over: BigInt(over), under: BigInt(under) };
		const size = over / under;
		const weight = (value: number) => Math.exp(-Math.abs(value) / size);
		const draw = () => noise.laplace(scale);
		expect(drawnChance(draw, DRAWS, weight, Math.ceil(40 * size))).toBeGreaterThan(1e-4);
	},
	TEN_MINUTES,
);

test.each(SCALES)(
	'a million draws of Gaussian noise of variance %i/%i fit its distribution',
	(over, under) => {
		const noise = new ExactNoise(seededBits(`long gaussian ${over}`));
		const variance = { over: BigInt(over), under: BigInt(under) };
		const weight = (value: number) => Math.exp((-value * value * under) / (2 * over));
		const draw = () => noise.gaussian(variance);
		const reach = Math.ceil(12 * Math.sqrt(over / under));
		expect(drawnChance(draw, DRAWS, weight, reach)).toBeGreaterThan(1e-4);
	},
	TEN_MINUTES,
);
