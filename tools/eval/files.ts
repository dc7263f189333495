import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { EvaluationError } from './evaluation';

/** The text of a file, gzip-compressed or not. */
export function readText(path: string): string {
	if (!existsSync(path)) throw new EvaluationError(`${path}: there is no such file`);
	const bytes = readFileSync(path);
	const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(compressed ? gunzipSync(bytes) : bytes);
	} catch {
		throw new EvaluationError(`${path}: neither UTF-8 text nor a whole gzip file`);
	}
}

/**
 * Some columns of a CSV file with a header, as texts. An EvaluationError names the column that is
 * missing, the row that is torn, or says that there are no rows.
 */
export function readColumns<Name extends string>(
	path: string,
	wanted: readonly Name[],
): Record<Name, string[]> {
	const columns = Object.fromEntries(wanted.map((name) => [name, []])) as unknown as Record<
		Name,
		string[]
	>;
	let places: number[] | undefined;
	let row = 0;
	let torn: number | undefined;
	Papa.parse<string[]>(readText(path), {
		skipEmptyLines: true,
		step({ data, errors }) {
			if (!places) {
				places = wanted.map((name) => data.indexOf(name));
				return;
			}
			row++;
			if (errors.some(({ type }) => type === 'Quotes')) torn ??= row;
			wanted.forEach((name, i) => columns[name].push(data[places?.[i] ?? -1] ?? ''));
		},
	});
	const missing = wanted.filter((_, i) => (places?.[i] ?? -1) < 0);
	if (!places) throw new EvaluationError(`${path}: the file is empty`);
	if (missing.length > 0) throw new EvaluationError(`${path}: no column ${missing.join(', ')}`);
	if (row === 0) throw new EvaluationError(`${path}: a header and no rows`);
	if (torn) throw new EvaluationError(`${path}: a quote is not closed in row ${torn}`);
	return columns;
}

/** Days since 1970-01-01 of an ISO date. */
export function civilDay(text: string, path: string, row: number): number {
	const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
	if (!parts) throw new EvaluationError(`${path}: row ${row} has no date like 2023-09-30`);
	return Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / 86_400_000;
}
