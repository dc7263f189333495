import { MAX_BYTES, tooLarge } from './bytes';
import { fileFault } from './file-fault';

type Bytes = Uint8Array<ArrayBuffer>;

const BATCH = 256 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Bytes to text in batches of some 256,000 characters, every end of line written `\n`. What stands
 * before a fault is handed on first.
 *
 * @throws FaultError FileTypeUnknown, TextNotUtf8, FileTooLarge; and what `parts` throws
 */
export async function* decodeText(parts: AsyncIterable<Bytes>): AsyncGenerator<string> {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	let batch = '';
	let bytes = 0;
	let held = '';
	try {
		for await (const part of parts) {
			if (bytes === 0) refuseOtherTypes(part);
			bytes += part.length;
			if (bytes > MAX_BYTES) throw tooLarge();
			let text = held + decodePart(decoder, part, (before) => (batch += ends(held + before)));
			if (bytes === part.length && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
			// A part may end between the two characters of `\r\n`.
			held = text.endsWith('\r') ? '\r' : '';
			const piece = ends(held ? text.slice(0, -1) : text);
			const nul = piece.indexOf('\0');
			batch += nul < 0 ? piece : piece.slice(0, nul);
			if (nul >= 0) throw notText();
			if (batch.length >= BATCH) {
				yield batch;
				batch = '';
			}
		}
		decodeEnd(decoder);
	} catch (error) {
		yield batch;
		throw error;
	}
	yield batch + ends(held);
}

const ends = (text: string) => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

function decodePart(decoder: TextDecoder, part: Bytes, before: (text: string) => void): string {
	try {
		return decoder.decode(part, { stream: true });
	} catch {
		before(soundStart(part));
		throw notUtf8();
	}
}

function decodeEnd(decoder: TextDecoder): void {
	try {
		decoder.decode();
	} catch {
		throw notUtf8();
	}
}

/** The text before the first byte that is not UTF-8, to say which row that is in. */
function soundStart(part: Bytes): string {
	// The first bytes may end a character of the part before.
	const start = part.findIndex((byte) => (byte & 0xc0) !== 0x80);
	const text = new TextDecoder().decode(part.subarray(Math.max(0, start)));
	const broken = text.indexOf('\uFFFD');
	return broken < 0 ? text : text.slice(0, broken);
}

function refuseOtherTypes(part: Bytes): void {
	const starts = (...bytes: number[]) => bytes.every((byte, i) => part[i] === byte);
	if (starts(0x50, 0x4b, 0x03, 0x04))
		throw fileFault(
			'FileTypeUnknown',
			'This is a zip archive, not a listings file.',
			'Unpack it, and open the .csv or .csv.gz that is inside.',
		);
	if (starts(0xff, 0xfe) || starts(0xfe, 0xff) || looksUtf16(part)) throw utf16();
	if (part.subarray(0, 1024).includes(0)) throw notText();
}

/** Every other byte of the start is zero: UTF-16 without its mark. */
function looksUtf16(part: Bytes): boolean {
	const start = part.subarray(0, 64);
	const zeros = [0, 1].map((odd) => start.filter((byte, i) => i % 2 === odd && byte === 0).length);
	return start.length >= 8 && zeros.some((count) => count >= start.length * 0.4);
}

const utf16 = () =>
	fileFault(
		'TextNotUtf8',
		'This file is written in UTF-16, which is not read here.',
		'Save it again as “CSV UTF-8”, then open that.',
		{ row: 0 },
	);

const notUtf8 = () =>
	fileFault(
		'TextNotUtf8',
		'This file is not in UTF-8; it may be in Windows-1252 or another older encoding.',
		'Save it again as “CSV UTF-8”, then open that.',
	);

const notText = () =>
	fileFault(
		'FileTypeUnknown',
		'This file holds bytes that are not text.',
		'Open a .csv or .csv.gz file.',
	);
