import type { NumberArray } from './column';

/**
 * One buffer of named arrays in the safetensors layout (huggingface/safetensors, format.md): eight
 * bytes of header length, a JSON header with type, shape and offsets, then little-endian arrays.
 * The same bytes go to the database, across threads and into files. Data only, never code.
 */
export interface Tensors {
	readonly arrays: Readonly<Record<string, NumberArray>>;
	readonly metadata: Readonly<Record<string, string>>;
}

const KINDS = {
	F64: Float64Array,
	F32: Float32Array,
	I32: Int32Array,
	U32: Uint32Array,
	I16: Int16Array,
	U16: Uint16Array,
	U8: Uint8Array,
} as const;
type Kind = keyof typeof KINDS;

/** Bounds for what comes from a file: a header over 16 MiB or more than 4,096 arrays is refused. */
const MAX_HEADER = 16 * 1024 * 1024;
const MAX_ARRAYS = 4096;
const ALIGNMENT = 8;

export function encodeTensors({ arrays, metadata }: Tensors): ArrayBuffer {
	const header: Record<string, unknown> = { __metadata__: metadata };
	let at = 0;
	for (const [name, array] of Object.entries(arrays)) {
		// Each array starts at a multiple of 8, so that decoding needs no copy.
		const end = at + array.byteLength;
		header[name] = { dtype: kindOf(array), shape: [array.length], data_offsets: [at, end] };
		at = align(end);
	}
	const text = new TextEncoder().encode(JSON.stringify(header));
	const headerLength = align(text.length);
	const buffer = new ArrayBuffer(8 + headerLength + at);
	new DataView(buffer).setBigUint64(0, BigInt(headerLength), true);
	const bytes = new Uint8Array(buffer);
	bytes.fill(0x20, 8, 8 + headerLength);
	bytes.set(text, 8);
	for (const [name, array] of Object.entries(arrays)) {
		const { data_offsets: offsets } = header[name] as { data_offsets: [number, number] };
		bytes.set(
			new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
			8 + headerLength + offsets[0],
		);
	}
	return buffer;
}

/** The inverse; arrays are views on the buffer. A RangeError says what does not fit. */
export function decodeTensors(buffer: ArrayBuffer): Tensors {
	const headerLength = readHeaderLength(buffer);
	const header = readHeader(new Uint8Array(buffer, 8, headerLength));
	const { __metadata__: metadata = {}, ...entries } = header;
	const names = Object.keys(entries);
	if (names.length > MAX_ARRAYS) throw new RangeError('tensors: too many arrays');
	const start = 8 + headerLength;
	const arrays = names.map((name) => [name, readArray(buffer, start, entries[name])]);
	return {
		arrays: Object.fromEntries(arrays) as Record<string, NumberArray>,
		metadata: textRecord(metadata),
	};
}

function readHeaderLength(buffer: ArrayBuffer): number {
	if (buffer.byteLength < 8) throw new RangeError('tensors: shorter than its header length');
	const length = Number(new DataView(buffer).getBigUint64(0, true));
	if (length > MAX_HEADER || 8 + length > buffer.byteLength)
		throw new RangeError('tensors: header longer than the buffer');
	return length;
}

function readHeader(bytes: Uint8Array): Record<string, unknown> {
	const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	if (typeof header !== 'object' || header === null || Array.isArray(header))
		throw new RangeError('tensors: header is not an object');
	return header as Record<string, unknown>;
}

function readArray(buffer: ArrayBuffer, start: number, entry: unknown): NumberArray {
	const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
	if (typeof dtype !== 'string' || !Object.hasOwn(KINDS, dtype))
		throw new RangeError('tensors: unknown type');
	if (!isWholeNumbers(shape) || !isWholeNumbers(offsets) || offsets.length !== 2)
		throw new RangeError('tensors: shape or offsets are not whole numbers');
	const [from, to] = offsets as [number, number];
	const Kind = KINDS[dtype as Kind];
	const length = shape.reduce((product, size) => product * size, 1);
	if (to - from !== length * Kind.BYTES_PER_ELEMENT || start + to > buffer.byteLength)
		throw new RangeError('tensors: shape and bytes disagree');
	const at = start + from;
	// Files of other writers may not be aligned.
	return at % Kind.BYTES_PER_ELEMENT === 0
		? new Kind(buffer, at, length)
		: new Kind(buffer.slice(at, start + to));
}

function isWholeNumbers(value: unknown): value is number[] {
	return (
		Array.isArray(value) &&
		value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0)
	);
}

function textRecord(value: unknown): Record<string, string> {
	if (typeof value !== 'object' || value === null) return {};
	return Object.fromEntries(
		Object.entries(value).filter(
			(entry): entry is [string, string] => typeof entry[1] === 'string',
		),
	);
}

function kindOf(array: NumberArray): Kind {
	const found = (Object.keys(KINDS) as Kind[]).find((kind) => array instanceof KINDS[kind]);
	if (!found) throw new RangeError('tensors: unsupported array');
	return found;
}

const align = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
