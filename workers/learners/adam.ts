/** The weights of a network and Adam's two running means of its gradient, all of one length. */
export interface Moments {
	readonly weights: Float32Array;
	readonly first: Float32Array;
	readonly second: Float32Array;
}

/** Adam (Kingma and Ba 2015), with the paper's own values. */
export const ADAM = { first: 0.9, second: 0.999, epsilon: 1e-8 };

export interface AdamStep {
	/** Positive. */
	readonly rate: number;
	/** From 1. */
	readonly number: number;
	/** Share of the weights, times the rate, that is taken away (Loshchilov and Hutter 2019). */
	readonly decay?: number;
}

/** One step in float64: what backends are checked against before they are trusted. */
export function referenceAdam(
	from: Moments,
	gradient: Float64Array,
	{ rate, number, decay = 0 }: AdamStep,
) {
	const first = gradient.map(
		(value, i) => ADAM.first * (from.first[i] as number) + (1 - ADAM.first) * value,
	);
	const second = gradient.map(
		(value, i) => ADAM.second * (from.second[i] as number) + (1 - ADAM.second) * value * value,
	);
	const corrected = (rate * Math.sqrt(1 - ADAM.second ** number)) / (1 - ADAM.first ** number);
	const weights = first.map(
		(value, i) =>
			(from.weights[i] as number) * (1 - rate * decay) -
			(corrected * value) / (Math.sqrt(second[i] as number) + ADAM.epsilon),
	);
	return { weights, first, second };
}
