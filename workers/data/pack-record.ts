import type { PackFrom, PackHeader, PackTrial, Purpose, RefusedPack } from '$lib/contracts';
import { chunkTotals } from './chunks';
import type { ProfileDatabase } from './database';
import { allowRead } from './reading';
import { readRecord } from './records';

export const PACK_RECORD = 'model-pack';
/** Where the files stand, as the one chunk of a table each. */
export const PACK_IN_USE = 'model_pack';
export const PACK_WAITING = 'model_pack_waiting';

/** What is known of a pack without opening it. */
export interface PackCard {
	readonly digest: string;
	/** Base64 of the SPKI. */
	readonly signer: string;
	readonly signedBy: string;
	readonly header: PackHeader;
	readonly homes: number;
	readonly from: PackFrom;
}

/** What stands beside the files. */
export interface PackState {
	readonly inUse: (PackCard & { readonly keptAt: number; readonly trial: PackTrial }) | null;
	readonly stopped: boolean;
	readonly waiting: (PackCard & { readonly asks: boolean; readonly homesHere: number }) | null;
	readonly refused: readonly (RefusedPack & { readonly digest: string })[];
	/** The newest version that was ever kept, for each key. */
	readonly newest: Readonly<Record<string, number>>;
	/** The key that the person trusts, where the catalogue names none. */
	readonly trusted: string | null;
}

const NOTHING: PackState = {
	inUse: null,
	stopped: false,
	waiting: null,
	refused: [],
	newest: {},
	trusted: null,
};

export async function readPackState(
	database: ProfileDatabase,
	purpose: Purpose,
): Promise<PackState> {
	await allowRead(database, 'model_pack', purpose);
	return packState(database);
}

/** For whoever writes it anew, and for what tells nothing of it. */
export async function packState({ codec, records }: ProfileDatabase): Promise<PackState> {
	const stored = (await readRecord(records, PACK_RECORD, codec)) as Partial<PackState> | undefined;
	return { ...NOTHING, ...stored };
}

/** A row is a pack. */
export async function packTotals(
	database: ProfileDatabase,
): Promise<{ rows: number; bytes: number }> {
	const parts = await Promise.all(
		[PACK_IN_USE, PACK_WAITING].map((name) => chunkTotals(database, name)),
	);
	const record = await database.records.get(PACK_RECORD);
	return {
		rows: parts.filter(({ rows }) => rows > 0).length,
		bytes: parts.reduce((sum, { bytes }) => sum + bytes, record?.sealed.byteLength ?? 0),
	};
}
