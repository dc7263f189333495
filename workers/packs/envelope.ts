/**
 * What stands around a pack's arrays: the magic and the size before them, the key and the signature
 * after them (docs/model-pack.md).
 */
export const MAGIC = 'doorpack';
/** Bytes before the arrays: the magic, and the size of the whole file as an unsigned 64-bit number. */
export const FRONT = 16;
export const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
/** Bytes after the arrays: the public key, then the signature. */
export const BACK = KEY_BYTES + SIGNATURE_BYTES;
/** More than any pack that is worth fetching. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** Puts arrays into an envelope that nobody has signed yet: its last bytes are zero. */
export function wrap(arrays: ArrayBuffer): ArrayBuffer {
	const file = new Uint8Array(FRONT + arrays.byteLength + BACK);
	file.set(new TextEncoder().encode(MAGIC));
	new DataView(file.buffer).setBigUint64(8, BigInt(file.length), true);
	file.set(new Uint8Array(arrays), FRONT);
	return file.buffer;
}

/**
 * The arrays' bytes, on their own.
 *
 * @throws RangeError where this is no pack, or not a whole one
 */
export function unwrap(file: ArrayBuffer): ArrayBuffer {
	requireWhole(file);
	return file.slice(FRONT, file.byteLength - BACK);
}

/** @throws RangeError where this is no pack, or not a whole one */
export function requireWhole(file: ArrayBuffer): void {
	if (file.byteLength > MOST_BYTES) throw new RangeError('it is larger than any pack may be');
	const start = new TextDecoder('latin1').decode(file.slice(0, MAGIC.length));
	if (start !== MAGIC) throw new RangeError('it does not begin as a pack does');
	if (file.byteLength < FRONT + BACK || sizeOf(file) !== BigInt(file.byteLength))
		throw new RangeError('it was cut off, or something was added to it');
}

const sizeOf = (file: ArrayBuffer) => new DataView(file).getBigUint64(8, true);

/** The public key that it says it was signed with; `null` where nobody has signed it. */
export function signerOf(file: ArrayBuffer): Uint8Array<ArrayBuffer> | null {
	requireWhole(file);
	const back = file.slice(file.byteLength - BACK);
	const key = new Uint8Array(back.slice(0, KEY_BYTES));
	return key.some((byte) => byte !== 0) ? key : null;
}

/** What a signature is of: everything before it, the key included. */
export const signedPart = (file: ArrayBuffer) =>
	new Uint8Array(file, 0, file.byteLength - SIGNATURE_BYTES);

export const signatureOf = (file: ArrayBuffer) =>
	new Uint8Array(file, file.byteLength - SIGNATURE_BYTES, SIGNATURE_BYTES);
