import type { NumberArray } from '$workers/table/column';
import type { SparseRows } from '$workers/table/sparse';
import { decodeTensors, encodeTensors, type Tensors } from '$workers/table/tensors';
import { unwrap, wrap } from './envelope';
import { readHeader } from './header';
import { narrow, widen } from './narrow';
import type { ItemFactors, ModelPack } from './pack';

/** Changes when older apps can no longer read what this one writes. */
const FORMAT = 'doorstep-pack-1';
const MOST_HOMES = 200_000;
const MOST_FACTORS = 512;
const LONGEST_KEY = 200;
/** Homes that a 16-bit number can name. */
const SHORT = 65_536;

type Arrays = Record<string, NumberArray>;

/**
 * A pack as a file that nobody has signed yet (docs/model-pack.md). Weights and factors are rounded to
 * 16 bits, or to 8 where they are many.
 *
 * @throws RangeError where the pack does not hold together
 */
export function encodePack(pack: ModelPack): ArrayBuffer {
	const file = wrap(
		encodeTensors({
			arrays: {
				vocabulary: new TextEncoder().encode(pack.keys.join('\n')),
				chosen: pack.chosen,
				...(pack.also && rowsToArrays('also', pack.also)),
				...(pack.next && rowsToArrays('next', pack.next)),
				...(pack.factors && factorsToArrays(pack.factors)),
			},
			metadata: {
				format: FORMAT,
				header: JSON.stringify(pack.header),
				...(pack.factors && { factors: factorFacts(pack.factors) }),
			},
		}),
	);
	// Nothing is written that would be refused when it is read.
	decodePack(file);
	return file;
}

/**
 * The inverse of `encodePack`. Does not look at the signature.
 *
 * @throws RangeError that says what does not hold
 */
export function decodePack(file: ArrayBuffer): ModelPack {
	const { arrays, metadata } = opened(unwrap(file));
	if (metadata.format !== FORMAT) throw new RangeError('its format is not known');
	const header = readHeader(metadata.header ?? '');
	const keys = readKeys(arrays.vocabulary);
	const pack = {
		header,
		keys,
		chosen: readChosen(arrays.chosen, keys.length),
		also: readRows('also', arrays, keys.length),
		next: readRows('next', arrays, keys.length),
		factors: readFactors(arrays, metadata.factors, keys.length),
	};
	requireKind(pack);
	requireKnown(arrays, pack);
	return pack;
}

/** What the layout's own reader throws is put into the words of this one. */
function opened(bytes: ArrayBuffer): { arrays: Arrays; metadata: Tensors['metadata'] } {
	try {
		const { arrays, metadata } = decodeTensors(bytes);
		return { arrays: Object.assign(Object.create(null) as Arrays, arrays), metadata };
	} catch (error) {
		const why = error instanceof RangeError ? error.message : 'its list of arrays can not be read';
		throw new RangeError(why, { cause: error });
	}
}

function readKeys(bytes: NumberArray | undefined): readonly string[] {
	if (!(bytes instanceof Uint8Array)) throw new RangeError('it names no homes');
	const keys = textOf(bytes).split('\n');
	if (keys.length > MOST_HOMES) throw new RangeError('it names more homes than any pack may');
	if (keys.some((key) => key === '' || key.length > LONGEST_KEY || /\p{Cc}/u.test(key)))
		throw new RangeError('a home in it has no name, or one that is none');
	if (new Set(keys).size !== keys.length) throw new RangeError('it names a home twice');
	return keys;
}

function textOf(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		throw new RangeError('the names of its homes are not UTF-8');
	}
}

function readChosen(values: NumberArray | undefined, homes: number): Float32Array {
	if (!(values instanceof Float32Array) || values.length !== homes)
		throw new RangeError('its shares and its homes disagree');
	if (!values.every((share) => share >= 0 && share <= 1))
		throw new RangeError('it holds a share that is not finite, negative or above 1');
	return values;
}

function rowsToArrays(name: string, rows: SparseRows): Arrays {
	const { steps, scales } = narrow(rows.values, rows.starts.subarray(1));
	const columns = rows.width <= SHORT ? Uint16Array.from(rows.columns) : rows.columns;
	return {
		[`${name}.starts`]: rows.starts,
		[`${name}.columns`]: columns,
		[`${name}.steps`]: steps,
		[`${name}.scales`]: scales,
	};
}

