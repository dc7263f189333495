import type { Reply } from './door';
import type { HomeFilter } from './homes';
import type { StoreMethod } from './store';
import type { FeatureName } from './taste';

/** What a page asks of everything beside the list, in one question. */
export interface DiscoverRequest {
	/** UTC milliseconds: what time decay counts from. */
	readonly now: number;
	/** Seeds what is explored; the same seed on the same taste gives the same answer. */
	readonly seed: number;
	/** UTC milliseconds: when this visit began. What was done before it can be gone on with. */
	readonly visit: number;
	/** What stands in the list: it is not shown twice. */
	readonly listed: readonly number[];
	readonly guides: readonly GuideTags[];
}

/** What a guide is about, in the catalogue's own terms. */
export interface GuideTags {
	readonly name: string;
	/** Keys of features (`amenity:Balcony`), or groups (`price`). Unknown ones are passed over. */
	readonly tags: readonly string[];
}

export interface Discovered {
	/** Newest first, one for each of the newest saved or enquired homes that has any. */
	readonly because: readonly BecauseRow[];
	readonly next: NextPlaces | null;
	readonly resume: Resume | null;
	/** All that were asked about, best first. */
	readonly guides: readonly RankedGuide[];
	readonly milliseconds: number;
}

/** Homes that are alike to one and fit the taste. */
export interface BecauseRow {
	readonly property: number;
	readonly act: 'save' | 'enquire';
	readonly homes: readonly AlikeHome[];
}

export interface AlikeHome {
	readonly property: number;
	/** In what it is alike: features of both, the most telling first. */
	readonly shared: readonly FeatureName[];
	/** Others who chose the one also chose this one, says the model pack. */
	readonly also: boolean;
}

/** Where to look next, after the places where homes were saved. */
export interface NextPlaces {
	/** The neighbourhood where most was saved. */
	readonly from: string;
	/** `others`: where people went next, by the model pack. `nearby`: near it, and fitting the taste. */
	readonly source: 'others' | 'nearby';
	readonly places: readonly NextPlace[];
}

export interface NextPlace {
	readonly neighbourhood: string;
	/** Metres between the middles of the two; NaN where the catalogue does not say where homes are. */
	readonly away: number;
	readonly homes: number;
	/** Of these, how many are among the tenth of the catalogue that fits best. */
	readonly fitting: number;
	/** The home there that fits best. */
	readonly best: number;
}

/** What an earlier visit left open. */
export interface Resume {
	/** UTC milliseconds of the last act of that visit. */
	readonly at: number;
	/** Looked at long or twice, and neither saved nor dismissed; newest first. */
	readonly homes: readonly number[];
	/** The last search, as the log has it. */
	readonly search?: string;
}

export interface RankedGuide {
	readonly name: string;
	/** What the person likes that it is about; `null` where nothing of it is known yet. */
	readonly because: FeatureName | null;
}

/** The scoring worker's answers beside the list. */
export interface DiscoverApi {
	discover: (request: DiscoverRequest) => Promise<Reply<Discovered>>;
	/** Homes like one; empty where it is not in the catalogue. */
	similar: (property: number, now: number) => Promise<Reply<readonly AlikeHome[]>>;
}

/** The store's part that comes before the list. */
export interface LeftOpenApi {
	/** What visits before this one left open; `null` where nothing was. */
	leftOpen: StoreMethod<[visit: number], Resume | null>;
}

/** A search that is kept, with what it finds now. */
export interface SavedSearch {
	readonly id: string;
	readonly name: string;
	readonly filter: HomeFilter;
	/** UTC milliseconds. */
	readonly savedAt: number;
	readonly lookedAt: number;
	/** Homes that it finds. */
	readonly total: number;
	/** Of these, those that it did not find when it was last looked at; newest listings first. */
	readonly fresh: Uint32Array;
}

/** A saved search as it is stored. */
export interface SavedSearchRecord {
	readonly id: string;
	/** Whose search it is. */
	readonly seeker: number;
	readonly name: string;
	readonly filter: HomeFilter;
	readonly savedAt: number;
	readonly lookedAt: number;
	/** The numbers of the homes it found when it was last looked at: ascending, as differences. */
	readonly seen: readonly number[];
}

/** The store's part: searches that are kept. */
export interface SavedSearchApi {
	/** Oldest first. */
	savedSearches: StoreMethod<[], readonly SavedSearch[]>;
	/** Keeps a filter; what it finds now counts as looked at. Answers its id. */
	saveSearch: StoreMethod<[name: string, filter: HomeFilter], string>;
	renameSearch: StoreMethod<[id: string, name: string], void>;
	/** What it finds now counts as looked at. */
	lookAtSearch: StoreMethod<[id: string], void>;
	/** Hands it back, for undo; `null` where it had gone already. */
	removeSearch: StoreMethod<[id: string], SavedSearchRecord | null>;
	restoreSearch: StoreMethod<[SavedSearchRecord], void>;
}
