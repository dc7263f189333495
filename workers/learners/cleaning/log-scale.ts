import type { Transform } from '../transform';
import {
	type ColumnChoice,
	choiceParams,
	chosenColumns,
	mapKnown,
	replaceColumns,
} from './columns';
import { isListOf, isRecord, isText } from './shape';
import { type StepKind, step, stepFrom } from './step';

interface Logged {
	readonly columns: readonly { readonly name: string }[];
}

const KIND: StepKind<Logged> = {
	name: 'log-scale',
	isState: isRecord<Logged>({ columns: isListOf(isRecord({ name: isText })) }),
	apply: ({ columns }, rows) =>
		replaceColumns(rows, 'number', columns, (column) => [mapKnown(column, signedLog)]),
};

/**
 * Numbers on a scale that tames long tails (prices, spend): ln(1 + value), and the same mirrored for
 * numbers below 0, so that every number has a place.
 */
export function logScale(choice: ColumnChoice = {}): Transform {
	return step(KIND, choiceParams(choice), ({ rows }) => ({
		columns: chosenColumns(rows, 'number', choice).map(({ name }) => ({ name })),
	}));
}

export const logScaleFrom = stepFrom(KIND);

const signedLog = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value));
