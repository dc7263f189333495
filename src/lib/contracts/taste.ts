import type { ActKind, DismissReason } from './acts';

/** A named part of a score. The parts of one home add up to its fit. */
export interface Contribution {
	/** Which feature, or group of features shown as one. */
	readonly feature: FeatureName;
	readonly value: number;
}

/** A feature in terms that a page can put into words. */
export interface FeatureName {
	/** Stable key, e.g. `neighbourhood:Jamaica Plain`, `price:under-180`, `amenity:Balcony`. */
	readonly key: string;
	readonly group: FeatureGroup;
	/** The value within the group, as the catalogue writes it; empty for a group as a whole. */
	readonly value: string;
	/** For price features: the bounds in the catalogue's money; NaN where open. */
	readonly from?: number;
	readonly to?: number;
}

export type FeatureGroup =
	| 'neighbourhood'
	| 'location'
	| 'price'
	| 'room-type'
	| 'property-type'
	| 'size'
	| 'amenity'
	| 'words'
	| 'host'
	| 'stay'
	| 'looks'
	| 'popularity'
	| 'rest';

/** Why a home is where it is; every statement is counted from the log and carried by the model. */
export interface Reason {
	readonly kind: 'acts' | 'exploration' | 'start' | 'edited' | 'popular';
	/** For `acts`: what was done, how often, with homes that share all of `features`. */
	readonly act?: ActKind;
	readonly count?: number;
	readonly features: readonly FeatureName[];
	/** Of these homes, how many also share this one. */
	readonly also?: { readonly count: number; readonly feature: FeatureName };
}

export interface RankedHome {
	readonly property: number;
	readonly fit: number;
	/** One standard deviation of the fit. */
	readonly uncertainty: number;
	/** Largest first by size, at most four, then `rest`; they sum to `fit`. */
	readonly contributions: readonly Contribution[];
	readonly reason: Reason;
	readonly propensity: number;
	readonly exploration: boolean;
}

export interface ForYouRequest {
	readonly count: number;
	/** 0: like what I saved. 1: more variety. */
	readonly variety: number;
	/** UTC milliseconds: what time decay counts from. */
	readonly now: number;
	/** Seeds the exploration; the same seed on the same taste gives the same list. */
	readonly seed: number;
	/** Saved homes that stay in the list, since they were saved while it was looked at; others have their own page. */
	readonly keep?: readonly number[];
}

export interface ForYou {
	readonly homes: readonly RankedHome[];
	/** Named in every impression. */
	readonly ranker: string;
	readonly learnedFrom: number;
	/** Different neighbourhoods among the first 20. */
	readonly neighbourhoods: number;
	readonly milliseconds: number;
}

/** Scores for a list that something else chose, e.g. a search. */
export interface Fits {
	/** The properties asked for, best first. */
	readonly properties: Uint32Array;
	readonly fits: Float32Array;
	readonly ranker: string;
}

/** What the model says of one home, whole. */
export interface Explanation {
	readonly fit: number;
	readonly uncertainty: number;
	/** All parts that are not zero, largest first by size; they sum to `fit`. */
	readonly contributions: readonly Contribution[];
	readonly reason: Reason;
	/** Share of the catalogue's homes with a lower fit. */
	readonly percentile: number;
}

export interface TasteWeight {
	readonly feature: FeatureName;
	/** What a home gains by having it, against one that is average in it. */
	readonly weight: number;
	readonly uncertainty: number;
	/** What the acts alone say, where a person has changed it. */
	readonly learned: number;
	readonly edited: boolean;
	readonly off: boolean;
	readonly evidence: readonly { readonly act: ActKind; readonly count: number }[];
	readonly reasons: readonly { readonly reason: DismissReason; readonly count: number }[];
}

export interface Taste {
	/** Best known first. */
	readonly weights: readonly TasteWeight[];
	readonly learnedFrom: number;
	/** The encoder in use; absent until it is trained. */
	readonly encoder?: {
		readonly version: string;
		readonly trainedAt: number;
		readonly backend: string;
	};
}

/** A person's own word on a feature; stands until it is taken back. */
export interface TasteEdit {
	readonly key: string;
	readonly weight?: number;
	readonly off?: boolean;
}

export interface Pair {
	readonly left: number;
	readonly right: number;
	/** From 1 to 5. */
	readonly step: number;
}
