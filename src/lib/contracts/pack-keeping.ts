import type { Reply } from './door';
import type { Fault } from './faults';
import type { PackHeader } from './pack';

/** Where a pack came from: everybody's, from the host, or a file that the person opened. */
export type PackFrom = 'host' | 'file';

/** How a pack did on the person's own acts, each ranked by what was known before it. */
export interface PackTrial {
	/** Homes that the person took to, ranked before they did. */
	readonly acts: number;
	/**
	 * Mean of one over the place at which they stood: without the pack, or with the one before it.
	 * `null` where there was no such home yet.
	 */
	readonly before: number | null;
	/** The same with the pack. */
	readonly after: number | null;
}

/** A pack that is kept. */
export interface KeptPack {
	readonly header: PackHeader;
	/** Fingerprint of the key that signed it: eight groups of four hexadecimal digits. */
	readonly signedBy: string;
	readonly bytes: number;
	readonly homes: number;
	/** How many of its homes are in the catalogue that is open. */
	readonly homesHere: number;
	/** UTC milliseconds. */
	readonly keptAt: number;
	readonly from: PackFrom;
	readonly trial: PackTrial;
}

/** A pack that is here and waits: for the person's word on its key, or to be tried. */
export interface WaitingPack {
	readonly header: PackHeader;
	readonly signedBy: string;
	readonly homesHere: number;
	readonly from: PackFrom;
	/** Nobody has said yet that this key is to be trusted. */
	readonly asks: boolean;
}

export interface RefusedPack {
	/** UTC milliseconds. */
	readonly at: number;
	readonly from: PackFrom;
	/** 0 where it could not be read. */
	readonly version: number;
	readonly fault: Fault;
}

export interface PackView {
	readonly inUse: KeptPack | null;
	/** The person said to leave it aside: it is kept and not used. */
	readonly stopped: boolean;
	readonly waiting: WaitingPack | null;
	/** The newest first; five at most. */
	readonly refused: readonly RefusedPack[];
	/** Fingerprint of the key whose packs are taken, and who named it. */
	readonly key: { readonly fingerprint: string; readonly by: 'catalogue' | 'person' } | null;
	/** When the host was last asked for its catalogue and its pack; UTC milliseconds, `null` for never. */
	readonly lookedAt: number | null;
}

/** What came of a pack that was offered. */
export type PackStep = 'tried-next' | 'asks' | 'known' | 'none';

/** Part of the store. */
export interface PackKeepingApi {
	packs(): Promise<Reply<PackView>>;
	/**
	 * Asks the host for the files that it offers to everyone: a newer catalogue where the one that is
	 * open came from it, and the pack. Does nothing where the last look was within a day, unless
	 * `now`: then a catalogue has just come from the host.
	 */
	lookAtHost(now: boolean): Promise<Reply<PackStep>>;
	/** @throws what is wrong with it, as a fault; the pack in use stays */
	openPack(file: File): Promise<Reply<PackStep>>;
	/** The person has compared the waiting pack's fingerprint with what the site says. */
	trustPack(fingerprint: string): Promise<Reply<PackStep>>;
	dropPack(): Promise<Reply<void>>;
	/** Leaves the pack aside, or takes it up again. */
	usePack(use: boolean): Promise<Reply<void>>;
	/** Who stayed where, how often, as Parquet: for Spark (docs/spark.md). Guests are numbers. */
	exportGuestHomes(): Promise<Reply<Blob>>;
}

/** Part of the training worker. */
export interface PackTrialApi {
	/** Tries the waiting pack on the person's own acts, then keeps or refuses it. `null`: none waits. */
	tryPack(): Promise<Reply<'kept' | 'refused' | null>>;
}
