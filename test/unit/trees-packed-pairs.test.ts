import { describe, expect, it } from 'vitest';
import {
	gradientOf,
	hessianOf,
	packPairs,
	unpackSums,
} from '$workers/learners/boosted-trees/packed-pairs';
import { seededRandom } from '$workers/math/random';

const COUNT = 5000;

function drawn(hessian: (chance: number) => number) {
	const random = seededRandom('packed pairs');
	return {
		gradients: Float64Array.from({ length: COUNT }, () => random.normal() * 1e3),
		hessians: Float64Array.from({ length: COUNT }, () => hessian(random.next())),
		rows: Uint32Array.from({ length: COUNT }, (_, row) => row),
		packed: new Float64Array(COUNT),
	};
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe('packed gradients and hessians', () => {
	it('add up to both sums, the rounding of each row aside', () => {
		const { gradients, hessians, rows, packed } = drawn((chance) => chance * (1 - chance));
		const units = packPairs({ gradients, hessians }, rows, COUNT, packed);
		const sum = total(packed);
		const error = (found: number, values: Float64Array) => Math.abs(found - total(values)) / COUNT;
		expect(error(gradientOf(sum, units), gradients)).toBeLessThan(units.gradient / 2);
		expect(error(hessianOf(sum, units), hessians)).toBeLessThan(units.hessian);
	});

	it('add up to the same number in any order, and nothing is left of rows without rows', () => {
		const { gradients, hessians, rows, packed } = drawn((chance) => 1e-9 + chance);
		packPairs({ gradients, hessians }, rows, COUNT, packed);
		expect(total(packed.toReversed())).toBe(total(packed));
		expect(packed.reduce((rest, value) => rest - value, total(packed))).toBe(0);
	});

	it('keep whole numbers as they are, and their signs', () => {
		const gradients = Float64Array.of(-3, 2, -7, 0);
		const hessians = Float64Array.of(1, 2, 3, 1);
		const packed = new Float64Array(4);
		const rows = Uint32Array.of(0, 1, 2, 3);
		const units = packPairs({ gradients, hessians }, rows, 4, packed);
		const found = { gradients: new Float64Array(4), hessians: new Float64Array(4) };
		unpackSums(packed, 0, 4, units, found.gradients, found.hessians);
		expect(found).toEqual({ gradients, hessians });
	});

	it('show a row even where its hessian is next to nothing', () => {
		const hessians = Float64Array.of(1e6, 1e-9);
		const packed = new Float64Array(2);
		const gradients = new Float64Array(2);
		const units = packPairs({ gradients, hessians }, Uint32Array.of(0, 1), 2, packed);
		expect(hessianOf(packed[1] as number, units)).toBeGreaterThan(0);
	});
});
