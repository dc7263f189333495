import { type MatrixColumn, numberColumn } from '$workers/table/matrix';
import { check } from '../boosted-trees/settings';
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

export interface OneHotOptions extends ColumnChoice {
	/** At most so many columns a category: the most frequent levels, and one for all others. */
	readonly maxLevels?: number;
}

interface Levels {
	readonly columns: readonly {
		readonly name: string;
		readonly levels: readonly string[];
		/** Levels of training that have no column of their own; empty for no column of others. */
		readonly others: readonly string[];
	}[];
}
type LevelsOfColumn = Levels['columns'][number];

const KIND: StepKind<Levels> = {
	name: 'one-hot',
	isState: isRecord<Levels>({
		columns: isListOf(
			isRecord({ name: isText, levels: isListOf(isText), others: isListOf(isText) }),
		),
	}),
	apply: ({ columns }, rows) => replaceColumns(rows, 'category', columns, oneHotColumns),
};

/**
 * A column of 0 and 1 in the place of each level that stands in the training rows, named
 * `column: level`, in the order of names. Missing and unknown levels are 0 throughout, but count
 * as others where training had some.
 */
export function oneHot(options: OneHotOptions = {}): Transform {
	const { maxLevels = 30 } = options;
	check('maxLevels', maxLevels, 1, 65_535, true);
	return step(KIND, { maxLevels, ...choiceParams(options) }, ({ rows }) => ({
		columns: chosenColumns(rows, 'category', options).map((column) =>
			levelsToKeep(column, maxLevels),
		),
	}));
}

export const oneHotFrom = stepFrom(KIND);

/** Of levels as frequent, the first by name is kept. */
function levelsToKeep(column: MatrixColumn, maxLevels: number): LevelsOfColumn {
	const counts = [...countLevels(column)];
	const kept = counts.length > maxLevels ? maxLevels - 1 : maxLevels;
	const frequent = counts
		.slice()
		.sort(([, a], [, b]) => b - a)
		.slice(0, kept)
		.map(([level]) => level)
		.sort();
	const others = counts.map(([level]) => level).filter((level) => !frequent.includes(level));
	return { name: column.name, levels: frequent, others };
}

function oneHotColumns(column: MatrixColumn, about: LevelsOfColumn): readonly MatrixColumn[] {
	const { name, levels, others } = about;
	const places = placesIn(levels, column);
	const one = (level: string, is: (place: number, row: number) => boolean) =>
		numberColumn(
			`${name}: ${level}`,
			places.map((place, row) => Number(is(place, row))),
		);
	return [
		...levels.map((level, own) => one(level, (place) => place === own)),
		...(others.length > 0 ? [one(otherName(levels), (place) => Number.isNaN(place))] : []),
	];
}

const otherName = (levels: readonly string[]) => (levels.includes('other') ? 'any other' : 'other');
