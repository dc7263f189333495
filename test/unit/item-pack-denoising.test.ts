import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { itemWeights } from '$workers/models/item-pack';
import { denoised } from '$workers/models/item-pack/denoised';
import { sharesOf } from '$workers/models/item-pack/shares';
import { countStatistics, MOST_HOMES, pairStep, UNIT } from '$workers/privacy/pack';
import { pairAt, pairsOf } from '$workers/table/pairs';

const SIZE = 30;
const random = seededRandom('denoising');

/** A symmetric square with nothing on the diagonal. */
function square(size: number, cell: (row: number, column: number) => number): Float64Array {
	const cells = new Float64Array(size * size);
	for (let row = 0; row < size; row++)
		for (let column = 0; column < row; column++)
			cells[row * size + column] = cells[column * size + row] = cell(row, column);
	return cells;
}

const noiseAlone = (size = SIZE) => square(size, () => random.normal());
/** Three groups of rows: more than usual within one, less across. */
const groups = (strength: number) =>
	square(SIZE, (row, column) => strength * (row % 3 === column % 3 ? 2 : -1));
const plus = (one: Float64Array, other: Float64Array) =>
	one.map((value, i) => value + (other[i] as number));
const energy = (cells: Float64Array) => cells.reduce((sum, cell) => sum + cell ** 2, 0);
const apart = (one: Float64Array, other: Float64Array) =>
	energy(one.map((value, i) => value - (other[i] as number)));
const mean = (values: readonly number[]) =>
	values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a matrix without its noise', () => {
	it('keeps next to nothing of noise alone', () => {
		const left = Array.from({ length: 20 }, () => {
			const noise = noiseAlone();
			return energy(denoised(noise, SIZE)) / energy(noise);
		});
		expect(mean(left)).toBeLessThan(0.03);
	});

	it('is much nearer to groups of rows than what was seen, and than the best part of each cell', () => {
		for (const strength of [0.6, 1]) {
			const truth = groups(strength);
			// The part that is best of all where every cell is drawn towards 0 alike.
			const part = energy(truth) / (energy(truth) + SIZE * (SIZE - 1));
			const errors = Array.from({ length: 20 }, () => {
				const seen = plus(truth, noiseAlone());
				const alike = seen.map((cell) => part * cell);
				return apart(denoised(seen, SIZE), truth) / apart(alike, truth);
			});
			expect(mean(errors)).toBeLessThan(0.6);
		}
	});

	it('is what was seen, but for little, where that is far above the noise', () => {
		const truth = groups(50);
		expect(apart(denoised(truth, SIZE), truth) / energy(truth)).toBeLessThan(1e-3);
	});

	it('is symmetric, the same each time, and nothing of nothing', () => {
		const kept = denoised(plus(groups(1), noiseAlone()), SIZE);
		for (let row = 0; row < SIZE; row++)
			for (let column = 0; column < row; column++)
				expect(kept[row * SIZE + column]).toBeCloseTo(kept[column * SIZE + row] as number, 10);
		const noise = noiseAlone(6);
		expect(denoised(noise, 6)).toEqual(denoised(noise, 6));
		expect([...denoised(new Float64Array(16), 4)]).toEqual(new Array(16).fill(0));
	});
});

describe('shares of all choices', () => {
	const guests = Array.from({ length: 300 }, (_, i) => [i % 4, 4 + (i % 2)]);
	const counts = countStatistics(guests, 6);
	const exact = { chosen: 0, also: 0, next: 0, unit: UNIT, pair: UNIT };

	it('are those of the choices where there is no noise', () => {
		[...sharesOf(counts, exact)].forEach((share, home) =>
			expect(share).toBeCloseTo(home < 4 ? 1 / 8 : 1 / 4, 12),
		);
	});

	it('follow the pairs where the choices are drowned in noise, and the choices where the pairs are', () => {
		const drowned = { ...counts, chosen: [9_000, 0, 0, 0, 0, 0] };
		const byPairs = sharesOf(drowned, { ...exact, chosen: 1e8 });
		expect(byPairs[5]).toBeGreaterThan(byPairs[1] as number);
		const none = { ...counts, also: new Float64Array(pairsOf(6)) };
		none.also[pairAt(0, 1)] = 20_000;
		const byChoices = sharesOf(none, { ...exact, also: 1e10 });
		[...byChoices].forEach((share, home) => expect(share).toBeCloseTo(home < 4 ? 1 / 8 : 1 / 4, 2));
	});

	it('are nearer to the truth by both than by choices alone', () => {
		const noise = { ...exact, chosen: 2_000 ** 2, also: 500 ** 2 };
		const truth = sharesOf(counts, exact);
		const errors = { both: 0, choices: 0 };
		for (let draw = 0; draw < 200; draw++) {
			const seen = {
				...counts,
				chosen: Float64Array.from(counts.chosen, (count) => count + 2_000 * random.normal()),
				also: Float64Array.from(counts.also, (count) => count + 500 * random.normal()),
			};
			errors.both += apart(sharesOf(seen, noise), truth);
			// Pairs that nothing is known of.
			errors.choices += apart(sharesOf(seen, { ...noise, also: 1e15 }), truth);
		}
		expect(errors.both).toBeLessThan(0.7 * errors.choices);
	});
});

describe('what a guest counts for in the cell of a pair', () => {
	it('is a unit for two homes, and its share of one for more', () => {
		for (const homes of [2, 3, 4, 6]) {
			const guest = Array.from({ length: homes }, (_, home) => home);
			const counts = countStatistics(new Array(50).fill(guest), 8);
			expect(pairStep(counts)).toBeCloseTo(UNIT / pairsOf(homes), 12);
		}
	});

	it('stays within what there can be, whatever noise makes of the counts', () => {
		for (const more of [-900, 0, 1e6])
			for (const sum of [-1e6, 0, 60, 1e6]) {
				const step = pairStep({ also: Int32Array.of(sum), more });
				expect(step).toBeLessThanOrEqual(UNIT);
				expect(step).toBeGreaterThanOrEqual(UNIT / pairsOf(MOST_HOMES));
			}
	});
});

describe('the weights of a town with many homes', () => {
	it('are told pair by pair, and put the homes of one’s own taste first', () => {
		const homes = 251;
		const guests = Array.from({ length: 2_000 }, (_, i) => {
			const first = i % 2 ? 3 : 0;
			return [first + (i % 3), first + ((i + 1) % 3)];
		});
		const noise = { chosen: 0, also: 0, next: 0, unit: UNIT, pair: UNIT };
		const { also } = itemWeights(countStatistics(guests, homes), noise);
		const row = also.columns.subarray(also.starts[0], also.starts[1]);
		const weights = also.values.subarray(also.starts[0], also.starts[1]);
		const of = (home: number) => weights[row.indexOf(home)] as number;
		expect(Math.min(of(1), of(2))).toBeGreaterThan(0);
		expect(Math.max(of(3), of(4), of(5))).toBeLessThan(0);
	});
});
