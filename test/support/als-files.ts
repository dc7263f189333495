/**
 * Item factors as Parquet, written by another implementation (parquet-wasm: the Rust crate of the
 * Apache project): it reads what is made here and writes it anew, its own way.
 */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { Compression, readParquet, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm';

export interface FactorRow {
	readonly id: number | string | null;
	readonly features: readonly (number | null)[] | null;
}

export interface Written {
	readonly number: 'FLOAT' | 'DOUBLE';
	readonly rowsOfGroup?: number;
	readonly name?: string;
}

/** A part of Spark's `itemFactors`: Snappy, lists of floats or doubles. */
export function factorsFile(
	rows: readonly FactorRow[],
	{ name = 'part-0.parquet', number, rowsOfGroup = 1_000_000 }: Written,
): File {
	const text = rows.some(({ id }) => typeof id === 'string');
	const made = parquetWriteBuffer({
		columnData: [
			{ name: 'id', data: rows.map(({ id }) => id) },
			{ name: 'features', data: rows.map(({ features }) => features) },
		],
		schema: [
			{ name: 'root', num_children: 2 },
			text
				? { name: 'id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }
				: { name: 'id', type: 'INT32', repetition_type: 'OPTIONAL' },
			{ name: 'features', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
			{ name: 'list', repetition_type: 'REPEATED', num_children: 1 },
			{ name: 'element', type: number, repetition_type: 'OPTIONAL' },
		],
	});
	return new File([rewritten(made, rowsOfGroup)], name);
}

/** The same table as another writer has it. */
export function rewritten(file: ArrayBuffer, rowsOfGroup = 1_000_000): Uint8Array<ArrayBuffer> {
	const how = new WriterPropertiesBuilder()
		.setCompression(Compression.SNAPPY)
		.setMaxRowGroupSize(rowsOfGroup)
		.build();
	return new Uint8Array(writeParquet(readParquet(new Uint8Array(file)), how));
}
