import { check } from '../boosted-trees/settings';
import type { Transform } from '../transform';
import { isListOf, isRecord, isText } from './shape';
import { type StepKind, step, stepFrom } from './step';

export interface DropOptions {
	/** Largest share of training rows in which a kept column may be missing; 0.5 if left out. */
	readonly most?: number;
}

interface Dropped {
	readonly columns: readonly string[];
}

const KIND: StepKind<Dropped> = {
	name: 'drop-columns',
	isState: isRecord<Dropped>({ columns: isListOf(isText) }),
	apply: ({ columns }, rows) => ({
		count: rows.count,
		columns: rows.columns.filter(({ name }) => !columns.includes(name)),
	}),
};

/** Leaves out the columns of which too much is missing to be filled from the rest. */
export function dropMissing({ most = 0.5 }: DropOptions = {}): Transform {
	check('most', most, 0, 1);
	return step(KIND, { most }, ({ rows }) => ({
		columns: rows.columns
			.filter(({ values }) => values.filter(Number.isNaN).length > most * rows.count)
			.map(({ name }) => name),
	}));
}

/**
 * Leaves out columns by name: of a series known only once the day is over, say, after the steps that
 * look back on it.
 */
export function dropColumns(columns: readonly string[]): Transform {
	return step(KIND, { columns: columns.join(', ') }, () => ({ columns: [...columns] }));
}

export const dropColumnsFrom = stepFrom(KIND);
