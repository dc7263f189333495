import type {
	CatalogueSummary,
	Fault,
	KeptPack,
	PackFrom,
	PackTrial,
	Purpose,
	RefusedPack,
	WaitingPack,
} from '$lib/contracts';
import { signerOf } from '$workers/packs/envelope';
import {
	fingerprintOf,
	fromBase64Spki,
	type PublicKey,
	sameKey,
	toBase64Spki,
} from '$workers/packs/keys';
import type { ModelPack } from '$workers/packs/pack';
import { decodePack } from '$workers/packs/pack-file';
import { isSignedBy } from '$workers/packs/sign';
import { toBytes } from './codec';
import type { ProfileDatabase, StoredChunk } from './database';
import {
	packAltered,
	packDamaged,
	packForeignKey,
	packOlder,
	packOtherPlace,
	packUnsigned,
} from './pack-faults';
import {
	PACK_IN_USE,
	PACK_RECORD,
	PACK_WAITING,
	type PackCard,
	type PackState,
	packState,
	packTotals,
	readPackState,
} from './pack-record';

const SCHEMA = 1;
const MOST_REFUSED = 5;

/** A pack that passed all checks but the trial. */
interface Checked extends PackCard {
	readonly homesHere: number;
	readonly asks: boolean;
}

/**
 * The model pack of a profile: the one in use, and one that waits. A new one takes its place whole and
 * in one transaction, after all checks; until then the old one stands.
 */
export class PackRepository {
	constructor(private readonly database: ProfileDatabase) {}

	state(purpose: Purpose): Promise<PackState> {
		return readPackState(this.database, purpose);
	}

	/** Changes whenever another pack is in use, or none; cheap. */
	async version(): Promise<string> {
		const { inUse, stopped } = await this.stored();
		return inUse && !stopped ? inUse.digest : '';
	}

	/** The pack in use; `null` where there is none, or the person left it aside. */
	async read(purpose: Purpose): Promise<{ version: string; pack: ModelPack } | null> {
		const { inUse, stopped } = await this.state(purpose);
		if (!inUse || stopped) return null;
		const file = await this.open(PACK_IN_USE);
		return file && { version: inUse.digest, pack: decodePack(file) };
	}

	/** The pack that is kept, left aside or not, and how large its file is. */
	async inUse(purpose: Purpose): Promise<{ pack: ModelPack; bytes: number } | null> {
		const { inUse } = await this.state(purpose);
		const file = inUse && (await this.open(PACK_IN_USE));
		return file && { pack: decodePack(file), bytes: file.byteLength };
	}

	/** The pack that is to be tried; `null` where none waits, or its key is not trusted yet. */
	async toTry(purpose: Purpose): Promise<ModelPack | null> {
		const { waiting } = await this.state(purpose);
		if (!waiting || waiting.asks) return null;
		const file = await this.open(PACK_WAITING);
		return file && decodePack(file);
	}

	/**
	 * Looks at an offered pack, the cheap checks first, and keeps it aside for its trial.
	 *
	 * @param keys of the homes that are here
	 * @returns `known` where it is in use, waits, or was refused already
	 * @throws FaultError that says what is wrong with it; noted here
	 */
	async offer(
		file: ArrayBuffer,
		from: PackFrom,
		here: { readonly summary: CatalogueSummary; readonly keys: readonly string[] },
		now: number,
	): Promise<'known' | 'asks' | 'tried-next'> {
		const digest = await digestOf(file);
		const state = await this.stored();
		if (state.waiting?.digest === digest) return state.waiting.asks ? 'asks' : 'tried-next';
		if (isKnown(state, digest, from)) return 'known';
		const read: { version: number } = { version: 0 };
		try {
			const checked = await check(file, { state, from, digest, ...here }, read);
			await this.park(file, checked);
			return checked.asks ? 'asks' : 'tried-next';
		} catch (error) {
			if (!isFault(error)) throw error;
			await this.note({ at: now, from, version: read.version, fault: error.fault, digest });
			throw error;
		}
	}

	/** The waiting pack's key is the site's: the person says so. `false` where another one waits now. */
	async trust(fingerprint: string): Promise<boolean> {
		return this.change((state) => {
			const { waiting } = state;
			if (!waiting?.asks || waiting.signedBy !== fingerprint) return null;
			return { ...state, trusted: waiting.signer, waiting: { ...waiting, asks: false } };
		});
	}

	/** The waiting pack takes the place of the one in use. */
	async keep(trial: PackTrial, now: number): Promise<boolean> {
		const file = await this.open(PACK_WAITING);
		if (!file) return false;
		const { waiting } = await this.stored();
		if (!waiting || waiting.asks || (await digestOf(file)) !== waiting.digest) return false;
		const chunk = await this.sealed(PACK_IN_USE, file, waiting.homes);
		return this.change(
			(state) => {
				if (state.waiting?.digest !== waiting.digest) return null;
				const card = cardOf(waiting);
				return {
					...state,
					inUse: { ...card, keptAt: now, trial },
					// What somebody left aside is not taken up again by itself.
					stopped: state.stopped && card.from === 'host',
					waiting: null,
					refused: state.refused.filter(({ digest }) => digest !== card.digest),
					newest: { ...state.newest, [card.signer]: card.header.version },
				};
			},
			async () => {
				await this.database.chunks.put(chunk);
				await this.database.chunks.delete([PACK_WAITING, 0]);
			},
		);
	}

	/** The waiting pack is not taken. */
	async refuseWaiting(fault: Fault, now: number): Promise<void> {
		const { waiting } = await this.stored();
		if (!waiting) return;
		const { digest, from, header } = waiting;
		await this.drop();
		await this.note({ at: now, from, version: header.version, fault, digest });
	}

