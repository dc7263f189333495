import type { ChanceAnswer, InsightModel } from '$lib/contracts/insight';
import type { Matrix } from '$workers/table/matrix';

/** A question about rows that is answered by a chance. */
export interface ChanceTask {
	readonly question: ChanceAnswer['question'];
	readonly model: InsightModel;
	/** Everything that was known of each row when its chance is asked for. */
	readonly rows: Matrix;
	/** 0 or 1; NaN where it is not known yet. */
	readonly outcomes: Float64Array;
	/** Civil day of each row: of arrival, or of the visit. */
	readonly days: Float64Array;
	/** Names of the columns that hold civil days. */
	readonly dates: readonly string[];
	/** Rows to act on. Where all are decided already, they must be among the last days. */
	readonly open: Uint32Array;
	/** What a row is about, for those who read the answer. */
	readonly describe: (row: number) => {
		readonly property: number;
		readonly title: string;
		readonly guest: number;
		readonly id: number;
		readonly amount: number;
	};
	/** Of the AUC; NaN where there is none. */
	readonly target: number;
}

export interface ChanceOptions {
	/** Days at the end that are tested on; 184, or a quarter of all days where that is less. */
	readonly testDays?: number;
}
