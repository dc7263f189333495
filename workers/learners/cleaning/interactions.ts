import { type Matrix, type MatrixColumn, numberColumn } from '$workers/table/matrix';
import type { Transform } from '../transform';
import { type ColumnChoice, addColumns, choiceParams, chosenColumns, findColumn } from './columns';
import { isListOf, isRecord, isText } from './shape';
import { type StepKind, step, stepFrom } from './step';

export interface InteractionOptions extends ColumnChoice {
	/** Adds the square of every column as well. */
	readonly squares?: boolean;
}

interface Pairs {
	readonly pairs: readonly { readonly left: string; readonly right: string }[];
}

/** More columns would add hundreds of products. */
const MOST_COLUMNS = 20;

const KIND: StepKind<Pairs> = {
	name: 'interactions',
	isState: isRecord<Pairs>({ pairs: isListOf(isRecord({ left: isText, right: isText })) }),
	apply: ({ pairs }, rows) =>
		addColumns(
			rows,
			pairs.map((pair) => productOf(rows, pair)),
		),
};

/**
 * Adds the product of each two of the number columns, named `left × right`, missing where one of them
 * is. Scale them before, so that products of far-off means are not one column again. At most 20 columns.
 */
export function interactions(options: InteractionOptions = {}): Transform {
	const { squares = false } = options;
	return step(KIND, { squares, ...choiceParams(options) }, ({ rows }) => {
		const names = chosenColumns(rows, 'number', options).map(({ name }) => name);
		if (names.length > MOST_COLUMNS)
			throw new RangeError(`interactions take at most ${MOST_COLUMNS} columns: name the columns`);
		const pairs = names.flatMap((left, i) =>
			names.slice(squares ? i : i + 1).map((right) => ({ left, right })),
		);
		return { pairs };
	});
}

export const interactionsFrom = stepFrom(KIND);

function productOf(rows: Matrix, { left, right }: Pairs['pairs'][number]): MatrixColumn {
	const others = findColumn(rows, right, 'number').values;
	const { values } = findColumn(rows, left, 'number');
	return numberColumn(
		`${left} × ${right}`,
		values.map((value, row) => value * (others[row] as number)),
	);
}
