import type { NumberArray } from '$workers/table/column';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { ColumnBins } from './bins';
import type { LossSettings } from './loss';
import { SET_WORDS, type Tree } from './tree';

/** All that a fitted ensemble of trees is. */
export interface TreesModel {
	readonly learner: string;
	readonly params: Readonly<Record<string, number | string | boolean>>;
	readonly loss: LossSettings;
	/** The score of every row before any tree. */
	readonly base: number;
	readonly columns: readonly ColumnBins[];
	readonly trees: readonly Tree[];
	/** Mean loss on the validation rows after each round; empty where there were none. */
	readonly history: Float64Array;
}

const KINDS = {
	column: Int16Array,
	bin: Uint8Array,
	left: Uint32Array,
	missingLeft: Uint8Array,
	set: Int32Array,
	sets: Uint32Array,
	value: Float64Array,
	cover: Float64Array,
	gain: Float64Array,
} as const;
type Part = keyof typeof KINDS;
const PARTS = Object.keys(KINDS) as Part[];

export function encodeModel(
	model: TreesModel,
	extra: Readonly<Record<string, string>> = {},
): ArrayBuffer {
	const { columns, trees } = model;
	const arrays: Record<string, NumberArray> = {
		base: Float64Array.of(model.base),
		history: model.history,
		cuts: join(
			Float64Array,
			columns.map(({ cuts }) => cuts),
		),
		nodes: Uint32Array.from(trees, ({ column }) => column.length),
		words: Uint32Array.from(trees, ({ sets }) => sets.length),
	};
	for (const part of PARTS)
		arrays[part] = join(
			KINDS[part] as new (length: number) => NumberArray,
			trees.map((tree) => tree[part]),
		);
	const described = columns.map(({ name, kind, levels, count, cuts }) => ({
		name,
		kind,
		levels,
		count,
		cuts: cuts.length,
	}));
	return encodeTensors({
		arrays,
		metadata: {
			...extra,
			learner: model.learner,
			params: JSON.stringify(model.params),
			loss: JSON.stringify(model.loss),
			columns: JSON.stringify(described),
		},
	});
}

/** The inverse; a RangeError where the bytes are no whole model of this learner. */
export function decodeModel(
	buffer: ArrayBuffer,
	learner: string,
): { readonly model: TreesModel; readonly metadata: Readonly<Record<string, string>> } {
	try {
		const { arrays, metadata } = decodeTensors(buffer);
		if (metadata['learner'] !== learner) throw new RangeError('another learner');
		return { model: readModel(learner, arrays, metadata), metadata };
	} catch (error) {
		const reason = error instanceof Error ? error.message : '';
		throw new RangeError(`the bytes are not those of a ${learner} model: ${reason}`, {
			cause: error,
		});
	}
}

function readModel(
	learner: string,
	arrays: Readonly<Record<string, NumberArray>>,
	metadata: Readonly<Record<string, string>>,
): TreesModel {
	const read = <Kind extends NumberArray>(name: string, Kind: new () => Kind): Kind => {
		const array = arrays[name];
		if (!(array instanceof Kind)) throw new RangeError(`${name} is missing`);
		return array.slice() as Kind;
	};
	const columns = readColumns(metadata['columns'] ?? '', read('cuts', Float64Array));
	const nodes = read('nodes', Uint32Array);
	const words = read('words', Uint32Array);
	const whole = Object.fromEntries(
		PARTS.map((part) => [part, read(part, KINDS[part] as new () => NumberArray)]),
	) as unknown as Tree;
	const base = read('base', Float64Array)[0] ?? NaN;
	if (!Number.isFinite(base)) throw new RangeError('base is not a number');
	return {
		learner,
		params: JSON.parse(metadata['params'] ?? '') as TreesModel['params'],
		loss: JSON.parse(metadata['loss'] ?? '') as LossSettings,
		base,
		columns,
		trees: readTrees(whole, nodes, words, columns.length),
		history: read('history', Float64Array),
	};
}

function readColumns(text: string, cuts: Float64Array): ColumnBins[] {
	let at = 0;
	const described = JSON.parse(text) as readonly (Omit<ColumnBins, 'cuts'> & { cuts: number })[];
	const columns = described.map(({ name, kind, levels, count, cuts: length }) => {
		const own = cuts.slice(at, (at += length));
		const fits = kind === 'number' ? count === own.length + 2 : count <= levels.length + 1;
		if (typeof name !== 'string' || !fits || count > 256)
			throw new RangeError('a column does not fit its bins');
		return { name, kind, levels, count, cuts: own };
	});
	if (at !== cuts.length) throw new RangeError('cuts do not fit the columns');
	return columns;
}

function readTrees(whole: Tree, nodes: Uint32Array, words: Uint32Array, width: number): Tree[] {
	let node = 0;
	let word = 0;
	const trees = Array.from(nodes, (count, i) => {
		const [from, to] = [node, (node += count)];
		const [first, last] = [word, (word += words[i] as number)];
		const tree = Object.fromEntries(
			PARTS.map((part) => [
				part,
				part === 'sets' ? whole.sets.slice(first, last) : whole[part].slice(from, to),
			]),
		) as unknown as Tree;
		checkTree(tree, count, width);
		return tree;
	});
	const fits = PARTS.every((part) => whole[part].length === (part === 'sets' ? word : node));
	if (!fits || words.length !== nodes.length) throw new RangeError('trees are torn');
	return trees;
}

/** Children stand after their parent, so that every walk ends. */
function checkTree(tree: Tree, nodes: number, width: number): void {
	if (nodes === 0 || tree.cover.length !== nodes) throw new RangeError('a tree is torn');
	for (let node = 0; node < nodes; node++) {
		if (!Number.isFinite(tree.value[node])) throw new RangeError('a leaf is not a number');
		const column = tree.column[node] as number;
		if (column < 0) continue;
		const left = tree.left[node] as number;
		const set = tree.set[node] as number;
		const covered = (tree.cover[node] as number) > 0;
		if (column >= width || left <= node || left + 1 >= nodes || !covered)
			throw new RangeError('a split leads nowhere');
		if (set >= 0 && set + SET_WORDS > tree.sets.length)
			throw new RangeError('a set of categories is torn');
	}
}

function join<Kind extends NumberArray>(
	Kind: new (length: number) => Kind,
	parts: readonly NumberArray[],
): Kind {
	const joined = new Kind(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}
