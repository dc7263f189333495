import type { ColumnMetaData, SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';

type Header = ReturnType<typeof parquetHeader>;

/** Writers fill a run of packed bits up to whole groups; the last may hold so many values too many. */
const MOST_FILLING = 504;

/**
 * Whether the runs of a page (levels, and numbers of a dictionary) repeat no more values than the page
 * has: five bytes can say "the same, two thousand million times", and the reader would.
 *
 * @throws what unpacking a damaged page throws
 */
export function runsFit(
	header: Header,
	packed: Uint8Array,
	chunk: ColumnMetaData,
	element: SchemaElement,
): boolean {
	const [v1, v2] = [header.data_page_header, header.data_page_header_v2];
	const optional = element.repetition_type === 'OPTIONAL';
	if (v1) {
		const plain = decompressPage(packed, header.uncompressed_page_size, chunk.codec, compressors);
		const length = optional
			? new DataView(plain.buffer, plain.byteOffset, plain.length).getUint32(0, true) + 4
			: 0;
		if (optional && !fit(plain, 4, length, 1, v1.num_values)) return false;
		return dataFits(plain.subarray(length), v1.encoding, v1.num_values);
	}
	if (!v2) return true;
	const { repetition_levels_byte_length: repetition, definition_levels_byte_length: levels } = v2;
	if (repetition !== 0 || levels < 0 || levels > packed.length) return false;
	if (optional && !fit(packed, 0, levels, 1, v2.num_values)) return false;
	const size = header.uncompressed_page_size - levels;
	const data = packed.subarray(levels);
	const codec = v2.is_compressed === false ? 'UNCOMPRESSED' : chunk.codec;
	return dataFits(decompressPage(data, size, codec, compressors), v2.encoding, v2.num_values);
}

function dataFits(data: Uint8Array, encoding: string, values: number): boolean {
	if (encoding === 'RLE') return fit(data, 4, data.length, 1, values);
	if (!encoding.endsWith('_DICTIONARY') || data.length === 0) return true;
	const width = data[0] as number;
	return width <= 32 && (width === 0 || fit(data, 1, data.length, width, values));
}

function fit(bytes: Uint8Array, from: number, to: number, width: number, values: number): boolean {
	if (to > bytes.length) return false;
	const runBytes = (width + 7) >> 3;
	let seen = 0;
	for (let at = from; at < to && seen < values;) {
		let header = 0;
		let shift = 0;
		let byte: number;
		do {
			byte = bytes[at++] ?? 0;
			header += (byte & 127) * 2 ** shift;
			shift += 7;
		} while (byte & 128 && shift < 35);
		const count = header % 2 ? ((header - 1) / 2) * 8 : header / 2;
		if (count > values - seen + MOST_FILLING) return false;
		at += header % 2 ? (count / 8) * width : runBytes;
		seen += count;
	}
	return true;
}
