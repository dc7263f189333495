import { describe, expect, it } from 'vitest';
import { measureAttributes } from '$workers/learners/encoder/attributes';
import { hideAttributes } from '$workers/learners/encoder/batch';
import { guessLoss } from '$workers/learners/encoder/loss';
import { initialWeights, layoutOf, type Shape } from '$workers/learners/encoder/network';
import { referenceStep } from '$workers/learners/encoder/reference';
import { seededRandom } from '$workers/math/random';
import { plantedAttributes, plantedGroups } from '../support/planted-attributes';

const shape: Shape = { columns: 11, groups: 4, hidden: 5, size: 3 };
const { rows, groups } = plantedAttributes(12);
const order = Uint32Array.from({ length: 12 }, (_, row) => row);
const attributes = measureAttributes({ rows, groups }, order);
const batch = hideAttributes(rows, attributes, order, 0.4, seededRandom('hide'));
const zeros = new Float32Array(layoutOf(shape).length);

function step(weights: Float32Array) {
	const from = { weights, first: zeros, second: zeros };
	return referenceStep(shape, plantedGroups, from, batch, { rate: 0.01, number: 1 });
}

/** The loss of the rows' hidden groups together, over the number of rows. */
function lossOf(weights: Float32Array): number {
	return guessLoss(step(weights).guess, batch, attributes).loss / batch.rows;
}

describe('the reference', () => {
	it('has the gradient that small changes of the weights give', () => {
		const weights = initialWeights(shape, attributes.usual, seededRandom('weights'));
		const { gradient } = step(weights);
		// A power of two, so that float32 weights move by exactly this.
		const small = 2 ** -10;
		const differences = weights.map((weight, i) => {
			const up = lossOf(weights.with(i, weight + small));
			const down = lossOf(weights.with(i, weight - small));
			return Math.abs((up - down) / (2 * small) - (gradient[i] as number));
		});
		expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(0.01);
		expect(Math.max(...differences)).toBeLessThan(1e-4);
	});

	it('moves each weight by the step size at first, against its gradient (Adam)', () => {
		const weights = initialWeights(shape, attributes.usual, seededRandom('weights'));
		const { gradient, weights: moved } = step(weights);
		const moves = moved.map((weight, i) => weight - (weights[i] as number));
		const steep = [...gradient.keys()].filter((i) => Math.abs(gradient[i] as number) > 1e-3);
		for (const i of steep)
			expect(moves[i]).toBeCloseTo(-0.01 * Math.sign(gradient[i] as number), 5);
	});
});

describe('hiding attributes', () => {
	it('hides at least one group of each row, whole, and counts only what is hidden', () => {
		for (let row = 0; row < batch.rows; row++) {
			const hidden = groups.filter((_, group) => batch.hidden[row * 4 + group]);
			expect(hidden.length).toBeGreaterThan(0);
			for (const { from, to } of groups) {
				const isHidden = hidden.some((group) => group.from === from);
				const part = (of: Float32Array) => of.subarray(row * 11 + from, row * 11 + to);
				if (isHidden) expect(part(batch.input).every((value) => value === 0)).toBe(true);
				else expect(part(batch.input)).toEqual(part(batch.target));
				expect(part(batch.weight).every((value) => value > 0 === isHidden)).toBe(true);
			}
		}
	});

	it('hides about the share that is asked for', () => {
		const many = plantedAttributes(500);
		const all = Uint32Array.from({ length: 500 }, (_, row) => row);
		const of = hideAttributes(many.rows, attributes, all, 0.3, seededRandom(1));
		const share = of.hidden.reduce((sum, value) => sum + value, 0) / of.hidden.length;
		// One of four always, the others with 0.3.
		expect(share).toBeCloseTo((1 + 3 * 0.3) / 4, 1);
	});
});

describe('the loss', () => {
	it('is one for guessing the usual values of the rows measured', () => {
		const all = hideAttributes(rows, attributes, order, 1, seededRandom(1));
		const { loss, count } = guessLoss(attributes.usual, all, attributes);
		expect(count).toBe(12 * 4);
		expect(loss / count).toBeCloseTo(1, 5);
	});

	it('is none for guessing what is so', () => {
		expect(guessLoss(batch.target, batch, attributes).loss).toBeCloseTo(0, 5);
	});
});
