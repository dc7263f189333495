import type { ActKind, DismissReason } from './acts';
import type { TrialRival } from './evaluation';

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
	/** For `others` and `next`: the home of the own history that speaks for this one. */
	readonly source?: number;
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
	/** People who chose a home of the own history also chose this one. */
	| 'others'
	/** People who were at a home of the own history went here next. */
	| 'next'
	/** How often others chose it. */
	| 'chosen'
	/** Near the homes of the own history: in place, price, size or room type, as `value` says. */
	| 'likeness'
	| 'rest';

/** Why a home is where it is; every statement is counted from the log and carried by the model. */
export interface Reason {
	readonly kind: 'acts' | 'exploration' | 'start' | 'edited' | 'popular' | 'chosen' | 'others';
	/**
	 * For `acts`: what was done, how often, with homes that share all of `features`. For `others`: what
	 * was done with the home that speaks for this one, the source of the feature. `chosen`: everybody
	 * often chose it, and nothing is known of the person yet.
	 */
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
	/** Who put it there, where two rankers share the list. */
	readonly ranker?: string;
}

export interface ForYouRequest {
	readonly count: number;
	/** 0: like what I saved. 1: more variety. */
	readonly variety: number;
	/** 0: well-known homes. 1: less chosen ones. 0.5: as they come. */
	readonly novelty: number;
	/** UTC milliseconds: what time decay counts from. */
	readonly now: number;
	/** Seeds the exploration; the same seed on the same taste gives the same list. */
	readonly seed: number;
	/** Saved homes that stay in the list, since they were saved while it was looked at; others have their own page. */
	readonly keep?: readonly number[];
	/** The list is shared with another way of ranking, place by place. */
	readonly trial?: TrialRival | null;
}

export interface ForYou {
	readonly homes: readonly RankedHome[];
	/** Named in every impression. */
	readonly ranker: string;
	readonly learnedFrom: number;
	/** Different neighbourhoods among the first 20. */
	readonly neighbourhoods: number;
	/** Among the first 20: chosen by others no oftener than the middle home of the catalogue. */
	readonly littleKnown: number;
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
	/** By its fit, among the homes that may be suggested and itself; 1 is the best. */
	readonly place: number;
	/** How many these are. */
	readonly among: number;
}

/** What would move one home, and where to: found by doing it, not guessed. */
export type Counterfactual = WithoutActs | WithWeight;

/** Without these acts of the person's own, the fewest that do it, it would leave the first places. */
export interface WithoutActs {
	readonly kind: 'without';
	readonly acts: readonly CarryingAct[];
	/** How many first places it would leave. */
	readonly leaves: number;
	/** Where it would stand. */
	readonly place: number;
}

export interface CarryingAct {
	readonly sequence: number;
	readonly kind: ActKind;
	readonly property: number;
	/** UTC milliseconds. */
	readonly instant: number;
}

/** If this feature weighed so much, it would be the first. */
export interface WithWeight {
	readonly kind: 'weight';
	readonly feature: FeatureName;
	/** What it weighs, as My taste shows it. */
	readonly from: number;
	/** The nearest weight that does it, as an edit of My taste. */
	readonly to: number;
	readonly place: 1;
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