function readRows(name: 'also' | 'next', arrays: Arrays, homes: number): SparseRows | null {
	const starts = arrays[`${name}.starts`];
	if (!starts) return null;
	const steps = arrays[`${name}.steps`];
	const scales = arrays[`${name}.scales`];
	const columns = arrays[`${name}.columns`];
	if (!(starts instanceof Uint32Array) || !columns || !steps || !scales)
		throw new RangeError(`a part of ${name} is missing`);
	requireStarts(starts, homes, columns.length);
	requireIds(columns, homes);
	const values = widen(steps, scales, starts.subarray(1));
	if (values.length !== columns.length) throw new RangeError(`the parts of ${name} disagree`);
	return { count: homes, width: homes, starts, columns: Uint32Array.from(columns), values };
}

function requireStarts(starts: Uint32Array, homes: number, length: number): void {
	if (starts.length !== homes + 1 || starts[0] !== 0 || starts[homes] !== length)
		throw new RangeError('its rows and its homes disagree');
	for (let row = 0; row < homes; row++)
		if ((starts[row] as number) > (starts[row + 1] as number))
			throw new RangeError('a row of it ends before it begins');
}

function requireIds(columns: NumberArray, homes: number): void {
	if (!(columns instanceof Uint16Array || columns instanceof Uint32Array))
		throw new RangeError('the homes of its rows are of another type');
	for (let at = 0; at < columns.length; at++)
		if ((columns[at] as number) >= homes)
			throw new RangeError('a row of it names a home that it does not have');
}

const factorFacts = ({ size, unobserved, penalty }: ItemFactors) =>
	JSON.stringify({ size, unobserved, penalty });

function factorsToArrays({ size, values }: ItemFactors): Arrays {
	const homes = values.length / size;
	if (!Number.isInteger(homes)) throw new RangeError('its factors do not fill whole rows');
	const { steps, scales } = narrow(values, evenEnds(homes, size));
	return { 'factors.steps': steps, 'factors.scales': scales };
}

function readFactors(arrays: Arrays, facts: string | undefined, homes: number): ItemFactors | null {
	if (facts === undefined) return null;
	const { size, unobserved, penalty } = readFacts(facts);
	const steps = arrays['factors.steps'];
	const scales = arrays['factors.scales'];
	if (!steps || !scales || steps.length !== size * homes)
		throw new RangeError('its factors and its homes disagree');
	return { size, unobserved, penalty, values: widen(steps, scales, evenEnds(homes, size)) };
}

function readFacts(text: string): Omit<ItemFactors, 'values'> {
	let facts: unknown;
	try {
		facts = JSON.parse(text);
	} catch {
		throw new RangeError('what it says of its factors can not be read');
	}
	const { size, unobserved, penalty } = (facts ?? {}) as Partial<Record<string, unknown>>;
	if (!isWithin(size, 1, MOST_FACTORS) || !Number.isInteger(size))
		throw new RangeError('the size of its factors is out of range');
	if (!isWithin(unobserved, 0, 1e6) || !isWithin(penalty, 0, 1e6))
		throw new RangeError('how its factors fold in is out of range');
	return { size, unobserved, penalty };
}

const isWithin = (value: unknown, from: number, to: number): value is number =>
	typeof value === 'number' && value >= from && value <= to;

const evenEnds = (rows: number, size: number) =>
	Uint32Array.from({ length: rows }, (_, row) => (row + 1) * size);

function requireKind({ also, factors, header, next }: ModelPack): void {
	const fits =
		header.kind === 'item-weights'
			? also !== null && factors === null
			: factors !== null && also === null && next === null;
	if (!fits) throw new RangeError('its kind and its arrays disagree');
}

/** A pack holds what it needs and nothing else. */
function requireKnown(arrays: Arrays, { also, factors, next }: ModelPack): void {
	const parts = 2 + (also ? 4 : 0) + (next ? 4 : 0) + (factors ? 2 : 0);
	if (Object.keys(arrays).length !== parts)
		throw new RangeError('it holds an array that no pack has');
}
