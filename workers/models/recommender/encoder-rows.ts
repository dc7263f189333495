import type { FeatureKind, HomeFeatures } from '$workers/features';
import type { AttributeGroup, AttributeRows } from '$workers/learners/encoder/attributes';
import type { SparseRows } from '$workers/table/sparse';

/** How the encoder reads each kind of feature. What is left out names single homes, not their nature. */
const READ_AS: Partial<Readonly<Record<FeatureKind, AttributeGroup['kind']>>> = {
	neighbourhood: 'category',
	place: 'binary',
	'room-type': 'category',
	'property-type': 'category',
	price: 'binary',
	'price-relative': 'number',
	size: 'binary',
	stay: 'binary',
	amenity: 'binary',
};

/** Amenities are hidden and guessed a handful at a time: all at once would leave nothing to guess from. */
const AMENITIES_A_GROUP = 8;

/** What the listing encoder learns from: the attributes of every home, in groups that belong together. */
export function encoderRows({ rows, kinds }: HomeFeatures): AttributeRows {
	const columnOf = new Int32Array(rows.width).fill(-1);
	const groups: AttributeGroup[] = [];
	let width = 0;
	kinds.forEach((name, column) => {
		const kind = READ_AS[name];
		if (!kind) return;
		columnOf[column] = width++;
		const last = groups.at(-1);
		const full = name === 'amenity' && last && last.to - last.from >= AMENITIES_A_GROUP;
		if (last?.name === name && !full) groups[groups.length - 1] = { ...last, to: width };
		else groups.push({ name, kind, from: width - 1, to: width });
	});
	return { rows: pickColumns(rows, columnOf, width), groups };
}

/** The rows with other column numbers; -1 leaves a column out. */
function pickColumns(rows: SparseRows, columnOf: Int32Array, width: number): SparseRows {
	const starts = new Uint32Array(rows.count + 1);
	const columns = new Uint32Array(rows.columns.length);
	const values = new Float32Array(rows.values.length);
	let at = 0;
	for (let row = 0; row < rows.count; row++) {
		for (let from = rows.starts[row] as number; from < (rows.starts[row + 1] as number); from++) {
			const column = columnOf[rows.columns[from] as number] as number;
			if (column < 0) continue;
			columns[at] = column;
			values[at++] = rows.values[from] as number;
		}
		starts[row + 1] = at;
	}
	return {
		count: rows.count,
		width,
		starts,
		columns: columns.slice(0, at),
		values: values.slice(0, at),
	};
}
