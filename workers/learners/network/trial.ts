import type { Trial } from '$workers/device/trial';
import type { Random } from '$workers/math/random';
import { TRIAL_STEP, adamTrial, madeUpMoments } from '../training/adam-trial';
import type { Batch } from './batch';
import { type Shape, initialWeights } from './layout';
import { referenceStep } from './reference';
import { DeviceNetwork, type StepSettings } from './step';

const SETTINGS: StepSettings = { task: 'classes', decay: 0.01, ...TRIAL_STEP };

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
	const from = madeUpMoments(initialWeights(shape, shape.columns, 0, random), random);
	return adamTrial({
		upload: () => new DeviceNetwork(shape, from),
		train: (network) => network.train(batch, SETTINGS),
		reference: () => referenceStep(shape, from, batch, SETTINGS),
	});
}
