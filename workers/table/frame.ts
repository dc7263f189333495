import { isCode, isMissing, orderLevels, parseNumber, yesNoReader } from './cells-of-frame';
import { parseCivilDay } from './civil';
import { type Matrix, type MatrixColumn, categoryColumn, matrix, numberColumn } from './matrix';

/**
 * What a column of cells was taken for. `date` is a number (civil day), `yes-no` is 0 and 1. A `key`
 * has another text in almost every row, `text` is prose, and a `constant` says one thing alone: no
 * learner of tables can use these three.
 */
export type FrameKind = 'number' | 'yes-no' | 'date' | 'category' | 'key' | 'text' | 'constant';

export interface FrameColumn {
	readonly name: string;
	readonly kind: FrameKind;
	readonly cells: readonly string[];
	/** Empty for keys, texts and constants. */
	readonly column?: MatrixColumn;
}

export interface FrameOptions {
	/** Taken for categories, whatever they look like: numbers that are names. */
	readonly categorical?: readonly string[];
}

/** Odd cells in a column of numbers or dates count as missing up to this share. */
const ODD_SHARE = 0.01;
const KEY_SHARE = 0.9;
const PROSE_LENGTH = 40;
const FEWEST_KEYS = 20;

/**
 * Cells of a file of unknown make as typed columns, inferred from the cells of a column alone (never
 * from what is to be learned). Levels of a category stand in the order of the alphabet, or of the
 * calendar.
 */
export function frameOf(
	columns: Readonly<Record<string, readonly string[]>>,
	{ categorical = [] }: FrameOptions = {},
): readonly FrameColumn[] {
	return Object.entries(columns).map(([name, cells]) => {
		const known = new Set(cells.filter((cell) => !isMissing(cell)));
		const forced = categorical.includes(name);
		return { name, cells, ...(forced ? asCategory(name, cells) : infer(name, cells, known)) };
	});
}

/** The columns that a learner of tables can use. */
export function matrixOfFrame(frame: readonly FrameColumn[]): Matrix {
	return matrix(frame.flatMap(({ column }) => (column ? [column] : [])));
}

type Inferred = Pick<FrameColumn, 'kind' | 'column'>;

function infer(name: string, cells: readonly string[], known: ReadonlySet<string>): Inferred {
	const anyMissing = cells.some(isMissing);
	if (known.size === 0 || (known.size === 1 && !anyMissing)) return { kind: 'constant' };
	const yesNo = known.size === 2 ? yesNoReader(known) : undefined;
	if (yesNo) return read('yes-no', name, cells, yesNo);
	if (![...known].some(isCode) && mostlyReads(known, parseNumber))
		return read('number', name, cells, parseNumber);
	if (mostlyReads(known, parseCivilDay)) return read('date', name, cells, parseCivilDay);
	return inferText(name, cells, known);
}

function inferText(name: string, cells: readonly string[], known: ReadonlySet<string>): Inferred {
	const filled = cells.reduce((count, cell) => count + Number(!isMissing(cell)), 0);
	let length = 0;
	for (const cell of known) length += cell.length;
	if (length / known.size > PROSE_LENGTH && known.size > filled / 2) return { kind: 'text' };
	if (known.size > KEY_SHARE * filled && filled >= FEWEST_KEYS) return { kind: 'key' };
	return asCategory(name, cells);
}

function mostlyReads(known: ReadonlySet<string>, parse: (cell: string) => number): boolean {
	let odd = 0;
	for (const cell of known) {
		odd += Number(Number.isNaN(parse(cell)));
		if (odd > ODD_SHARE * known.size) return false;
	}
	return true;
}

function read(
	kind: FrameKind,
	name: string,
	cells: readonly string[],
	parse: (cell: string) => number,
): Inferred {
	const value = (cell: string) => (isMissing(cell) ? Number.NaN : parse(cell));
	return { kind, column: numberColumn(name, Float64Array.from(cells, value)) };
}

function asCategory(name: string, cells: readonly string[]): Inferred {
	const levels = orderLevels([...new Set(cells.filter((cell) => !isMissing(cell)))]);
	const places = new Map(levels.map((level, place) => [level, place]));
	const values = Float64Array.from(cells, (cell) => places.get(cell) ?? Number.NaN);
	return { kind: 'category', column: categoryColumn(name, values, levels) };
}
