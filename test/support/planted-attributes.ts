import type { AttributeGroup, AttributeRows } from '$workers/learners/encoder/attributes';
import { seededRandom } from '$workers/math/random';
import { sparseRows, type SparseRow } from '$workers/table/sparse';

/** A category, yes-or-no features, and two numbers. */
export const plantedGroups: readonly AttributeGroup[] = [
	{ name: 'kind', kind: 'category', from: 0, to: 3 },
	{ name: 'things', kind: 'binary', from: 3, to: 9 },
	{ name: 'height', kind: 'number', from: 9, to: 10 },
	{ name: 'width', kind: 'number', from: 10, to: 11 },
];

/**
 * Rows of three kinds, row i of kind i % 3. The kind decides everything but some noise in the numbers:
 * two of the things, and a height and a width. So each attribute can be guessed from any other.
 */
export function plantedAttributes(count: number, seed = 1): AttributeRows {
	const random = seededRandom(seed);
	const rows = Array.from({ length: count }, (_, i): SparseRow => {
		const kind = i % 3;
		return [
			[kind, 1],
			[3 + 2 * kind, 1],
			[4 + 2 * kind, 1],
			[9, 10 * kind + random.normal()],
			[10, 500 - 100 * kind + 10 * random.normal()],
		];
	});
	return { rows: sparseRows(rows, 11), groups: plantedGroups };
}
