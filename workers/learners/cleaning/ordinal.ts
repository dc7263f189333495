import { numberColumn } from '$workers/table/matrix';
import type { Transform } from '../transform';
import {
	type ColumnChoice,
	choiceParams,
	chosenColumns,
	countLevels,
	placesIn,
	replaceColumns,
} from './columns';
import { isListOf, isRecord, isText } from './shape';
import { type StepKind, step, stepFrom } from './step';

export interface OrdinalOptions extends ColumnChoice {
	/** Levels by column, least first; the order of their names for columns not in it. */
	readonly order?: Readonly<Record<string, readonly string[]>>;
}

interface Orders {
	readonly columns: readonly { readonly name: string; readonly levels: readonly string[] }[];
}

const KIND: StepKind<Orders> = {
	name: 'ordinal',
	isState: isRecord<Orders>({
		columns: isListOf(isRecord({ name: isText, levels: isListOf(isText) })),
	}),
	apply: ({ columns }, rows) =>
		replaceColumns(rows, 'category', columns, (column, { name, levels }) => [
			numberColumn(name, placesIn(levels, column)),
		]),
};

/** Categories as their place in an order, from 0. Levels that are not in it become missing. */
export function ordinal(options: OrdinalOptions = {}): Transform {
	const { order = {} } = options;
	const params = { order: JSON.stringify(order), ...choiceParams(options) };
	return step(KIND, params, ({ rows }) => ({
		columns: chosenColumns(rows, 'category', options).map((column) => ({
			name: column.name,
			levels: order[column.name] ?? [...countLevels(column).keys()],
		})),
	}));
}

export const ordinalFrom = stepFrom(KIND);
