import type { Reply } from './door';

/** What the cells of a release are formed by. */
export type ReleaseGrouping = 'month' | 'month-and-kind' | 'country' | 'lead-time';
export type ReleaseFigure = 'stays' | 'nights';

export interface ReleaseRequest {
	readonly grouping: ReleaseGrouping;
	readonly figure: ReleaseFigure;
	/** Year of arrival: the budget is counted per guest and year of data, so no clock renews it. */
	readonly year: number;
	/** At most 1. */
	readonly epsilon: number;
}

export interface ReleasedCell {
	readonly name: readonly string[];
	readonly value: number;
	/** 90 of 100 times the true figure is within this of the value. */
	readonly within: number;
}

/** A release as it is kept: asked again, the same figures are handed out and nothing is charged. */
export interface Release extends ReleaseRequest {
	readonly id: string;
	readonly cells: readonly ReleasedCell[];
	/** Cells that were not released. */
	readonly withheld: number;
	readonly delta: number;
	/** UTC milliseconds. */
	readonly releasedAt: number;
}

export interface YearBudget {
	readonly year: number;
	readonly epsilonAllowed: number;
	readonly epsilonSpent: number;
	readonly deltaAllowed: number;
	readonly deltaSpent: number;
}

export interface ReleaseView {
	readonly years: readonly YearBudget[];
	/** Newest first. */
	readonly releases: readonly Release[];
	readonly minimumPeople: number;
	readonly minimumProperties: number;
}

export interface ReleaseApi {
	releases(): Promise<Reply<ReleaseView>>;
	/** Draws the noise, charges the budget and keeps the figures in one transaction. */
	release(request: ReleaseRequest): Promise<Reply<Release>>;
	/** A kept release as CSV, formulas defused, for the page to show and then save. */
	releaseFile(id: string): Promise<Reply<Blob>>;
}
