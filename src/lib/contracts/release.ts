import type { Reply } from './door';

/** What the cells of a release are formed by. */
export type ReleaseGrouping = 'month' | 'month-and-kind' | 'country' | 'lead-time';
export type ReleaseFigure = 'stays' | 'nights';

export interface ReleaseRequest {
	readonly grouping: ReleaseGrouping;
	readonly figure: ReleaseFigure;
	/** Year of arrival: the budget is counted per guest and year of data, so no clock renews it. */
	readonly year: number;
	/** More than 0, at most 1, in thousandths. */
	readonly epsilon: number;
	/** 1 at first. The next one draws anew, from the books as they are then, and costs as much. */
	readonly edition: number;
}

export interface ReleasedCell {
	readonly name: readonly string[];
	readonly value: number;
	/** 90 of 100 times the noise is at most this large. */
	readonly within: number;
}

/** Whom the budget stands for: where the books name no guest, each booking counts as one. */
export type ReleaseUnit = 'guest' | 'booking';

/** A release as it is kept: asked again, the same figures are handed out and nothing is charged. */
export interface Release extends ReleaseRequest {
	readonly id: string;
	readonly cells: readonly ReleasedCell[];
	/** Cells that were not released; `null` where even their number would tell something. */
	readonly withheld: number | null;
	readonly delta: number;
	readonly unit: ReleaseUnit;
	readonly minimumPeople: number;
	readonly minimumProperties: number;
	/** Nights that count of one stay. */
	readonly mostNights: number;
	/** Made from the sample town's books. */
	readonly sample: boolean;
	/** UTC milliseconds. For show: nothing is decided by it. */
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
	/** `null`: there are no books here. */
	readonly books: { readonly properties: number; readonly sample: boolean } | null;
	/** Newest first: years of the books, and those that something was released about. */
	readonly years: readonly YearBudget[];
	/** Newest first. */
	readonly releases: readonly Release[];
	readonly minimumPeople: number;
	readonly minimumProperties: number;
	readonly mostNights: number;
	/** The most that one release may cost. */
	readonly mostEpsilon: number;
}

/** What a release would be, told from its rules alone: no figure, and nothing is charged. */
export interface ReleasePreview {
	/** What it is a preview of: the form may have changed since it was asked for. */
	readonly request: ReleaseRequest;
	/** Cells that would be looked at; `null` where the list itself would tell something. */
	readonly cells: readonly (readonly string[])[] | null;
	/** A cell with fewer than about so many (of the figure) will hardly ever be shown. */
	readonly hardlyBelow: number;
	/** 90 of 100 times the noise is at most this large. */
	readonly within: number;
	/** Epsilon; 0 where the same request was released before. */
	readonly cost: number;
	/** The release that the same request handed out before. */
	readonly kept: string | null;
	/** The year's budget pays for it. */
	readonly affordable: boolean;
}

export interface ReleaseApi {
	releases(): Promise<Reply<ReleaseView>>;
	previewRelease(request: ReleaseRequest): Promise<Reply<ReleasePreview>>;
	/** Draws the noise, charges the budget and keeps the figures in one transaction. */
	release(request: ReleaseRequest): Promise<Reply<Release>>;
	/** A kept release as a file, formulas defused, for the page to show and then save. */
	releaseFile(id: string, format: 'csv' | 'json'): Promise<Reply<Blob>>;
}
