import type { AreaPortrait } from './areas';
import type { Act, ActKind, ActPage, RememberedAct, Standing } from './acts';
import type { JobHandle, Reply } from './door';
import type { TrialRival } from './evaluation';
import type {
	CatalogueSummary,
	Home,
	HomeFilter,
	HomeOrder,
	ImportOptions,
	ImportReport,
	MapPoints,
	PriceContext,
	SearchAnswer,
} from './homes';
import type { TasteEdit } from './taste';

/** Why data is read. Every read names one; consent is checked there. */
export type Purpose = 'show' | 'recommend' | 'insight' | 'message' | 'export' | 'account';

export type Role = 'tenant' | 'manager' | 'privacy';

/** What a person has chosen; one record a profile. */
export interface Settings {
	readonly role: Role | null;
	readonly learning: boolean;
	/** How wide to look, 0 to 1. */
	readonly variety: number;
	/** How little known, 0 to 1; 0.5: as they come. */
	readonly novelty: number;
	/** Which way of ranking the present one is tried against; `null`: none. */
	readonly trial: TrialRival | null;
}

/** What a page needs to know first. */
export interface Situation {
	readonly profile: string;
	readonly settings: Settings;
	readonly catalogue: CatalogueSummary | null;
	/** `false`: the browser may clear the data when space is short. */
	readonly persisted: boolean;
	/** How often the person handed something over: exports, messages, shared homes. */
	readonly released: number;
	readonly bytesUsed: number;
	readonly bytesAllowed: number;
}

/** One row of "what is stored". */
export interface StoredTable {
	readonly name: string;
	readonly rows: number;
	readonly bytes: number;
	readonly purposes: readonly Purpose[];
	readonly keptUntil: RetentionRule;
	/** Days after a row's own date, where the person chose a period; `null`: until erased. */
	readonly keptDays?: number | null;
	/** True where it can tell something about a person. */
	readonly personal: boolean;
}

export type RetentionRule =
	'new-catalogue' | 'two-years' | 'forgotten' | 'retrained' | 'erased' | 'always';

export type LedgerWhat =
	| 'opened'
	| 'trained'
	| 'forgot'
	| 'exported'
	| 'shared'
	| 'changed'
	| 'erased'
	| 'read'
	| 'withdrew'
	| 'granted'
	| 'restricted'
	| 'corrected'
	| 'released'
	| 'backed-up'
	| 'refused';

/** What happened to the data, without the data. Counts and names of tables only. */
export interface LedgerEntry {
	readonly sequence: number;
	readonly instant: number;
	readonly what: LedgerWhat;
	readonly subject: string;
	readonly purpose: Purpose;
	readonly rows: number;
	readonly bytes: number;
	/** SHA-256 over this entry and the fingerprint before it, 64 hexadecimal digits. */
	readonly fingerprint: string;
}

export type StoreMethod<Arguments extends unknown[], Value> = (
	...args: Arguments
) => Promise<Reply<Value>>;

export interface StoreApi {
	situation: StoreMethod<[], Situation>;
	changeSettings: StoreMethod<[Partial<Settings>], Settings>;

	/** Long: the catalogue that the host offers, the sample town where there is none. */
	openHostCatalogue: StoreMethod<[JobHandle], CatalogueSummary>;
	openSampleTown: StoreMethod<[JobHandle], CatalogueSummary>;
	importListings: StoreMethod<[JobHandle, File, ImportOptions], ImportReport>;

	search: StoreMethod<[HomeFilter, HomeOrder], SearchAnswer>;
	homes: StoreMethod<[Uint32Array], readonly Home[]>;
	/** `null`: no home of that key in this catalogue. */
	homeByKey: StoreMethod<[string], Home | null>;
	mapPoints: StoreMethod<[], MapPoints>;
	priceContext: StoreMethod<[number], PriceContext | null>;
	/** Neighbourhoods with enough homes to speak of, most homes first. */
	areas: StoreMethod<[], readonly AreaPortrait[]>;

	record: StoreMethod<[readonly Act[]], void>;
	standing: StoreMethod<[], Standing>;
	acts: StoreMethod<[kinds: readonly ActKind[], offset: number, limit: number], ActPage>;
	/** Takes the acts out of the log; hands them back, for undo. */
	forget: StoreMethod<[readonly number[]], readonly RememberedAct[]>;
	remember: StoreMethod<[readonly RememberedAct[]], void>;

	tasteEdits: StoreMethod<[], readonly TasteEdit[]>;
	editTaste: StoreMethod<[TasteEdit], void>;
	clearTasteEdit: StoreMethod<[string], void>;

	inventory: StoreMethod<[], readonly StoredTable[]>;
	ledger: StoreMethod<
		[offset: number, limit: number],
		{ entries: readonly LedgerEntry[]; total: number }
	>;
	/** Everything of this profile as one JSON file; the page shows it before it is saved. */
	exportEverything: StoreMethod<
		[],
		{ readonly file: Blob; readonly tables: readonly StoredTable[] }
	>;
	/** Writes down that something was handed to the person (export, enquiry, share). */
	noteRelease: StoreMethod<[what: 'exported' | 'shared', subject: string, bytes: number], void>;
	/** Closes and deletes every database of the origin. The page then clears the rest. */
	erase: StoreMethod<[], void>;
}
