import type { Trial } from '$workers/device/trial';
import type { Random } from '$workers/math/random';
import type { Moments } from '../adam';
import { initialWeights, layoutOf, type Shape } from './layout';
import { referenceStep } from './reference';
import { batchOf, type Sequences } from './sequences';
import { DeviceNetwork } from './step';

const RATE = 0.002;
/** Well into a training, where Adam's corrections are small. */
const STEP = 100;

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
	const from = madeUpMoments(shape, random);
	return {
		expected: () => referenceStep(shape, content, from, batch, RATE, STEP),
		begin() {
			const network = new DeviceNetwork(shape, content, from);
			return {
				step: () => network.train(batch, RATE, STEP),
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

function madeUpSequences({ items, length }: Shape, rows: number, random: Random): Sequences {
	return {
		count: rows,
		width: items,
		starts: Uint32Array.from({ length: rows + 1 }, (_, row) => row * (length + 1)),
		columns: Uint32Array.from({ length: rows * (length + 1) }, () => random.integer(items)),
	};
}

/** No first moment, so that the first step's is the gradient alone; a second one that divides mildly. */
function madeUpMoments(shape: Shape, random: Random): Moments {
	const { length } = layoutOf(shape);
	const shares = new Float32Array(shape.items).fill(1 / shape.items);
	return {
		weights: initialWeights(shape, shares, random),
		first: new Float32Array(length),
		second: Float32Array.from({ length }, () => 1e-4 + 1e-3 * random.next()),
	};
}
