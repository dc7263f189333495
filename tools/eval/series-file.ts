import Papa from 'papaparse';
import { EvaluationError } from './evaluation';
import { readText } from './files';

/** Series by their id, as M4 has them: a header, then a row each, id first, padded with empty cells. */
export function readSeriesRows(path: string): ReadonlyMap<string, Float64Array> {
	const { data } = Papa.parse<string[]>(readText(path), { skipEmptyLines: true });
	if (data.length === 0) throw new EvaluationError(`${path}: the file is empty`);
	if (data.length === 1) throw new EvaluationError(`${path}: a header and no rows`);
	const series = new Map<string, Float64Array>();
	data.slice(1).forEach(([id = '', ...cells], i) => {
		if (series.has(id)) throw new EvaluationError(`${path}: row ${i + 1} repeats an id`);
		series.set(id, readCells(cells, path, i + 1));
	});
	return series;
}

function readCells(cells: readonly string[], path: string, row: number): Float64Array {
	const isEmpty = (cell: string) => cell.trim() === '' || cell === 'NA';
	const length = cells.findLastIndex((cell) => !isEmpty(cell)) + 1;
	const values = Float64Array.from(cells.slice(0, length), (cell) =>
		isEmpty(cell) ? Number.NaN : Number(cell),
	);
	if (!values.every(Number.isFinite))
		throw new EvaluationError(`${path}: row ${row} holds a gap or something that is no number`);
	return values;
}