	/** Lets the waiting pack go, without a word. */
	async drop(): Promise<void> {
		await this.change(
			(state) => ({ ...state, waiting: null }),
			() => this.database.chunks.delete([PACK_WAITING, 0]),
		);
	}

	async use(use: boolean): Promise<void> {
		await this.change((state) => ({ ...state, stopped: !use }));
	}

	totals() {
		return packTotals(this.database);
	}

	private async note(refused: RefusedPack & { readonly digest: string }): Promise<void> {
		await this.change((state) => {
			const others = state.refused.filter(({ digest }) => digest !== refused.digest);
			return { ...state, refused: [refused, ...others].slice(0, MOST_REFUSED) };
		});
	}

	private async park(file: ArrayBuffer, checked: Checked): Promise<void> {
		const chunk = await this.sealed(PACK_WAITING, file, checked.homes);
		await this.change(
			(state) => ({ ...state, waiting: checked }),
			() => this.database.chunks.put(chunk),
		);
	}

	private stored(): Promise<PackState> {
		return packState(this.database);
	}

	/** One change at a time in all tabs and workers; `null` leaves everything as it is. */
	private change(
		next: (state: PackState) => PackState | null,
		alongside: () => Promise<unknown> = () => Promise.resolve(),
	): Promise<boolean> {
		const { chunks, codec, name, records } = this.database;
		return navigator.locks.request(`${name}/packs`, async () => {
			const state = next(await this.stored());
			if (!state) return false;
			const sealed = await codec.seal(toBytes(state), PACK_RECORD);
			await this.database.transaction('rw', [chunks, records], async () => {
				await records.put({ key: PACK_RECORD, sealed });
				await alongside();
			});
			return true;
		}) as Promise<boolean>;
	}

	private async open(name: string): Promise<ArrayBuffer | null> {
		const stored = await this.database.chunks.get([name, 0]);
		return stored ? this.database.codec.open(stored.sealed, `${name}/0`) : null;
	}

	private async sealed(name: string, file: ArrayBuffer, homes: number): Promise<StoredChunk> {
		return {
			table: name,
			chunk: 0,
			schema: SCHEMA,
			count: homes,
			first: 0,
			last: homes - 1,
			bytes: file.byteLength,
			sealed: await this.database.codec.seal(file, `${name}/0`),
		};
	}
}

const cardOf = ({ digest, from, header, homes, signedBy, signer }: PackCard): PackCard => ({
	digest,
	from,
	header,
	homes,
	signedBy,
	signer,
});

interface Offer {
	readonly state: PackState;
	readonly from: PackFrom;
	readonly digest: string;
	readonly summary: CatalogueSummary;
	readonly keys: readonly string[];
}

async function check(file: ArrayBuffer, offer: Offer, read: { version: number }): Promise<Checked> {
	const { digest, from, keys, state, summary } = offer;
	const signer = orDamaged(() => signerOf(file));
	if (!signer) throw packUnsigned();
	const trusted = trustedKey(state, summary);
	if (trusted && !sameKey(trusted, signer)) throw packForeignKey();
	if (!(await isSignedBy(file, signer).catch(toDamaged))) throw packAltered();
	const pack = orDamaged(() => decodePack(file));
	read.version = pack.header.version;
	const named = toBase64Spki(signer);
	const newest = state.newest[named] ?? 0;
	if (pack.header.version <= newest) throw packOlder(pack.header.version, newest);
	const homesHere = countKnown(pack.keys, keys);
	if (homesHere === 0) throw packOtherPlace();
	return {
		digest,
		signer: named,
		signedBy: await fingerprintOf(signer),
		header: pack.header,
		homes: pack.keys.length,
		from,
		homesHere,
		asks: !trusted,
	};
}

/** The key whose packs are taken: the catalogue's, where it names one; else the person's choice. */
export function trustedKey(
	{ trusted }: Pick<PackState, 'trusted'>,
	{ packKey }: Pick<CatalogueSummary, 'packKey'>,
): PublicKey | null {
	const named = packKey ?? trusted;
	return named ? fromBase64Spki(named) : null;
}

/** How many of a pack's homes are among these. */
export function countKnown(pack: readonly string[], here: readonly string[]): number {
	const known = new Set(here);
	return pack.reduce((count, key) => count + (known.has(key) ? 1 : 0), 0);
}

/** A pack that the host still offers is looked at once; a file that a person opens, every time. */
function isKnown({ inUse, refused }: PackState, digest: string, from: PackFrom): boolean {
	if (inUse?.digest === digest) return true;
	return from === 'host' && refused.some((each) => each.digest === digest && isFinal(each.fault));
}

/** Whether looking again would come to the same: what a person does, or opens, may change the others. */
const isFinal = ({ name }: Fault) => name === 'PackDamaged' || name === 'PackAltered';

function orDamaged<Value>(work: () => Value): Value {
	try {
		return work();
	} catch (error) {
		return toDamaged(error);
	}
}

function toDamaged(error: unknown): never {
	throw error instanceof RangeError ? packDamaged(error.message) : error;
}

const isFault = (error: unknown): error is { readonly fault: Fault } =>
	error instanceof Error && 'fault' in error;

export async function digestOf(file: ArrayBuffer): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What pages show of the pack in use and of the one that waits. */
export function keptPack(state: PackState, bytes: number, homesHere: number): KeptPack | null {
	const { inUse } = state;
	if (!inUse) return null;
	const { from, header, homes, keptAt, signedBy, trial } = inUse;
	return { header, signedBy, bytes, homes, homesHere, keptAt, from, trial };
}

export function waitingPack({ waiting }: PackState): WaitingPack | null {
	if (!waiting) return null;
	const { asks, from, header, homesHere, signedBy } = waiting;
	return { header, signedBy, homesHere, from, asks };
}
