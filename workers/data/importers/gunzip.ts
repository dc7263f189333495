import { fileFault } from './file-fault';

type Bytes = Uint8Array<ArrayBuffer>;

/** Small, since a fault throws away what its piece unpacked to. */
const PIECE = 16 * 1024;

/**
 * Unpacks gzip (or what a zip packs in) as it comes. What was unpacked before a fault has been handed on by then, so the
 * reader can say which row it had reached.
 *
 * Files of several gzip parts one after the other, or with something after the end, are read or
 * refused as the platform's `DecompressionStream` does; never read in part.
 *
 * @throws FaultError TruncatedGzip, FileUnreadable; and what `parts` throws
 */
export async function* gunzip(
	parts: AsyncIterable<Bytes>,
	format: CompressionFormat = 'gzip',
): AsyncGenerator<Bytes> {
	const stream = new DecompressionStream(format);
	const feeding = feed(stream.writable.getWriter(), parts);
	// Awaited below; until then a failure must not count as unhandled.
	feeding.catch(() => undefined);
	const reader = stream.readable.getReader() as ReadableStreamDefaultReader<Bytes>;
	try {
		for (;;) {
			const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
			if (done || !value) break;
			yield value;
		}
		const outcome = await feeding;
		if (outcome === 'truncated') throw truncated();
		if (outcome === 'damaged') throw damaged();
	} finally {
		await reader.cancel().catch(() => undefined);
	}
}

/**
 * Writing fails on damaged bytes; only closing fails when the end is missing. (Node takes bytes before
 * it looks at them, and fails at closing for both.)
 */
async function feed(
	writer: WritableStreamDefaultWriter<Bytes>,
	parts: AsyncIterable<Bytes>,
): Promise<'whole' | 'truncated' | 'damaged'> {
	writer.closed.catch(() => undefined);
	try {
		for await (const part of parts)
			for (let at = 0; at < part.length; at += PIECE)
				if (!(await isWritten(writer, part.subarray(at, at + PIECE)))) return 'damaged';
		// A fault at closing throws away what was unpacked and not yet read; an empty piece is taken only
		// when all before it has been read.
		if (!(await isWritten(writer, new Uint8Array(0)))) return 'damaged';
	} catch (error) {
		await writer.abort(error).catch(() => undefined);
		throw error;
	}
	return writer.close().then(
		() => 'whole',
		() => 'truncated',
	);
}

const isWritten = (writer: WritableStreamDefaultWriter<Bytes>, piece: Bytes) =>
	writer.write(piece).then(
		() => true,
		() => false,
	);

const truncated = () =>
	fileFault(
		'TruncatedGzip',
		'The file ends in the middle: its packed data is cut off.',
		'Download the file again, then open it.',
	);

const damaged = () =>
	fileFault(
		'FileUnreadable',
		'The packed data in this file is damaged, or something follows its end.',
		'Download the file again, or unpack it yourself and open the .csv.',
	);
