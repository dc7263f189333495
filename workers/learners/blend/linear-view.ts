import { type Matrix, type MatrixColumn, matrix, numberColumn } from '$workers/table/matrix';
import { learnRates, ratesOutOfFold } from './rates';
import { isRated, rateName, ratedColumns, replaceColumns } from './tree-view';
import {
	type FittedView,
	type LinearColumn,
	type LinearViewState,
	type SplineColumn,
	type View,
	columnNamed,
	placesIn,
} from './view';

const KNOT_QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9];
/** A number with so few different values is also a set of indicators: it may be a code. */
const FEW_VALUES = 16;
/** A level with fewer rows has no indicator. */
const FEWEST_ROWS = 10;

/**
 * What linear learners see: numbers standardised, with their logarithm and hinges at quantiles (a
 * linear spline), an indicator for each level or for each of few values, and for what is missing;
 * categories of many levels by their rate and count.
 */
export const linearView: View = {
	fit(train, random) {
		const { rows, targets } = train;
		const columns = rows.columns.flatMap((column): LinearColumn[] => {
			if (isRated(column)) return [learnRates(column, targets)];
			return column.kind === 'number' ? learnSpline(column) : learnLevels(column);
		});
		const fitted = fittedLinearView({ kind: 'linear', columns });
		const outOfFold = rows.columns.filter(isRated).map((column) => {
			const rates = ratesOutOfFold(column, train, random.fork(column.name));
			return numberColumn(rateName(column.name), rates);
		});
		return { fitted, train: replaceColumns(fitted.apply(rows), outOfFold) };
	},
};

export function fittedLinearView(state: LinearViewState): FittedView {
	const expand = (rows: Matrix) =>
		state.columns.map((column) => expandColumn(column, columnNamed(rows, column.name)));
	const none: Matrix = {
		count: 0,
		columns: state.columns.map(({ name }) => numberColumn(name, new Float64Array(0))),
	};
	const sources = expand(none).flatMap((columns, i) =>
		columns.map(() => (state.columns[i] as LinearColumn).name),
	);
	return { state, apply: (rows) => matrix(expand(rows).flat()), sources };
}

function expandColumn(column: LinearColumn, given: MatrixColumn): MatrixColumn[] {
	if (column.as === 'rated') return ratedColumns(column, given);
	if (column.as === 'spline') return splineColumns(column, given.values);
	const places = placesIn(column.levels, given);
	const names = [
		...column.levels.map((level) => `${column.name} = ${level}`),
		`${column.name} missing`,
	];
	return names.map((name, place) =>
		numberColumn(
			name,
			Float64Array.from(places, (own) => Number(own === place)),
		),
	);
}

function learnLevels(column: MatrixColumn): LinearColumn[] {
	const counts = new Uint32Array(column.levels.length);
	for (const value of column.values)
		if (!Number.isNaN(value)) counts[value] = (counts[value] as number) + 1;
	const levels = column.levels.filter((_, place) => (counts[place] as number) >= FEWEST_ROWS);
	return levels.length > 0 ? [{ as: 'levels', name: column.name, levels }] : [];
}

function learnSpline({ name, values }: MatrixColumn): LinearColumn[] {
	const known = values.filter((value) => !Number.isNaN(value)).sort();
	if (known.length === 0 || known[0] === known.at(-1)) return [];
	const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
	const spread = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	const distinct = known.filter((value, i) => i === 0 || value !== known[i - 1]);
	const few = distinct.length <= FEW_VALUES;
	const quantiles = KNOT_QUANTILES.map((share) => known[Math.floor(share * (known.length - 1))]);
	const inner = [...new Set(quantiles as number[])].filter(
		(knot) => knot > (known[0] as number) && knot < (known.at(-1) as number),
	);
	const counts = new Map<number, number>();
	if (few) for (const value of known) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [
		{
			as: 'spline',
			name,
			mean,
			deviation: Math.sqrt(spread / known.length),
			logarithm: (known[0] as number) >= 0 && !few,
			knots: few ? [] : inner,
			missing: known.length < values.length,
			values: [...counts].filter(([, count]) => count >= FEWEST_ROWS).map(([value]) => value),
		},
	];
}

function splineColumns(column: SplineColumn, values: Float64Array): MatrixColumn[] {
	const { name, mean, deviation, logarithm, knots, missing, values: few } = column;
	const filled = values.map((value) => (Number.isNaN(value) ? mean : value));
	const make = (suffix: string, of: (value: number) => number) =>
		numberColumn(`${name}${suffix}`, filled.map(of));
	const scale = logarithm ? Math.log1p(mean) || 1 : 1;
	return [
		make('', (value) => (value - mean) / deviation),
		...(logarithm ? [make(' ~ log', (value) => Math.log1p(Math.max(0, value)) / scale)] : []),
		...knots.map((knot) => make(` > ${knot}`, (value) => Math.max(0, value - knot) / deviation)),
		...few.map((own) => make(` = ${own}`, (value) => Number(value === own))),
		...(missing
			? [
					numberColumn(
						`${name} missing`,
						values.map((value) => Number(Number.isNaN(value))),
					),
				]
			: []),
	];
}
