/** One line of the table: what was measured, and what it may be at most (or has to be at least). */
export interface Figure {
	readonly what: string;
	readonly figure: number;
	readonly unit: string;
	/** Absent where the figure is there to explain another. */
	readonly budget?: Budget;
}

export type Budget = { readonly atMost: number } | { readonly atLeast: number };

/** A group of figures that are measured together, under the name that `--only` takes. */
export interface Measure {
	readonly name: string;
	run(setting: Setting): Promise<readonly Figure[]>;
}

/** What every measure is handed. */
export interface Setting {
	/** The built app. */
	readonly folder: string;
	/** Says what is going on, or what could not be measured. */
	say(words: string): void;
}

/** NaN is over every budget: what could not be measured never looks like a pass. */
export function holds({ figure, budget }: Figure): boolean {
	if (!budget) return true;
	return 'atMost' in budget ? figure <= budget.atMost : figure >= budget.atLeast;
}
