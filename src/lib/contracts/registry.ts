import type { InsightModel, ModelCard } from './insight';

/** One run: a trained version of a model with everything that says how it came about. */
export interface RunRecord extends ModelCard {
	readonly id: string;
	readonly gates: readonly Gate[];
	/** Why it stands in its stage. */
	readonly reason: StageReason;
	/** Of the artefacts: the model and its answer. */
	readonly bytes: number;
	/** When it went into production, and out of it; NaN where it did not. UTC milliseconds. */
	readonly promotedAt: number;
	readonly retiredAt: number;
	/** Tables that it learned from. */
	readonly tables: readonly string[];
	/** Absent while it may be used. Otherwise nothing is left of it but this record. */
	readonly stale?: Stale;
}

/** Why a version may not be used any more, and since when (UTC milliseconds). */
export interface Stale {
	readonly why: StaleWhy;
	readonly since: number;
}

/** What happened to data that a model had learned from. */
export type StaleWhy = 'withdrawn' | 'forgotten' | 'restricted' | 'corrected' | 'expired';

export type StageReason =
	| 'gates-passed'
	| 'gate-failed'
	| 'not-better-than-production'
	| 'promoted-by-hand'
	| 'replaced'
	| 'rolled-back'
	| 'taken-back'
	| 'made-stale';

/** What a version must pass. Hard ones can't be waived; the seeds' targets can, by hand. */
export interface Gate {
	readonly name: 'beats-naive' | 'no-leak' | 'interval-holds' | 'target';
	readonly hard: boolean;
	readonly passed: boolean;
	/** The figure that it looks at; empty for leaks. */
	readonly figure: string;
	readonly value: number;
	readonly bound: number;
}

/** A refresh that comes again by itself. */
export interface JobRecord {
	readonly model: InsightModel;
	readonly every: 'hour' | 'day' | 'week';
	readonly state: 'never' | 'done' | 'running' | 'interrupted' | 'cancelled' | 'failed' | 'waiting';
	/** UTC milliseconds; NaN where it never did. */
	readonly startedAt: number;
	readonly finishedAt: number;
	readonly seconds: number;
	readonly dueAt: number;
	/** Name of the fault that stopped it; empty otherwise. */
	readonly fault: string;
}
