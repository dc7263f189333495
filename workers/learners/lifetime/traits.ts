import type { Histories } from './histories';

/** Mean and standard deviation of each trait over the training rows. */
export interface TraitScale {
	readonly means: Float64Array;
	readonly deviations: Float64Array;
}

/** Further out than this many standard deviations a trait says no more. */
const FURTHEST = 3;

export function scaleOf({ traits = [] }: Histories): TraitScale {
	const means = Float64Array.from(traits, mean);
	const deviations = Float64Array.from(traits, (trait, i) => {
		const centre = means[i] as number;
		// A constant trait says nothing, whatever its unit.
		return Math.sqrt(mean(trait.map((value) => (value - centre) ** 2))) || 1;
	});
	return { means, deviations };
}

/** Traits in standard deviations from their means, row by row. */
export function standardise({ traits = [], age }: Histories, scale: TraitScale): Float64Array {
	const width = scale.means.length;
	if (traits.length !== width)
		throw new RangeError(`the model was fitted with ${width} traits: hand in the same ones`);
	const rows = new Float64Array(age.length * width);
	traits.forEach((trait, i) =>
		trait.forEach((value, row) => {
			const far = (value - (scale.means[i] as number)) / (scale.deviations[i] as number);
			rows[row * width + i] = Math.min(FURTHEST, Math.max(-FURTHEST, far));
		}),
	);
	return rows;
}

/** Logarithm of how many times the usual rate each customer buys at: the weighted sum of traits. */
export function logRatesOf(rows: Float64Array, weights: Float64Array, count: number): Float64Array {
	const width = weights.length;
	const sums = new Float64Array(count);
	for (let row = 0; row < count; row++) {
		let sum = 0;
		for (let i = 0; i < width; i++)
			sum += (weights[i] as number) * (rows[row * width + i] as number);
		sums[row] = sum;
	}
	return sums;
}

const mean = (values: Float64Array) =>
	values.reduce((sum, value) => sum + value, 0) / values.length;
