import type { Trial } from '$workers/device/trial';
import type { Random } from '$workers/math/random';
import type { AdamStep, Moments } from '../adam';
import type { TrainedNetwork } from './training';

/** Well into a training, where Adam's corrections are small. */
export const TRIAL_STEP = { rate: 0.002, number: 100 } satisfies AdamStep;

/** What a network's trial has of its own. */
export interface NetworkTrial<Network extends TrainedNetwork> {
	upload(): Network;
	train(network: Network): void;
	/** The same step in float64. */
	reference(): { readonly [Name in keyof Moments]: Float64Array };
}

/** One training step on made-up rows, for the race of backends. */
export function adamTrial<Network extends TrainedNetwork>(of: NetworkTrial<Network>): Trial {
	return {
		expected() {
			const { weights, first, second } = of.reference();
			return { weights, first, second };
		},
		begin() {
			const network = of.upload();
			return {
				step: () => of.train(network),
				async read() {
					const { weights, first, second } = network.moments;
					return {
						weights: await weights.data(),
						first: await first.data(),
						second: await second.data(),
					};
				},
				dispose: () => network.dispose(),
			};
		},
	};
}

/** No first moment, so that the first step's is the gradient alone; a second one that divides mildly. */
export function madeUpMoments(weights: Float32Array, random: Random): Moments {
	const { length } = weights;
	return {
		weights,
		first: new Float32Array(length),
		second: Float32Array.from({ length }, () => 1e-4 + 1e-3 * random.next()),
	};
}
