import type { Transform } from '../transform';
import {
	type ColumnChoice,
	choiceParams,
	chosenColumns,
	mapKnown,
	replaceColumns,
} from './columns';
import { isListOf, isNumber, isRecord, isText } from './shape';
import { sortedKnown, standardOf } from './statistics';
import { type StepKind, step, stepFrom } from './step';

/** (value - centre) / width. */
interface Scales {
	readonly columns: readonly {
		readonly name: string;
		readonly centre: number;
		readonly width: number;
	}[];
}

const KIND: StepKind<Scales> = {
	name: 'scale',
	isState: isRecord<Scales>({
		columns: isListOf(isRecord({ name: isText, centre: isNumber, width: isNumber })),
	}),
	apply: ({ columns }, rows) =>
		replaceColumns(rows, 'number', columns, (column, { centre, width }) => [
			mapKnown(column, (value) => (value - centre) / width),
		]),
};

/**
 * Numbers in standard deviations of the training rows (of the population) from their mean. A column
 * of one number becomes 0; what is missing stays missing.
 */
export function scaleStandard(choice: ColumnChoice = {}): Transform {
	return step(KIND, { by: 'standard', ...choiceParams(choice) }, ({ rows }) => ({
		columns: chosenColumns(rows, 'number', choice).map(({ name, values }) => {
			const { mean, deviation } = standardOf(values);
			return { name, centre: mean, width: deviation };
		}),
	}));
}

/**
 * Numbers from 0 (the least of the training rows) to 1 (the largest); other rows may lie outside. A
 * column of one number becomes 0; what is missing stays missing.
 */
export function scaleMinMax(choice: ColumnChoice = {}): Transform {
	return step(KIND, { by: 'min-max', ...choiceParams(choice) }, ({ rows }) => ({
		columns: chosenColumns(rows, 'number', choice).map(({ name, values }) => {
			const sorted = sortedKnown(values);
			const least = sorted[0] ?? 0;
			return { name, centre: least, width: (sorted.at(-1) ?? 0) - least || 1 };
		}),
	}));
}

export const scaleFrom = stepFrom(KIND);
