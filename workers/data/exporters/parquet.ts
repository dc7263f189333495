import type { SchemaElement } from 'hyparquet';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { type Column, type NumberArray, itemsAt, lengthOf, nameAt } from '$workers/table/column';
import type { Table } from '$workers/table/table';

type Written = { readonly element: SchemaElement; readonly data: ColumnSource['data'] };

/**
 * A table as a Parquet file (Snappy), for Spark, Databricks and whatever else reads it. Every number
 * comes back as it was: unsigned 32-bit columns are written as INT64, smaller whole numbers as INT32.
 * Names and texts are strings, sets JSON lists of strings.
 *
 * @param name of the table, kept in the file's metadata
 * @param days columns of civil days, written as dates; NaN in them as null
 * @throws RangeError where a column of days holds no whole day
 */
export function toParquet(whole: Table, name: string, days: readonly string[] = []): ArrayBuffer {
	const written = Object.entries(whole.columns).map(([column, values]) =>
		days.includes(column) && values.type === 'number'
			? dayColumn(column, values.values)
			: writtenColumn(column, values),
	);
	return parquetWriteBuffer({
		columnData: written.map(({ element, data }) => ({ name: element.name, data })),
		schema: [
			{ name: 'root', num_children: written.length },
			...written.map(({ element }) => element),
		],
		kvMetadata: [{ key: 'table', value: name }],
		createdBy: 'doorstep',
	});
}

function writtenColumn(name: string, column: Column): Written {
	switch (column.type) {
		case 'number':
			return numberColumn(name, column.values);
		case 'text':
			return textColumn(name, [...column.values]);
		case 'category':
			return textColumn(
				name,
				eachRow(column, (row) => nameAt(column, row)),
			);
		case 'set':
			return textColumn(
				name,
				eachRow(column, (row) =>
					JSON.stringify(Array.from(itemsAt(column, row), (item) => column.names[item])),
				),
			);
	}
}

function numberColumn(name: string, values: NumberArray): Written {
	if (values instanceof Float64Array) return { element: required(name, 'DOUBLE'), data: values };
	if (values instanceof Float32Array) return { element: required(name, 'FLOAT'), data: values };
	if (values instanceof Uint32Array)
		return { element: required(name, 'INT64'), data: BigInt64Array.from(values, BigInt) };
	return { element: required(name, 'INT32'), data: Int32Array.from(values) };
}

function dayColumn(name: string, values: NumberArray): Written {
	const known = Array.from(values, (day) => (Number.isNaN(day) ? null : day));
	if (known.some((day) => day !== null && !Number.isInteger(day)))
		throw new RangeError(`column ${name} holds something that is no whole day`);
	return {
		element: { name, type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' },
		data: known,
	};
}

const textColumn = (name: string, data: string[]): Written => ({
	element: { ...required(name, 'BYTE_ARRAY'), converted_type: 'UTF8' },
	data,
});

const required = (name: string, type: SchemaElement['type']): SchemaElement => ({
	name,
	repetition_type: 'REQUIRED',
	...(type ? { type } : {}),
});

const eachRow = (column: Column, of: (row: number) => string) =>
	Array.from({ length: lengthOf(column) }, (_, row) => of(row));
