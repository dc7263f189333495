import { describe, expect, test } from 'vitest';
import { hashText, seededRandom, shuffle } from '$workers/math/random';

describe('seeded randomness', () => {
	test('the same seed gives the same numbers, another seed others', () => {
		const draw = (seed: number) => {
			const random = seededRandom(seed);
			return Array.from({ length: 5 }, () => random.next());
		};
		expect(draw(1)).toEqual(draw(1));
		expect(draw(1)).not.toEqual(draw(2));
	});

	test('uniform numbers have the mean and variance of a uniform', () => {
		const random = seededRandom('uniform');
		const drawn = Array.from({ length: 100_000 }, () => random.next());
		const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
		const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
		// Four standard errors: sqrt(1/12/n) and about sqrt(1/180/n).
		expect(Math.abs(mean - 0.5)).toBeLessThan(0.0037);
		expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
	});

	test('normal numbers have mean 0 and variance 1', () => {
		const random = seededRandom('normal');
		const drawn = Array.from({ length: 100_000 }, () => random.normal());
		const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
		const variance = drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length;
		expect(Math.abs(mean)).toBeLessThan(0.0127);
		expect(Math.abs(variance - 1)).toBeLessThan(0.018);
	});

	test('a fork does not disturb the stream it came from', () => {
		const alone = seededRandom(3);
		const forked = seededRandom(3);
		forked.fork('other').next();
		expect(forked.next()).toBe(alone.next());
	});

	test('shuffling keeps every value', () => {
		const values = Uint32Array.from({ length: 100 }, (_, i) => i);
		expect([...shuffle(values, seededRandom(4))].sort((a, b) => a - b)).toEqual(
			Array.from({ length: 100 }, (_, i) => i),
		);
	});

	test('the hash is FNV-1a', () => {
		// Reference values of the published test suite, 32-bit FNV-1a of '' and 'a'.
		expect(hashText('')).toBe(0x811c9dc5);
		expect(hashText('a')).toBe(0xe40c292c);
	});
});
