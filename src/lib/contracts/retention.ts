import type { JobHandle, Reply } from './door';
import type { Figure, InsightModel, Missing } from './insight';

/** Tables whose rows have a date of their own, so that a period can be chosen for them. */
export type DatedTable =
	| 'interaction'
	| 'fact_booking_detail'
	| 'dim_user'
	| 'fact_property_engagement'
	| 'fact_booking_daily'
	| 'run';

/** Tables that lose rows by retention: `interaction_note` and `model` go with acts and runs. */
export type RetainedTable = DatedTable | 'interaction_note' | 'model';

/** How long the rows of one table are kept. */
export interface RetentionChoice {
	readonly table: DatedTable;
	/** Days after the row's own date (its instant, departure, last stay); `null`: until erased. */
	readonly days: number | null;
	/** The person chose `days`; otherwise it is what holds without a choice. */
	readonly chosen: boolean;
	/** What such data is usually kept for: a suggestion, never in force by itself. */
	readonly usual: number;
	/** Rows now, and of them those that are past their time. */
	readonly rows: number;
	readonly due: number;
	/** Oldest row's day as UTC milliseconds; NaN where there is none. */
	readonly oldest: number;
	/** From where ages are counted, UTC milliseconds; NaN where nothing is stored. */
	readonly countedFrom: number;
}

/** What the job removed. */
export interface RetentionReport {
	readonly instant: number;
	readonly removed: readonly {
		readonly table: RetainedTable;
		readonly rows: number;
		/** The period that was over. */
		readonly days: number;
	}[];
}

/** The clock ran ahead of everything that is known here: nothing is removed until that is settled. */
export interface ClockHold {
	/** What the clock said, UTC milliseconds. */
	readonly clock: number;
	/** The newest trace of the app's own use before. */
	readonly trusted: number;
	/** By itself the hold ends after so many days of use at this clock, less those that were seen. */
	readonly daysLeft: number;
}

export interface RetentionView {
	readonly choices: readonly RetentionChoice[];
	/** Newest first; only those that removed something. */
	readonly reports: readonly RetentionReport[];
	/** When the job last looked, UTC milliseconds; NaN: never. */
	readonly ranAt: number;
	readonly hold: ClockHold | null;
}

export interface RetentionApi {
	retention(): Promise<Reply<RetentionView>>;
	/**
	 * Takes effect with the next run of the job: at the next start, or by `enforceRetention`. A whole
	 * number of days from 1 to 36,500, or `null`: until erased.
	 */
	changeRetention(table: DatedTable, days: number | null): Promise<Reply<RetentionView>>;
	/** Rows that `days` would remove now. Changes nothing. */
	rowsPast(table: DatedTable, days: number | null): Promise<Reply<number>>;
	/**
	 * Removes what is past its time and writes down how much. A fault `ClockAhead` while the clock is
	 * in doubt, unless the person says that it is right; `Busy` while models are being trained.
	 */
	enforceRetention(options: { readonly clockIsRight: boolean }): Promise<Reply<RetentionReport>>;
}

/** One model with all rows and without those that would go, tried on the same days. */
export interface RetentionCost {
	readonly model: InsightModel | 'taste';
	/** Name of the figure, as in the model's card; `firstTwenty` for the taste. */
	readonly figure: string;
	readonly better: Figure['better'];
	/** NaN where there is none. */
	readonly now: number;
	readonly after: number;
	/** Rows, days or saved homes that the figure rests on. */
	readonly cases: number;
	/** Why there is no figure now; why there would be none after. */
	readonly missingNow: Missing | null;
	readonly missingAfter: Missing | null;
}

/** What keeping a table shorter would cost, measured by training with and without the rows. */
export interface RetentionPreview {
	readonly table: DatedTable;
	readonly days: number;
	readonly rows: number;
	/** Empty where no model learns from the table. */
	readonly costs: readonly RetentionCost[];
}

/** In the training worker. */
export interface RetentionTraining {
	/** Long. Changes nothing. */
	previewRetention(
		job: JobHandle,
		table: DatedTable,
		days: number,
	): Promise<Reply<RetentionPreview>>;
}
