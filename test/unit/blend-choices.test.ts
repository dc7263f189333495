import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { type Choice, fitChoices } from '$workers/models/recommender/blend-choices';

const WEIGHTS = [1.2, -0.7, 0];
const SIZE = WEIGHTS.length;

/** People who choose among `homes` by the planted weights (Gumbel's noise makes it a logit). */
function plantedChoices(people: number, homes: number, drawn = homes): Choice[] {
	const random = seededRandom('blend-choices');
	return Array.from({ length: people }, () => {
		const rows = Array.from({ length: homes }, () =>
			Array.from({ length: SIZE }, () => random.normal()),
		);
		const wants = rows.map(
			(row) =>
				row.reduce((sum, value, k) => sum + value * (WEIGHTS[k] as number), 0) -
				Math.log(-Math.log(1 - random.next())),
		);
		const chosen = wants.indexOf(Math.max(...wants));
		const others = rows.filter((_, home) => home !== chosen).slice(0, drawn - 1);
		return { rows: Float32Array.from([rows[chosen] as number[], ...others].flat()) };
	});
}

describe('a blend fitted on choices', () => {
	it('finds the weights by which people chose', () => {
		const weights = fitChoices(plantedChoices(3000, 20), { size: SIZE, penalty: 0 });
		WEIGHTS.forEach((weight, k) =>
			expect(Math.abs((weights[k] as number) - weight)).toBeLessThan(0.08),
		);
	});

	it('finds them from homes drawn by lot, too', () => {
		const weights = fitChoices(plantedChoices(3000, 60, 20), { size: SIZE, penalty: 0 });
		WEIGHTS.forEach((weight, k) =>
			expect(Math.abs((weights[k] as number) - weight)).toBeLessThan(0.12),
		);
	});

	it('stands where the gradient of its loss is zero, whatever the scale of a feature', () => {
		const choices = plantedChoices(200, 10);
		const penalty = 3;
		const plain = fitChoices(choices, { size: SIZE, penalty });
		const larger = choices.map(({ rows }) => ({
			rows: rows.map((value, at) => (at % SIZE === 1 ? 100 * value : value)),
		}));
		const scaled = fitChoices(larger, { size: SIZE, penalty });
		expect(100 * (scaled[1] as number)).toBeCloseTo(plain[1] as number, 3);
		expect(scaled[0]).toBeCloseTo(plain[0] as number, 3);
	});

	it('gives nothing to features that never differ', () => {
		const choices = plantedChoices(100, 10).map(({ rows }) => ({
			rows: rows.map((value, at) => (at % SIZE === 2 ? 5 : value)),
		}));
		const weights = fitChoices(choices, { size: SIZE, penalty: 1 });
		expect(Math.abs(weights[2] as number)).toBeLessThan(1e-6);
		expect(weights.every(Number.isFinite)).toBe(true);
	});

	it('refuses to learn from nothing and from rows that are not whole', () => {
		expect(() => fitChoices([], { size: 2, penalty: 1 })).toThrow(RangeError);
		const broken = [{ rows: new Float32Array(3) }];
		expect(() => fitChoices(broken, { size: 2, penalty: 1 })).toThrow('not whole');
	});
});
