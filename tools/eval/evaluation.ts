/** What a task hands back: the figures of the last line, and lines for people. */
export interface Evaluation {
	readonly figures: Readonly<Record<string, unknown>>;
	/** Told on stderr. */
	readonly table: readonly string[];
}

/** Options as they stand on the command line, without the dashes. */
export type Options = Readonly<Record<string, string>>;

export interface Task {
	/** Options that must be there. */
	readonly required: readonly string[];
	readonly optional: readonly string[];
	/** Options without a value, `true` where they are there. */
	readonly flags?: readonly string[];
	run(options: Options): Promise<Evaluation>;
}

/** Something a person can put right: said in one line, exit code 2. */
export class EvaluationError extends Error {
	override readonly name = 'EvaluationError';
}
