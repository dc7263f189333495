import Papa from 'papaparse';
import { type FrameColumn, frameOf } from '$workers/table/frame';
import { EvaluationError, type Options } from './evaluation';
import { readText } from './files';

/** A table of a file that nobody here has seen: columns by name, in the order of the file. */
export type Cells = Readonly<Record<string, readonly string[]>>;

/**
 * All columns of a CSV file with a header. An EvaluationError where it is empty, a header alone, or
 * torn; rows that are shorter than the header end in blanks.
 */
export function readCells(path: string, delimiter = ''): Cells {
	const { data, errors } = Papa.parse<string[]>(readText(path), {
		delimiter,
		skipEmptyLines: 'greedy',
	});
	const [header, ...rows] = data;
	if (!header) throw new EvaluationError(`${path}: the file is empty`);
	if (rows.length === 0) throw new EvaluationError(`${path}: a header and no rows`);
	const torn = errors.find(({ type }) => type === 'Quotes');
	if (torn) throw new EvaluationError(`${path}: a quote is not closed in row ${torn.row ?? 0}`);
	const names = header.map((name) => name.replace(/^\uFEFF/, '').trim());
	const twice = names.find((name, i) => names.indexOf(name) !== i);
	if (twice !== undefined) throw new EvaluationError(`${path}: two columns are called ${twice}`);
	return Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i] ?? '')]));
}

/** Names separated by commas; each must be a column. */
export function columnList(text: string | undefined, cells: Cells, option: string): string[] {
	const names = (text ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	const unknown = names.filter((name) => !Object.hasOwn(cells, name));
	if (unknown.length > 0)
		throw new EvaluationError(`--${option}: the file has no column ${unknown.join(', ')}`);
	return names;
}

/** The column that is to be learned. */
export function labelOf(cells: Cells, label = ''): readonly string[] {
	const found = Object.hasOwn(cells, label) ? cells[label] : undefined;
	if (!found) throw new EvaluationError(`--label: the file has no column ${label}`);
	return found;
}

/** All columns but the label and those dropped, typed. */
export function featuresOf(
	cells: Cells,
	{ label = '', drop, categorical }: Options,
): readonly FrameColumn[] {
	const dropped = new Set([label, ...columnList(drop, cells, 'drop')]);
	const kept = Object.entries(cells).filter(([name]) => !dropped.has(name));
	const frame = frameOf(Object.fromEntries(kept), {
		categorical: columnList(categorical, cells, 'categorical'),
	});
	if (!frame.some(({ column }) => column))
		throw new EvaluationError('no column is left to learn from: drop fewer');
	return frame;
}

export function readWhole(text: string | undefined, option: string, usual: number): number {
	if (text === undefined) return usual;
	if (!/^\d{1,9}$/.test(text)) throw new EvaluationError(`--${option} is a whole number`);
	return Number(text);
}

/** At least two, and no more than there are rows. */
export function readFolds(text: string | undefined, rows: number): number {
	const folds = readWhole(text, 'folds', 5);
	if (folds < 2 || folds > rows)
		throw new EvaluationError('--folds is at least 2, and at most the number of rows');
	return folds;
}
