import { describe, expect, it } from 'vitest';
import { fitLocalRate, localInterval } from '$workers/learners/conformal';
import { seededRandom } from '$workers/math/random';

const chance = (score: number) => 1 / (1 + Math.exp(-score));

function tried(count: number, seed = 1) {
	const random = seededRandom(seed);
	const scores = Float64Array.from({ length: count }, () => 2 * random.normal());
	return { scores, targets: scores.map((score) => Number(random.next() < chance(score))) };
}

describe('the interval of a chance', () => {
	it('holds the true chance about eight times in ten', () => {
		const asked = Float64Array.from({ length: 41 }, (_, i) => -2 + i * 0.1);
		let held = 0;
		for (let seed = 0; seed < 40; seed++) {
			const { scores, targets } = tried(5000, seed);
			const { low, high } = localInterval(fitLocalRate(scores, targets), asked);
			asked.forEach((score, i) => {
				const truth = chance(score);
				if (truth >= (low[i] as number) && truth <= (high[i] as number)) held++;
			});
		}
		const share = held / (40 * asked.length);
		expect(share).toBeGreaterThan(0.72);
		expect(share).toBeLessThan(0.88);
	});

	it('is Wilson’s, with the numbers of his formula', () => {
		const scores = Float64Array.from({ length: 10 }, (_, i) => i);
		const targets = Float64Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
		const { low, high } = localInterval(fitLocalRate(scores, targets), Float64Array.of(4));
		// z = 1.2816: (.3 + z²/20 ± z √(.021 + z²/400)) / (1 + z²/10)
		expect(low[0]).toBeCloseTo(0.1538, 4);
		expect(high[0]).toBeCloseTo(0.50264, 4);
	});

	it('says nothing of what was never tried', () => {
		const { low, high } = localInterval(
			fitLocalRate(new Float64Array(0), new Float64Array(0)),
			Float64Array.of(0),
		);
		expect([low[0], high[0]]).toEqual([0, 1]);
	});
});
