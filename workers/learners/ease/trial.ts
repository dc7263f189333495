import { matMul, sub, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Trial } from '$workers/device/trial';
import type { Random } from '$workers/math/random';

/** A strip of the products that an inversion is made of. */
const ROWS = 128;
const SIZE = 512;

/** One strip of a Schur complement, for the race of backends. */
export function inversionTrial(random: Random): Trial {
	const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
	const left = draw(ROWS * SIZE);
	const right = draw(SIZE * SIZE);
	const corner = draw(ROWS * SIZE);
	return {
		expected: () => ({ strip: complement(left, right, corner) }),
		begin() {
			const parts = [
				tensor2d(left, [ROWS, SIZE]),
				tensor2d(right, [SIZE, SIZE]),
				tensor2d(corner, [ROWS, SIZE]),
			] as const;
			let strip: Tensor2D | undefined;
			return {
				step() {
					strip?.dispose();
					strip = tidy(() => sub<Tensor2D>(parts[2], matMul(parts[0], parts[1])));
				},
				read: async () => ({ strip: (await strip?.data()) ?? [] }),
				dispose() {
					strip?.dispose();
					for (const part of parts) part.dispose();
				},
			};
		},
	};
}

/** corner - left · right, in float64. */
function complement(left: Float32Array, right: Float32Array, corner: Float32Array): Float64Array {
	const result = Float64Array.from(corner);
	for (let row = 0; row < ROWS; row++)
		for (let k = 0; k < SIZE; k++) {
			const value = left[row * SIZE + k] as number;
			for (let i = 0; i < SIZE; i++)
				result[row * SIZE + i] =
					(result[row * SIZE + i] as number) - value * (right[k * SIZE + i] as number);
		}
	return result;
}
