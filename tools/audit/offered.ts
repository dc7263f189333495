import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleTown } from '$workers/sample';
import { encodeCatalogue } from '$workers/data/catalogue-file';
import { newSiteKey, type SiteKey, toBase64Spki } from '$workers/packs/keys';
import { encodePack } from '$workers/packs/pack-file';
import { signPack } from '$workers/packs/sign';
import { texts } from '$workers/table/column';
import { sparseRows } from '$workers/table/sparse';
import { copyBuild } from './altered-build';
import { newWord } from './marks';

/** A pack of numbers that nobody's bookings stand behind: of each home, what goes with the one after it. */
export function smallPack(keys: readonly string[], place: string, version: number): ArrayBuffer {
	const after = keys.map((_, row) => [[(row + 1) % keys.length, 1 / (row + 2)] as const]);
	return encodePack({
		header: {
			format: 1,
			place,
			version,
			madeAt: Date.UTC(2026, 0, 1),
			kind: 'item-weights',
			engine: 'doorstep',
			privacy: { epsilon: 1, unit: 'guest', mechanism: 'discrete-laplace', mostHomes: 6 },
			counts: { guests: 400, stays: 1000, homes: keys.length },
			schema: { also: 1, next: 1 },
			metrics: [],
			audit: null,
			provenance: { source: 'bookings', from: 19_000, to: 20_000, sample: true },
		},
		keys,
		chosen: Float32Array.from(keys, () => 1 / keys.length),
		also: sparseRows(after, keys.length),
		next: sparseRows(after, keys.length),
		factors: null,
	});
}

/** The first homes of the sample town, by the keys that every device has for them. */
export const sampleKeys = (count: number): string[] =>
	Array.from({ length: count }, (_, row) => `sample:${row + 1}`);

/** A site that offers a catalogue and a pack to everyone. */
export interface OfferingSite {
	/** Folder of the build with both files. */
	readonly build: string;
	/** Keys of the homes that it offers at last: a word of its own for each. */
	readonly keys: readonly string[];
}

const HOMES = 60;
const NEWER = 72;
const OFFERED = 'catalogue/homes.bin';
/** Beside the build, so that no host serves it. */
const LATER = '../homes-later.bin';

/**
 * Copies a build and puts a catalogue, which names the site's key, and a signed pack beside it.
 * `offerNewer` then puts a catalogue with more homes in its place.
 *
 * @param to a folder of its own
 */
async function offeringSite(from: string, to: string): Promise<OfferingSite> {
	const build = await copyBuild(from, path.join(to, 'build'));
	const { key } = await newSiteKey();
	const keys = Array.from({ length: NEWER }, () => `airbnb:${newWord()}`);
	const put = (name: string, content: ArrayBuffer) =>
		writeFile(path.join(build, name), new Uint8Array(content));
	await mkdir(path.join(build, 'catalogue'), { recursive: true });
	await put(OFFERED, catalogue(key, keys.slice(0, HOMES)));
	await put('catalogue/pack.bin', await signPack(smallPack(keys, 'Wrenmouth', 1), key));
	await put(LATER, catalogue(key, keys));
	return { build, keys };
}

/** The same site twice, to the second at which its files were written: hosts name versions by it. */
export async function sitesAlike(from: string, to: string): Promise<[OfferingSite, OfferingSite]> {
	const site = await offeringSite(from, path.join(to, 'one'));
	await cp(path.join(to, 'one'), path.join(to, 'two'), AS_IT_IS);
	return [site, { ...site, build: path.join(to, 'two/build') }];
}

const AS_IT_IS = { recursive: true, preserveTimestamps: true };

/** From now on the site offers a catalogue with more homes. */
export const offerNewer = (build: string): Promise<void> =>
	cp(path.join(build, LATER), path.join(build, OFFERED), AS_IT_IS);

function catalogue(key: SiteKey, keys: readonly string[]): ArrayBuffer {
	const { facts, homes } = sampleTown({ seed: 'audit', homes: keys.length });
	const columns = { ...homes.columns, key: texts(keys) };
	const named = { ...facts, sample: false, packKey: toBase64Spki(key.publicKey) };
	return encodeCatalogue({ homes: { ...homes, columns }, facts: named });
}
