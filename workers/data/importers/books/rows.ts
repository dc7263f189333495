import { readBytes } from '../bytes';
import { readCsv } from '../csv';
import { gunzip } from '../gunzip';
import type { ImportRun, SourceFile } from '../import-run';
import { decodeText } from '../text';

/** Rows as they come, whatever the format: arrays beside a header, so a column may have any name. */
export interface RowBatch {
	readonly header: readonly string[];
	/** 1 is the first row after the header. */
	readonly firstRow: number;
	readonly rows: readonly (readonly string[])[];
	/** Rows that are not as the format wants them. */
	readonly malformed: ReadonlySet<readonly string[]>;
}

/** The rows of a file, batch by batch. */
export async function* readRows(
	file: SourceFile,
	run: ImportRun,
	counts: () => Readonly<Record<string, number>>,
): AsyncGenerator<RowBatch> {
	yield* readCsv(decodeText(unpack(readBytes(file, run, counts))));
}

async function* unpack(parts: AsyncGenerator<Uint8Array<ArrayBuffer>>) {
	const first = await parts.next();
	if (first.done) return;
	const all = (async function* () {
		yield first.value;
		yield* parts;
	})();
	const packed = first.value[0] === 0x1f && first.value[1] === 0x8b;
	yield* packed ? gunzip(all) : all;
}
