import type { JobHandle, Reply } from './door';
import type { PackHeader } from './pack';
import type { Stale } from './registry';
import type { YearBudget } from './release';

/** What a pack would be made from, told before anything is drawn. For the manager alone. */
export interface PackGround {
	/** `null`: there are no books here. */
	readonly books: {
		readonly homes: number;
		readonly sample: boolean;
		/** Guests with a stay that is over, and their stays; those who are left out are not in them. */
		readonly guests: number;
		readonly stays: number;
		/** Guests who are restricted or objected: they go into no pack. */
		readonly leftOut: number;
		/** What a person calls the place; empty where the books do not say. */
		readonly place: string;
	} | null;
	/** Years whose stays go in: each is charged. Newest first. */
	readonly years: readonly YearBudget[];
	/** Most homes of one guest that count. */
	readonly mostHomes: number;
	/** One guest in so many has no part in it: it is measured on them. */
	readonly heldOutOf: number;
	/** The attack's figure above which no pack is written. */
	readonly mostAuc: number;
	/** Number of the next pack: it only goes up. */
	readonly version: number;
}

/** A pack that was made here. */
export interface MadePack {
	readonly id: string;
	readonly header: PackHeader;
	/** The audit let it through. Of one that did not pass nothing is kept but what it says of itself. */
	readonly passed: boolean;
	/** Years that it was charged to. */
	readonly years: readonly number[];
	readonly bytes: number;
	/** A guest or a booking that went in was forgotten since: nothing is left to be saved. */
	readonly stale?: Stale;
}

/** A pack as it leaves. */
export interface SignedPack {
	readonly file: Blob;
	readonly name: string;
	/** Of the site's public key: what tenants compare. */
	readonly fingerprint: string;
}

/** The two halves of a new key, as files. Neither is kept by the app. */
export interface NewPackKey {
	readonly privatePem: string;
	readonly publicPem: string;
	readonly fingerprint: string;
}

/** Part of the store worker. */
export interface PackMakingApi {
	packGround(): Promise<Reply<PackGround>>;
	/** Newest first. */
	madePacks(): Promise<Reply<readonly MadePack[]>>;
	newPackKey(): Promise<Reply<NewPackKey>>;
	/** Signs a pack with the site's key, which is read and not kept. */
	signMadePack(id: string, privatePem: string): Promise<Reply<SignedPack>>;
}

/** Part of the training worker. */
export interface PackMakingTraining {
	/**
	 * Long. Draws a pack, charges its epsilon to each year and keeps it, in one transaction. One that
	 * does not pass its audit has cost as much: that it did not pass was told.
	 */
	makePack: (
		job: JobHandle,
		wish: { readonly epsilon: number; readonly place: string },
	) => Promise<Reply<MadePack>>;
}
