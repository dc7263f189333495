import type { Trial } from '$workers/device/trial';
import type { Random } from '$workers/math/random';
import { sparseRows, type SparseRow, type SparseRows } from '$workers/table/sparse';
import { TRIAL_STEP, adamTrial, madeUpMoments } from '../training/adam-trial';
import { measureAttributes, type AttributeGroup } from './attributes';
import { hideAttributes } from './batch';
import { initialWeights, type Shape } from './network';
import { referenceStep } from './reference';
import { DeviceNetwork } from './step';

/**
 * One training step on made-up rows, in the shapes that training will have, for the race of backends.
 *
 * @param groups the columns to train on
 * @param sizes hidden units, size of the embedding, and rows of a step
 */
export function encoderTrial(
	groups: readonly AttributeGroup[],
	sizes: { readonly hidden: number; readonly size: number; readonly batch: number },
	random: Random,
): Trial {
	const rows = madeUpRows(groups, sizes.batch, random);
	const order = Uint32Array.from({ length: rows.count }, (_, row) => row);
	const attributes = measureAttributes({ rows, groups }, order);
	const batch = hideAttributes(rows, attributes, order, 0.3, random);
	const shape: Shape = { ...sizes, columns: rows.width, groups: groups.length };
	const from = madeUpMoments(initialWeights(shape, attributes.usual, random), random);
	return adamTrial({
		upload: () => new DeviceNetwork(shape, groups, from),
		train: (network) => network.train(batch, TRIAL_STEP),
		reference: () => referenceStep(shape, groups, from, batch, TRIAL_STEP),
	});
}

/** Each row has one of every category, a few of the binaries, and all numbers. */
function madeUpRows(groups: readonly AttributeGroup[], count: number, random: Random): SparseRows {
	const rows = Array.from({ length: count }, () =>
		groups.flatMap(({ kind, from, to }): SparseRow => {
			if (kind === 'category') return [[from + random.integer(to - from), 1]];
			const columns = Array.from({ length: to - from }, (_, i) => from + i);
			if (kind === 'number') return columns.map((column) => [column, random.normal()]);
			return columns.filter(() => random.next() < 0.3).map((column) => [column, 1]);
		}),
	);
	return sparseRows(rows, groups.at(-1)?.to ?? 0);
}
