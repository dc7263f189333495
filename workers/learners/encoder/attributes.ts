import type { SparseRows } from '$workers/table/sparse';

/**
 * Columns that say one thing together, hidden and guessed together: yes-or-no features (0 to 1), plain
 * numbers, or one category as indicators of which exactly one is 1 (none where it is not known).
 */
export interface AttributeGroup {
	readonly name: string;
	readonly kind: 'binary' | 'number' | 'category';
	/** The first column. */
	readonly from: number;
	/** The column after the last. */
	readonly to: number;
}

/** What the encoder learns from: rows, and what their columns mean. */
export interface AttributeRows {
	readonly rows: SparseRows;
	readonly groups: readonly AttributeGroup[];
}

/** What training needs to know of each column and group, measured once on the rows trained on. */
export interface Attributes {
	readonly groups: readonly AttributeGroup[];
	readonly columns: number;
	/** Numbers are standardised by these; 0 and 1 for other kinds. */
	readonly means: Float32Array;
	readonly deviations: Float32Array;
	/** The usual value of a column: a share, or 0 for a standardised number. */
	readonly usual: Float32Array;
	/**
	 * One over the loss of guessing the usual values of a group, so that every group counts the same
	 * however many columns it has; 0 for a group that never varies.
	 */
	readonly scales: Float32Array;
}

/** A standardised number further out than this is cut: one odd row must not drown the others. */
const FURTHEST = 5;
/** Groups whose usual value is this good a guess (nats, or half squared deviations) teach nothing. */
const LEAST_LOSS = 1e-4;

/** Measures the columns over the rows named. A RangeError says what is wrong with the input. */
export function measureAttributes({ rows, groups }: AttributeRows, over: Uint32Array): Attributes {
	checkGroups(rows.width, groups);
	checkValues(rows, groups);
	const means = new Float32Array(rows.width);
	const deviations = new Float32Array(rows.width).fill(1);
	const usual = new Float32Array(rows.width);
	const { sums, squares } = columnSums(rows, over);
	for (const { kind, from, to } of groups)
		for (let column = from; column < to; column++) {
			const mean = (sums[column] as number) / over.length;
			const variance = (squares[column] as number) / over.length - mean * mean;
			if (kind === 'number') {
				means[column] = mean;
				deviations[column] = variance > 1e-12 ? Math.sqrt(variance) : 1;
			} else usual[column] = mean;
		}
	const scales = Float32Array.from(groups, (group) => {
		const loss = usualLoss(group, usual, squares, means, deviations, over.length);
		return loss > LEAST_LOSS ? 1 / loss : 0;
	});
	return { groups, columns: rows.width, means, deviations, usual, scales };
}

/** The value of a column as the network sees it. */
export function standardise(value: number, mean: number, deviation: number): number {
	return Math.max(-FURTHEST, Math.min(FURTHEST, (value - mean) / deviation));
}

export function columnsOfKind(
	groups: readonly AttributeGroup[],
	columns: number,
	kind: AttributeGroup['kind'],
): Float32Array {
	const flags = new Float32Array(columns);
	for (const group of groups) if (group.kind === kind) flags.fill(1, group.from, group.to);
	return flags;
}

/** Mean loss over rows of always guessing the usual values of a group. */
function usualLoss(
	{ kind, from, to }: AttributeGroup,
	usual: Float32Array,
	squares: Float64Array,
	means: Float32Array,
	deviations: Float32Array,
	count: number,
): number {
	let loss = 0;
	for (let column = from; column < to; column++) {
		const share = usual[column] as number;
		if (kind === 'binary') loss += plogp(share) + plogp(1 - share);
		else if (kind === 'category') loss += plogp(share);
		else {
			const mean = means[column] as number;
			const variance = (squares[column] as number) / count - mean * mean;
			loss += variance / (deviations[column] as number) ** 2 / 2;
		}
	}
	return loss;
}

const plogp = (share: number) => (share > 0 ? -share * Math.log(share) : 0);

function columnSums(rows: SparseRows, over: Uint32Array) {
	const sums = new Float64Array(rows.width);
	const squares = new Float64Array(rows.width);
	for (const row of over) {
		const end = rows.starts[row + 1] as number;
		for (let at = rows.starts[row] as number; at < end; at++) {
			const column = rows.columns[at] as number;
			const value = rows.values[at] as number;
			sums[column] = (sums[column] as number) + value;
			squares[column] = (squares[column] as number) + value * value;
		}
	}
	return { sums, squares };
}

function checkGroups(width: number, groups: readonly AttributeGroup[]): void {
	let next = 0;
	for (const { name, from, to } of groups) {
		if (from !== next || to <= from)
			throw new RangeError(
				`encoder: group "${name}" must follow the one before it and hold columns`,
			);
		next = to;
	}
	if (next !== width) throw new RangeError('encoder: the groups must cover all columns');
}

function checkValues(rows: SparseRows, groups: readonly AttributeGroup[]): void {
	const bounded = new Uint8Array(rows.width);
	for (const { kind, from, to } of groups) if (kind !== 'number') bounded.fill(1, from, to);
	rows.values.forEach((value, at) => {
		const column = rows.columns[at] as number;
		if (!Number.isFinite(value) || (bounded[column] && (value < 0 || value > 1)))
			throw new RangeError(
				`encoder: column ${column} holds what is not a number, or not from 0 to 1 for a binary or a category`,
			);
	});
}
