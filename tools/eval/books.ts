import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { FaultError } from '$workers/data/fault';
import { booksOf, knownMapping, readBooksFile } from '$workers/data/importers/books';
import type { Books } from '$workers/table/bookings';
import type { Column } from '$workers/table/column';
import { table } from '$workers/table/table';
import { EvaluationError } from './evaluation';

/**
 * The books of a file in the hotel-booking-demand format, by the app's own importer: a property is a
 * room type of a hotel, its destination the hotel. `hotel` keeps one hotel alone.
 */
export async function readBooks(path: string, hotel?: string): Promise<Books> {
	if (!existsSync(path)) throw new EvaluationError(`${path}: there is no such file`);
	const file = new File([new Uint8Array(readFileSync(path))], basename(path));
	const run = { cancelled: () => false, onProgress: () => undefined };
	try {
		const books = booksOf(await readBooksFile(file, knownMapping('hotel-booking-demand'), run));
		return hotel === undefined ? books : ofHotel(books, hotel, path);
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		const { message, column, row } = error.fault;
		const place = [column && `column ${column}`, row && `row ${row}`].filter(Boolean).join(', ');
		throw new EvaluationError(`${path}: ${message}${place && ` (${place})`}`);
	}
}

function ofHotel(books: Books, hotel: string, path: string): Books {
	const { destination } = books.properties.columns;
	const wanted = destination.names.indexOf(hotel);
	const property = books.bookings.columns.property.values;
	const rows = Array.from({ length: books.bookings.count }, (_, row) => row).filter(
		(row) => destination.codes[property[row] as number] === wanted,
	);
	if (wanted < 0 || rows.length === 0)
		throw new EvaluationError(
			`${path}: no booking of that hotel; there are ${destination.names.join(', ')}`,
		);
	return {
		...books,
		bookings: table(taken(books.bookings.columns, rows)),
		extras: taken(books.extras, rows),
	};
}

function taken<Columns extends Readonly<Record<string, Column>>>(
	columns: Columns,
	rows: readonly number[],
): Columns {
	return Object.fromEntries(
		Object.entries(columns).map(([name, column]) => [name, takeRows(column, rows)]),
	) as unknown as Columns;
}

function takeRows(column: Column, rows: readonly number[]): Column {
	switch (column.type) {
		case 'number': {
			const values = column.values.slice(0, rows.length);
			rows.forEach((row, i) => (values[i] = column.values[row] as number));
			return { ...column, values };
		}
		case 'category':
			return { ...column, codes: Uint16Array.from(rows, (row) => column.codes[row] as number) };
		case 'text':
			return { ...column, values: rows.map((row) => column.values[row] as string) };
		case 'set':
			throw new EvaluationError('bookings have no columns of sets');
	}
}
