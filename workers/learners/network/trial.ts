import type { Trial } from '$workers/device/trial';
import type { Random } from '$workers/math/random';
import type { Batch } from './batch';
import { type Shape, initialWeights, layoutOf } from './layout';
import { referenceStep } from './reference';
import { DeviceNetwork, type StepSettings } from './step';

/** Well into a training, where Adam's corrections are small. */
const SETTINGS: StepSettings = { task: 'classes', rate: 0.002, decay: 0.01, number: 100 };

/** One training step on made-up rows, in the shapes that training will have, for the race of backends. */
export function networkTrial(shape: Shape, rows: number, random: Random): Trial {
	const normal = (length: number) => Float32Array.from({ length }, () => random.normal());
	const batch: Batch = {
		rows,
		input: normal(rows * shape.columns),
		target: Float32Array.from({ length: rows }, () => random.integer(2)),
		weight: new Float32Array(rows).fill(1 / rows),
		kept: [],
	};
	const { length } = layoutOf(shape);
	const from = {
		weights: initialWeights(shape, shape.columns, 0, random),
		first: new Float32Array(length),
		second: Float32Array.from({ length }, () => 1e-4 + 1e-3 * random.next()),
	};
	return {
		expected() {
			const { weights, first, second } = referenceStep(shape, from, batch, SETTINGS);
			return { weights, first, second };
		},
		begin() {
			const network = new DeviceNetwork(shape, from);
			return {
				step: () => network.train(batch, SETTINGS),
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
