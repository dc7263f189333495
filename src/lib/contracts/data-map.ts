import type { Reply } from './door';
import type { Purpose, StoredTable } from './store';

/**
 * How delicate a field is. `public`: stands in a published listing. `internal`: of the house or the app
 * itself. `personal`: about one person, with or without a name. `sensitive`: about one person, and
 * telling more than it seems to.
 */
export type FieldClass = 'public' | 'internal' | 'personal' | 'sensitive';

export interface FieldDeclaration {
	readonly name: string;
	readonly class: FieldClass;
	readonly says: string;
}

/** A store as the data map draws it: counted now, declared in the code. */
export interface MappedTable extends StoredTable {
	readonly fields: readonly FieldDeclaration[];
	/** Parts of the app that read it: models, search, export ... */
	readonly readers: readonly string[];
}

/** A model that stands on this device. */
export interface MappedModel {
	readonly name: string;
	/** Under which it learned. */
	readonly purpose: Purpose;
	/** Empty where it has none: the taste is computed anew each time. */
	readonly version: string;
	/** UTC milliseconds; NaN where it is computed anew each time. */
	readonly trainedAt: number;
	/** Tables it was trained on. */
	readonly tables: readonly string[];
	/** Rows it was trained on; 0 where that is no longer known. */
	readonly rows: number;
	readonly bytes: number;
	/** Consent for what it learned from was taken back, or part of it was forgotten. */
	readonly stale: boolean;
}

export interface DataMap {
	readonly tables: readonly MappedTable[];
	readonly models: readonly MappedModel[];
	/** UTC milliseconds. */
	readonly countedAt: number;
}

export interface DataMapApi {
	dataMap(): Promise<Reply<DataMap>>;
}
