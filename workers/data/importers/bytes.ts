import { cancelledFault } from '../fault';
import { KEPT, fileFault } from './file-fault';
import type { ImportRun, SourceFile } from './import-run';

const SLICE = 256 * 1024;
/** Of a file, and of what it unpacks to. */
export const MAX_BYTES = 512 * 1024 * 1024;

/**
 * A file's bytes (or those of a range of it) in slices; progress and cancellation at each, so both are heard within a slice.
 *
 * @throws FaultError FileTooLarge (before anything is read), FileEmpty, FileUnreadable, Cancelled
 */
export async function* readBytes(
	file: SourceFile,
	run: ImportRun,
	counts: () => Readonly<Record<string, number>>,
	range: { readonly from: number; readonly to: number } = { from: 0, to: file.size },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	if (file.size > MAX_BYTES) throw tooLarge();
	if (file.size === 0) throw fileFault('FileEmpty', 'This file is empty.', 'Open another file.');
	for (let at = range.from; at < range.to; at += SLICE) {
		if (run.cancelled()) throw cancelledFault(KEPT);
		run.onProgress({ step: 'reading', done: at, total: file.size, counts: counts() });
		yield new Uint8Array(await readSlice(file, at, Math.min(at + SLICE, range.to)));
	}
	run.onProgress({ step: 'reading', done: range.to, total: file.size, counts: counts() });
}

export function tooLarge() {
	return fileFault(
		'FileTooLarge',
		'This file holds more than 512 MB, which is more than is read here.',
		'Open a part of it: one city, or a few years.',
	);
}

/** @throws FaultError FileUnreadable */
export async function readSlice(file: SourceFile, from: number, to: number): Promise<ArrayBuffer> {
	try {
		return await file.slice(from, to).arrayBuffer();
	} catch {
		throw fileFault(
			'FileUnreadable',
			'The file could not be read: it was changed or moved while it was open, or it is a folder.',
			'Choose the file again.',
		);
	}
}
