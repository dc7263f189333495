import { type Matrix, type MatrixColumn, matrix, numberColumn } from '$workers/table/matrix';
import { learnRates, ratesOutOfFold } from './rates';
import {
	type FittedView,
	type PlainColumn,
	type RatedColumn,
	type TreeViewState,
	type View,
	columnNamed,
	placesIn,
} from './view';

/** Levels beyond which a category is seen by its rate and count. */
const FEW_LEVELS = 16;

/** What trees see: columns as they are, and categories of many levels by their rate and count. */
export const treeView: View = {
	fit(train, random) {
		const { rows, targets } = train;
		const columns = rows.columns.map((column): PlainColumn | RatedColumn =>
			isRated(column) ? learnRates(column, targets) : { as: 'plain', name: column.name },
		);
		const fitted = fittedTreeView({ kind: 'trees', columns });
		const seen = fitted.apply(rows);
		const outOfFold = rows.columns.filter(isRated).map((column) => {
			const rates = ratesOutOfFold(column, train, random.fork(column.name));
			return numberColumn(rateName(column.name), rates);
		});
		return { fitted, train: replaceColumns(seen, outOfFold) };
	},
};

export function fittedTreeView(state: TreeViewState): FittedView {
	return {
		state,
		apply: (rows) =>
			withCount(
				rows.count,
				state.columns.flatMap((column) => {
					const given = columnNamed(rows, column.name);
					return column.as === 'plain' ? [given] : ratedColumns(column, given);
				}),
			),
		sources: state.columns.flatMap(({ as, name }) => (as === 'plain' ? [name] : [name, name])),
	};
}

export function ratedColumns(rated: RatedColumn, given: MatrixColumn): MatrixColumn[] {
	const places = placesIn(rated.levels, given);
	const read = (values: Float64Array) =>
		Float64Array.from(places, (place) => values[place] as number);
	return [
		numberColumn(rateName(rated.name), read(rated.rates)),
		numberColumn(`${rated.name} ~ count`, read(rated.counts)),
	];
}

export const isRated = ({ kind, levels }: MatrixColumn): boolean =>
	kind === 'category' && levels.length > FEW_LEVELS;

export const rateName = (name: string): string => `${name} ~ rate`;

/** The same matrix with columns of the same names put in their places. */
export function replaceColumns(whole: Matrix, own: readonly MatrixColumn[]): Matrix {
	const byName = new Map(own.map((column) => [column.name, column]));
	return withCount(
		whole.count,
		whole.columns.map((column) => byName.get(column.name) ?? column),
	);
}

/** A matrix of no columns has rows too. */
const withCount = (count: number, columns: readonly MatrixColumn[]): Matrix =>
	columns.length > 0 ? matrix(columns) : { count, columns };
