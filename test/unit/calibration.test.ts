import { describe, expect, it } from 'vitest';
import {
	type CalibrationMap,
	applyCalibration,
	applyIsotonic,
	fitCalibration,
	fitIsotonic,
	poolAdjacent,
	sigmoid,
} from '$workers/learners/calibration';
import { seededRandom } from '$workers/math/random';
import { ece } from '$workers/metrics';

const scores = Float64Array.of(-2.1, -1.4, -1.4, -0.3, -0.9, 0.2, 0.5, 0.7, 1.1, 1.8, 0.2, 2.4);
const targets = Float64Array.of(0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1);
const weights = Float64Array.of(1, 2, 1, 1, 0.5, 1, 1, 3, 1, 1, 1, 1);
const asked = Float64Array.of(-3, -1.2, -0.5, 0.2, 0.6, 0.9, 2, 3);
const ones = (count: number) => new Float64Array(count).fill(1);

function expectClose(actual: Iterable<number>, expected: readonly number[], digits = 9) {
	expect([...actual]).toHaveLength(expected.length);
	[...actual].forEach((value, i) => expect(value).toBeCloseTo(expected[i] as number, digits));
}

describe('isotonic regression equals that of scikit-learn 1.2.1', () => {
	it("IsotonicRegression(out_of_bounds='clip').fit(scores, targets).predict(asked)", () => {
		const map = fitIsotonic(scores, targets);
		const expected = [0, 0.5, 0.5, 0.5, 0.5, 0.75, 1, 1];
		expectClose(
			asked.map((score) => applyIsotonic(map, score)),
			expected,
		);
	});
	it('the same with sample_weight=weights', () => {
		const map = fitIsotonic(scores, targets, weights);
		const third = 1 / 3;
		expectClose(
			asked.map((score) => applyIsotonic(map, score)),
			[0, third, third, third, third, 2 / 3, 1, 1],
		);
	});
	it('never falls, and keeps what rises already', () => {
		expectClose(poolAdjacent(Float64Array.of(1, 2, 4), ones(3)), [1, 2, 4]);
		expectClose(poolAdjacent(Float64Array.of(3, 2, 1, 5), ones(4)), [2, 2, 2, 5]);
	});
});

describe('the sigmoid equals _SigmoidCalibration().fit(scores, targets) of scikit-learn 1.2.1', () => {
	it('in slope, offset and chances', () => {
		const predictions = { scores, values: scores.map(sigmoid) };
		const map = fitCalibration('sigmoid', predictions, targets, ones(12));
		// scikit-learn gives the negatives, from a minimiser that stops at 1e-5.
		expectClose((map as { line: Float64Array }).line, [0.5302451553, 0.3161405603], 5);
		expectClose(
			applyCalibration(map, { scores: asked, values: asked.map(sigmoid) }),
			[
				0.2184716947, 0.4206383085, 0.5127517299, 0.604007081, 0.653461037882, 0.6885525894,
				0.7984493583, 0.8706677787,
			],
			5,
		);
	});
});

describe('calibration mends chances that are too bold', () => {
	const random = seededRandom('bold');
	const truth = Float64Array.from({ length: 4000 }, () => 1.2 * random.normal());
	const outcomes = truth.map((score) => (random.next() < sigmoid(score) ? 1 : 0));
	const bold = truth.map((score) => 3 * score + 1);
	const said = { scores: bold, values: bold.map(sigmoid) };
	const map = (method: CalibrationMap['method']) =>
		fitCalibration(method, said, outcomes, ones(4000));
	for (const method of ['isotonic', 'sigmoid', 'beta'] as const)
		it(`by ${method}`, () => {
			expect(ece(outcomes, said.values)).toBeGreaterThan(0.15);
			expect(ece(outcomes, applyCalibration(map(method), said))).toBeLessThan(0.03);
		});
	it('by the slope and offset that undo what was done to the scores', () => {
		expectClose((map('sigmoid') as { line: Float64Array }).line, [1 / 3, -1 / 3], 1);
		const mended = applyCalibration(map('beta'), said);
		const wrong = mended.map((chance, row) => Math.abs(chance - sigmoid(truth[row] as number)));
		expect(Math.max(...wrong)).toBeLessThan(0.05);
	});
	it('beta never falls, though chances be upside down', () => {
		const turned = { scores: bold.map((score) => -score), values: bold.map((s) => sigmoid(-s)) };
		const { line } = fitCalibration('beta', turned, outcomes, ones(4000)) as { line: Float64Array };
		expect(line[0]).toBeGreaterThanOrEqual(0);
		expect(line[1]).toBeGreaterThanOrEqual(0);
	});
});
