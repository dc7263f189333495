import type { Trial } from '$workers/device/trial';
import type { Random } from '$workers/math/random';
import { TRIAL_STEP, adamTrial, madeUpMoments } from '../training/adam-trial';
import { initialWeights, type Shape } from './layout';
import { referenceStep } from './reference';
import { batchOf, type Sequences } from './sequences';
import { DeviceNetwork } from './step';

/** One training step on made-up sequences, in the shapes that training will have, for the race of backends. */
export function sequenceTrial(shape: Shape, rows: number, random: Random): Trial {
	const sequences = madeUpSequences(shape, rows, random);
	const windows = Array.from({ length: rows }, (_, row) => ({
		at: sequences.starts[row] as number,
		length: shape.length,
	}));
	const batch = batchOf(sequences, windows, shape.size, 0.2, random);
	const content =
		shape.content > 0
			? Float32Array.from({ length: shape.items * shape.content }, () => random.normal())
			: null;
	const shares = new Float32Array(shape.items).fill(1 / shape.items);
	const from = madeUpMoments(initialWeights(shape, shares, random), random);
	return adamTrial({
		upload: () => new DeviceNetwork(shape, content, from),
		train: (network) => network.train(batch, TRIAL_STEP),
		reference: () => referenceStep(shape, content, from, batch, TRIAL_STEP),
	});
}

function madeUpSequences({ items, length }: Shape, rows: number, random: Random): Sequences {
	return {
		count: rows,
		width: items,
		starts: Uint32Array.from({ length: rows + 1 }, (_, row) => row * (length + 1)),
		columns: Uint32Array.from({ length: rows * (length + 1) }, () => random.integer(items)),
	};
}
