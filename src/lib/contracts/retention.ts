import type { JobHandle, Reply } from './door';

/** How long the rows of one table are kept. */
export interface RetentionChoice {
	readonly table: string;
	/** Days after the row's own date (its instant, departure, last stay); `null`: until erased. */
	readonly days: number | null;
	/** What holds where nothing was chosen. */
	readonly usual: number | null;
	/** Rows now, and of them those that are past their time. */
	readonly rows: number;
	readonly due: number;
	/** Oldest row's day as UTC milliseconds; NaN where there is none. */
	readonly oldest: number;
}

/** What the job removed. */
export interface RetentionReport {
	readonly instant: number;
	readonly removed: readonly { readonly table: string; readonly rows: number }[];
}

export interface RetentionView {
	readonly choices: readonly RetentionChoice[];
	/** Newest first. */
	readonly reports: readonly RetentionReport[];
}

export interface RetentionApi {
	retention(): Promise<Reply<RetentionView>>;
	/** Takes effect with the next run of the job: at the next start, or by `enforceRetention`. */
	changeRetention(table: string, days: number | null): Promise<Reply<RetentionView>>;
	/** Rows that `days` would remove now. Changes nothing. */
	rowsPast(table: string, days: number | null): Promise<Reply<number>>;
	/** Removes what is past its time and writes down how much. */
	enforceRetention(): Promise<Reply<RetentionReport>>;
}

/** What keeping a table shorter would cost, measured by training with and without the rows. */
export interface RetentionPreview {
	readonly rows: number;
	readonly models: readonly {
		readonly model: string;
		/** Name of the figure, as in the model's card. */
		readonly figure: string;
		readonly now: number;
		readonly after: number;
	}[];
}

/** In the training worker. */
export interface RetentionTraining {
	/** Long. Changes nothing. */
	previewRetention(
		job: JobHandle,
		table: string,
		days: number | null,
	): Promise<Reply<RetentionPreview>>;
}
