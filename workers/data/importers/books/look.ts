import type { BringQuestion, FileColumn, FileLook, Mapping } from '$lib/contracts';
import type { ImportRun, SourceFile } from '../import-run';
import { booksFault, inBooksWords } from './books-fault';
import { FIELDS } from './fields';
import { type SeenColumn, guessMapping } from './guess';
import { hash64, hexOf } from './hash64';
import { isMissing } from './missing';
import { isPersonal } from './personal';
import { AMBIGUOUS, readDay } from './read-day';
import { NOT_READ, readAmount } from './read-number';
import { shortened } from './refused-rows';
import { type FileRows, openRows } from './rows';
import { type Source, mappingFor, sourceOf } from './sources';

const MOST_ROWS = 200;
const SAMPLES = 3;
const QUIET: ImportRun = { cancelled: () => false, onProgress: () => undefined };

/** Names the columns of a file, in any order: files of one source have the same. */
export function signatureOf(columns: readonly string[]): string {
	return hexOf(hash64([...columns].sort().join('\0')));
}

/**
 * Looks at the beginning of a file: its format, its columns with a few values, what it most likely
 * holds, and what only a person can say about it. Nothing is kept.
 *
 * @param remembered the mapping that was used for a file with these columns before
 * @throws FaultError FileEmpty, HeaderOnly, and whatever reading the beginning gives
 */
export async function lookAtFile(
	file: SourceFile,
	remembered: (signature: string) => Mapping | undefined,
): Promise<FileLook> {
	try {
		const opened = await openRows(file, QUIET, () => ({}), { mostRows: MOST_ROWS });
		return look(file, opened, await firstRows(opened), remembered);
	} catch (error) {
		throw inBooksWords(error);
	}
}

interface Beginning {
	readonly header: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

async function firstRows(opened: FileRows): Promise<Beginning> {
	let header: readonly string[] = [];
	const rows: (readonly string[])[] = [];
	for await (const batch of opened.batches) {
		header = batch.header;
		rows.push(...batch.rows.slice(0, MOST_ROWS - rows.length));
		if (rows.length >= MOST_ROWS) break;
	}
	if (header.length === 0)
		throw booksFault('FileEmpty', 'This file holds nothing but blanks.', 'Open another file.');
	if (rows.length === 0)
		throw booksFault(
			'HeaderOnly',
			'This file has column names, and no rows.',
			'Open the full file.',
			{ row: 1 },
		);
	return { header, rows };
}

function look(
	file: SourceFile,
	opened: FileRows,
	{ header, rows }: Beginning,
	remembered: (signature: string) => Mapping | undefined,
): FileLook {
	const seen = header.map((name, place) => see(name, place, rows));
	const columns = seen.map((column) => fileColumn(column, rows.length));
	const known = sourceOf(header);
	const before = remembered(signatureOf(header));
	const guess = known ? { mapping: knownGuess(known, seen), sure: true } : guessMapping(seen);
	const mapping = before ?? withWriting(guess.mapping, seen);
	return {
		fileName: file.name,
		bytes: file.size,
		format: opened.format,
		packed: opened.packed,
		source: mapping.source,
		table: mapping.table,
		columns,
		fields: FIELDS,
		mapping,
		remembered: before !== undefined,
		questions: before ? [] : questionsOf(mapping, guess.sure, seen),
	};
}

function knownGuess(known: Source, seen: readonly SeenColumn[]): Mapping {
	const personal = new Set(seen.filter((one) => one.personal).map(({ name }) => name));
	const names = seen.map(({ name }) => name);
	return mappingFor(known, names, (name) => personal.has(name));
}

function see(name: string, place: number, rows: Beginning['rows']): SeenColumn {
	const values = rows.map((row) => (row[place] ?? '').slice(0, 200).trim());
	const known = values.filter((value) => !isMissing(value));
	return { name, values: known, personal: isPersonal(name, known) };
}

/** What a person wrote or is called is not shown either. */
function fileColumn({ name, values, personal }: SeenColumn, rows: number): FileColumn {
	const samples = personal ? [] : [...new Set(values)].slice(0, SAMPLES);
	return {
		name,
		samples: samples.map((value) => shortened(value)),
		empty: rows - values.length,
		personal,
	};
}

/** The mapping with what its dates and amounts tell of how they are written. */
function withWriting(mapping: Mapping, seen: readonly SeenColumn[]): Mapping {
	const dayFirst = orderOf(valuesOf(mapping, seen, 'date'));
	const decimalComma = decimalCommaOf(valuesOf(mapping, seen, 'money', 'number'));
	return {
		...mapping,
		...(dayFirst === undefined ? {} : { dayFirst }),
		...(decimalComma === undefined ? {} : { decimalComma }),
	};
}

function valuesOf(
	mapping: Mapping,
	seen: readonly SeenColumn[],
	...kinds: readonly string[]
): readonly string[] {
	const fields = FIELDS[mapping.table].filter(({ kind }) => kinds.includes(kind));
	const names = new Set(
		// A date in three columns says by its columns what is what.
		fields
			.map(({ field }) => mapping.columns[field] ?? [])
			.filter((own) => own.length < 3)
			.flat(),
	);
	return seen.filter(({ name }) => names.has(name)).flatMap(({ values }) => values);
}

/** Whether the day stands first, where a date can be read in one way alone; undefined where none can. */
function orderOf(dates: readonly string[]): boolean | undefined {
	const ways = dates.map((text) => [
		readDay(text, { dayFirst: true }),
		readDay(text, { dayFirst: false }),
	]);
	const only = (way: 0 | 1) =>
		ways.some((days) => Number.isFinite(days[way]) && !Number.isFinite(days[1 - way]));
	if (only(0) === only(1)) return undefined;
	return only(0);
}

function decimalCommaOf(amounts: readonly string[]): boolean | undefined {
	const comma = amounts.some((text) => /\d,\d{1,2}(?:\D|$)/.test(text));
	const point = amounts.some((text) => /\d\.\d{1,2}(?:\D|$)/.test(text));
	return comma === point ? undefined : comma;
}

function questionsOf(
	mapping: Mapping,
	sure: boolean,
	seen: readonly SeenColumn[],
): readonly BringQuestion[] {
	const amounts = valuesOf(mapping, seen, 'money');
	const asked: [BringQuestion, boolean][] = [
		['table', !sure],
		['day-month-order', mapping.dayFirst === undefined && hasAmbiguous(mapping, seen)],
		['decimal-mark', mapping.decimalComma === undefined && amounts.some(isUnclear)],
		['currency', amounts.length > 0 && !mapping.currency && !namesCurrency(mapping, amounts)],
	];
	return asked.filter(([, holds]) => holds).map(([question]) => question);
}

const hasAmbiguous = (mapping: Mapping, seen: readonly SeenColumn[]) =>
	valuesOf(mapping, seen, 'date').some((text) => readDay(text, {}) === AMBIGUOUS);

/** `1.234` and `1,234`: thousands to some, decimals to others. */
const isUnclear = (text: string) =>
	/^\D*\d{1,3}[.,]\d{3}\D*$/.test(text) && !/^0/.test(text) && readAmount(text).amount !== NOT_READ;

function namesCurrency(mapping: Mapping, amounts: readonly string[]): boolean {
	return 'currency' in mapping.columns || amounts.some((text) => readAmount(text).currency !== '');
}
