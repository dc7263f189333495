import { describe, expect, it } from 'vitest';
import { openNodeDevice } from '../support/node-device';
import { liveTensors } from '$workers/device/device';
import { relativeError } from '$workers/device/trial';
import { changeInverse } from '$workers/learners/ease/change';
import { inversionWork, invert, invertSmall } from '$workers/learners/ease/inverse';
import { inversionTrial } from '$workers/learners/ease';
import { seededRandom } from '$workers/math/random';

/** XᵀX + ridge of drawn zeros and ones; some columns are far more frequent than others. */
function drawnGram(size: number, ridge: number): Float64Array {
	const random = seededRandom(`gram ${size}`);
	const gram = new Float64Array(size * size);
	for (let person = 0; person < 2 * size; person++) {
		const own = Array.from({ length: 20 }, () => Math.floor(size * random.next() ** 2));
		for (const i of new Set(own))
			for (const j of new Set(own)) gram[i * size + j] = (gram[i * size + j] as number) + 1;
	}
	for (let i = 0; i < size; i++) gram[i * (size + 1)] = (gram[i * (size + 1)] as number) + ridge;
	return gram;
}

/** The largest difference of matrix · inverse from the identity, in some twenty of the rows. */
function distance(matrix: Float64Array, inverse: ArrayLike<number>, size: number): number {
	let largest = 0;
	for (let i = 0; i < size; i += Math.ceil(size / 20)) {
		const row = new Float64Array(size);
		for (let k = 0; k < size; k++)
			for (let j = 0; j < size; j++)
				row[j] =
					(row[j] as number) + (matrix[i * size + k] as number) * (inverse[k * size + j] as number);
		row[i] = (row[i] as number) - 1;
		for (const value of row) largest = Math.max(largest, Math.abs(value));
	}
	return largest;
}

describe('the inverse of a small matrix', () => {
	it('is one, to float64', () => {
		for (const size of [1, 2, 7, 60]) {
			const gram = drawnGram(size, 1);
			expect(distance(gram, invertSmall(gram, size), size)).toBeLessThan(1e-12);
		}
	});

	it('is refused where there is none', () => {
		expect(() => invertSmall(Float64Array.of(1, 2, 2, 1), 2)).toThrow(RangeError);
	});
});

describe('an inverse after many changes at once', () => {
	// Two bands of rows and a rest; numbers of changes that are and are not in fours.
	it.each([1, 4, 11])('is that of the changed matrix, and symmetric: %i changes', (count) => {
		const size = 150;
		const random = seededRandom(`changes ${count}`);
		const gram = drawnGram(size, 5);
		const inverse = Float32Array.from(invertSmall(gram, size));
		const changes = Array.from({ length: count }, (_, k) => ({
			weight: k % 3 === 2 ? -0.2 : 1 + k,
			columns: [k, size - 1 - k, 70],
			values: [1, 1 + random.next(), 2],
		}));
		changeInverse(inverse, size, changes);
		for (const { weight, columns, values } of changes)
			columns.forEach((i, a) =>
				columns.forEach((j, b) => {
					const product = weight * (values[a] as number) * (values[b] as number);
					gram[i * size + j] = (gram[i * size + j] as number) + product;
				}),
			);
		expect(relativeError({ inverse }, { inverse: invertSmall(gram, size) })).toBeLessThan(1e-6);
		for (let i = 0; i < size; i++)
			for (let j = 0; j < i; j++) expect(inverse[i * size + j]).toBe(inverse[j * size + i]);
	});
});

describe.each(['cpu', 'wasm'] as const)('the inverse of a large matrix on %s', (backend) => {
	it('is that of float64 to seven digits, and symmetric', async () => {
		const device = await openNodeDevice({ prefer: backend });
		for (const size of backend === 'wasm' ? [113, 301, 1030] : [113, 301]) {
			const gram = drawnGram(size, 20);
			const before = liveTensors();
			const inverse = await device.use((session) =>
				invert(Float32Array.from(gram), size, session, async () => undefined),
			);
			expect(liveTensors()).toBe(before);
			if (size < 400) {
				const expected = invertSmall(gram, size);
				expect(relativeError({ inverse }, { inverse: expected })).toBeLessThan(1e-6);
			}
			expect(distance(gram, inverse, size)).toBeLessThan(1e-5);
		}
		device.close();
	});

	it('says how much of its work is done, up to all of it', async () => {
		const device = await openNodeDevice({ prefer: backend });
		for (const size of backend === 'wasm' ? [230, 1030] : [230]) {
			const done: number[] = [];
			const gram = Float32Array.from(drawnGram(size, 20));
			await device.use((session) =>
				invert(gram, size, session, async (work) => void done.push(work)),
			);
			expect(done).toEqual([...done].sort((a, b) => a - b));
			expect(done.at(-1)).toBe(inversionWork(size));
		}
		device.close();
	});
});

describe('an inversion', () => {
	it('lets others have their turn where it only moves matrices, too', async () => {
		const size = 1030;
		const device = await openNodeDevice({ prefer: 'wasm' });
		const told: number[] = [];
		await device.use((session) =>
			invert(Float32Array.from(drawnGram(size, 20)), size, session, async (work) => {
				told.push(work);
			}),
		);
		// Quarters and their parts: between two products nothing is multiplied.
		expect(told.filter((work, i) => work === told[i - 1]).length).toBeGreaterThan(20);
		expect(told[0]).toBe(0);
		device.close();
	});
});

describe('the race of backends on a strip of the inversion', () => {
	it('checks what they compute', async () => {
		const device = await openNodeDevice({ trial: inversionTrial(seededRandom('race')) });
		const healthy = device.report.trials.filter(({ error }) => error < 1e-5);
		expect(healthy.map(({ backend }) => backend)).toEqual(['wasm', 'cpu']);
		device.close();
	});
});
