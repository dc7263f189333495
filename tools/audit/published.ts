import { fingerprintOf, readPublicKey } from '$workers/packs/keys';
import { decodePack } from '$workers/packs/pack-file';
import { isSignedBy } from '$workers/packs/sign';
import type { Finding } from './findings';
import type { SavedFile } from './journeys/steps';
import type { Walk } from './journeys/walk';
import { filesForOthers } from './left';

/** The most that one pack may cost a guest, and the most that an attack on it may reach. */
const MOST_EPSILON = 1;
const MOST_AUC = 0.55;

/** A pack that was saved to be published, as anybody who has it can read it. */
export interface PublishedPack {
	readonly name: string;
	readonly bytes: number;
	/** Of the key that was saved beside it. */
	readonly signedBy: string;
	readonly epsilon: number;
	/** Area under the curve of the strongest attack: 0.5 tells nothing. */
	readonly attack: number;
	readonly homes: number;
	/** What is wrong with it; nothing where it may leave. */
	readonly faults: readonly string[];
}

/** Every pack that was saved in a walk, opened. */
export async function publishedPacks(walk: Walk): Promise<PublishedPack[]> {
	const files = filesForOthers(walk);
	const key = files.find(({ name }) => name.endsWith('.pem'));
	const packs = files.filter(({ name }) => name.endsWith('.doorpack'));
	return Promise.all(packs.map((file) => opened(file, key)));
}

async function opened({ content, name }: SavedFile, key?: SavedFile): Promise<PublishedPack> {
	const blank = { name, bytes: content.length, signedBy: '', homes: 0 };
	const unread = { ...blank, epsilon: Number.NaN, attack: Number.NaN };
	try {
		if (!key) throw new Error('no public key was saved beside it');
		const bytes = new Uint8Array(content).buffer;
		const publicKey = readPublicKey(key.content.toString());
		const signed = await isSignedBy(bytes, publicKey);
		const { header, keys } = decodePack(bytes);
		const epsilon = header.privacy?.epsilon ?? Infinity;
		const attack = header.audit?.auc ?? 1;
		const faults = [
			...(signed ? [] : ['it is not as its owner signed it']),
			...(epsilon <= MOST_EPSILON ? [] : [`its noise is too small: epsilon ${epsilon}`]),
			...(attack <= MOST_AUC ? [] : [`an attack tells who is in it: ${attack}`]),
		];
		const signedBy = await fingerprintOf(publicKey);
		return { ...blank, signedBy, homes: keys.length, epsilon, attack, faults };
	} catch (error) {
		return { ...unread, faults: [error instanceof Error ? error.message : String(error)] };
	}
}

export function packFindings(walk: Walk, packs: readonly PublishedPack[]): Finding[] {
	return packs.flatMap(({ faults, name }) =>
		faults.map((fault) => ({
			...{ what: `a pack that may not leave: ${fault}`, subject: name },
			...{ where: '', step: walk.journey },
		})),
	);
}
