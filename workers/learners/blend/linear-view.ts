import {
	type Matrix,
	type MatrixColumn,
	categoryColumn,
	matrix,
	numberColumn,
} from '$workers/table/matrix';
import { learnRates, ratesOutOfFold } from './rates';
import { isRated, rateName, ratedColumns, replaceColumns } from './tree-view';
import {
	type FittedView,
	type LinearColumn,
	type LinearViewState,
	type SplineColumn,
	type View,
	columnNamed,
} from './view';

const KNOT_QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9];
/** A number with so few different values is also a category: it may be a code. */
const FEW_VALUES = 16;

/**
 * What linear learners see: numbers with their logarithm and hinges at quantiles (a linear spline),
 * those of few values as categories too, and whether they are missing; categories of few levels as
 * they are, those of many by their rate and count.
 */
export const linearView: View = {
	fit(train, random) {
		const { rows, targets } = train;
		const columns = rows.columns.flatMap((column): LinearColumn[] => {
			if (isRated(column)) return [learnRates(column, targets)];
			if (column.kind === 'category') return [{ as: 'plain', name: column.name }];
			return learnSpline(column);
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
	return column.as === 'spline' ? splineColumns(column, given.values) : [given];
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
	return [
		{
			as: 'spline',
			name,
			mean,
			low: known[0] as number,
			high: known.at(-1) as number,
			deviation: Math.sqrt(spread / known.length),
			logarithm: (known[0] as number) >= 0 && !few,
			knots: few ? [] : inner,
			missing: known.length < values.length,
			values: few && distinct.length > 2 ? [...distinct] : [],
		},
	];
}

function splineColumns(column: SplineColumn, values: Float64Array): MatrixColumn[] {
	const { name, mean, low, high, deviation, logarithm, knots, missing, values: few } = column;
	const filled = values.map((value) =>
		Number.isNaN(value) ? mean : Math.min(high, Math.max(low, value)),
	);
	const make = (suffix: string, of: (value: number) => number) =>
		numberColumn(`${name}${suffix}`, filled.map(of));
	const scale = logarithm ? Math.log1p(mean) || 1 : 1;
	return [
		make('', (value) => (value - mean) / deviation),
		...(logarithm ? [make(' ~ log', (value) => Math.log1p(Math.max(0, value)) / scale)] : []),
		...knots.map((knot) => make(` > ${knot}`, (value) => Math.max(0, value - knot) / deviation)),
		...(few.length > 0 ? [asCategory(name, few, values)] : []),
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

function asCategory(name: string, known: readonly number[], values: Float64Array): MatrixColumn {
	const places = new Map(known.map((value, place) => [value, place]));
	const codes = values.map((value) => places.get(value) ?? Number.NaN);
	return categoryColumn(`${name} ~ code`, codes, known.map(String));
}
