import type { Random } from '$workers/math/random';
import type { SparseRows } from '$workers/table/sparse';
import { standardise, type Attributes } from './attributes';

/** Some rows as dense matrices, row by row, with part of what they say hidden. */
export interface Batch {
	readonly rows: number;
	/** rows × columns; 0 where hidden. */
	readonly input: Float32Array;
	/** rows × groups; 1 where hidden. */
	readonly hidden: Float32Array;
	/** rows × columns: what is to be guessed. */
	readonly target: Float32Array;
	/** rows × columns: how much a wrong guess counts; 0 where nothing was hidden. */
	readonly weight: Float32Array;
}

/**
 * Hides each group of each row with probability `share`, at least one of every row.
 *
 * The idea of hiding parts of the input and guessing them: Vincent et al. 2008 (denoising
 * autoencoders), Devlin et al. 2019 (only what is hidden counts), Yoon et al. 2020 (tables).
 */
export function hideAttributes(
	rows: SparseRows,
	attributes: Attributes,
	order: Uint32Array,
	share: number,
	random: Random,
): Batch {
	const { columns, groups, scales } = attributes;
	const target = denseRows(rows, attributes, order);
	const input = target.slice();
	const weight = new Float32Array(target.length);
	const hidden = new Float32Array(order.length * groups.length);
	for (let row = 0; row < order.length; row++) {
		const always = random.integer(groups.length);
		groups.forEach(({ kind, from, to }, group) => {
			const hides = random.next() < share || group === always;
			if (!hides) return;
			const start = row * columns + from;
			const end = row * columns + to;
			hidden[row * groups.length + group] = 1;
			// A category that is not known cannot be guessed wrongly.
			const known = kind !== 'category' || target.subarray(start, end).some((value) => value > 0);
			if (known) weight.fill((scales[group] as number) / order.length, start, end);
			input.fill(0, start, end);
		});
	}
	return { rows: order.length, input, hidden, target, weight };
}

function denseRows(rows: SparseRows, attributes: Attributes, order: Uint32Array): Float32Array {
	const { columns, means, deviations } = attributes;
	const dense = new Float32Array(order.length * columns);
	const empty = emptyRow(attributes);
	order.forEach((row, i) => {
		dense.set(empty, i * columns);
		const end = rows.starts[row + 1] as number;
		for (let at = rows.starts[row] as number; at < end; at++) {
			const column = rows.columns[at] as number;
			dense[i * columns + column] = standardise(
				rows.values[at] as number,
				means[column] as number,
				deviations[column] as number,
			);
		}
	});
	return dense;
}

/** A row of zeros, standardised. */
export function emptyRow({
	means,
	deviations,
}: Pick<Attributes, 'means' | 'deviations'>): Float32Array {
	return means.map((mean, column) => standardise(0, mean, deviations[column] as number));
}
