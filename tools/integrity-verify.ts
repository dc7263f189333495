import { verify as verifySignature, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { IntegrityList } from '$lib/contracts';
import { keyFingerprint, LIST, listedFiles, sha256, SIGNATURE } from './integrity-list.js';

/** A built app, in a folder or on a host. */
export interface Site {
	/** A file as it is there; `null` where there is none. */
	read(name: string): Promise<Uint8Array | null>;
	/** Whether a file can be had from outside: hosts keep some to themselves. */
	shows(name: string): boolean;
	/** Every file that is there, where that can be known. */
	names?(): Promise<readonly string[]>;
}

export interface Verification {
	readonly version: string;
	/** SHA-256 of the `integrity.json` that the files were held against. */
	readonly fingerprint: string;
	readonly checked: number;
	/** What is amiss, a sentence each. Nothing: the site is the published build. */
	readonly faults: readonly string[];
	/** What was left open, a sentence each. */
	readonly open: readonly string[];
}

/** How many files are asked for at once. */
const AT_ONCE = 8;

/**
 * Holds every file of a site against the published list; without one, against the site's own,
 * which shows only that the site agrees with itself.
 *
 * @throws Error where there is no list, or it cannot be read
 */
export async function verifySite(
	site: Site,
	options: { published?: Uint8Array; publicKey?: KeyObject },
): Promise<Verification> {
	const own = await site.read(LIST);
	const bytes = options.published ?? own;
	if (!bytes) throw new Error(`There is no ${LIST}. Is this a built Doorstep?`);
	const list = parseList(bytes);
	const names = Object.keys(list.files);
	const shown = names.filter((name) => site.shows(name));
	const signature = options.publicKey
		? signatureFaults(list, bytes, await site.read(SIGNATURE), options.publicKey)
		: [];
	return {
		version: list.version,
		fingerprint: sha256(bytes),
		checked: shown.length,
		faults: [
			...(own && sha256(own) === sha256(bytes) ? [] : [`${LIST} is not the published one.`]),
			...signature,
			...(await fileFaults(site, list, shown)),
			...((await site.names?.()) ?? [])
				.filter((name) => !(name in list.files))
				.map((name) => `${name} is there, and the list does not name it.`),
		],
		open: [
			...(options.published ? [] : [`No published list was handed in (--published).`]),
			...(options.publicKey ? [] : [signatureLeftOpen(list)]),
			...names.filter((name) => !site.shows(name)).map((name) => `${name} is for the host alone.`),
		],
	};
}

function parseList(bytes: Uint8Array): IntegrityList {
	const text = new TextDecoder().decode(bytes);
	let list: Partial<IntegrityList>;
	try {
		list = JSON.parse(text) as Partial<IntegrityList>;
	} catch {
		throw new Error(`${LIST} is no JSON. Is this a built Doorstep?`);
	}
	if (list.format !== 'doorstep-integrity' || !list.files) {
		throw new Error(`${LIST} is not the list of a build of Doorstep.`);
	}
	return list as IntegrityList;
}

async function fileFaults(
	site: Site,
	{ files }: IntegrityList,
	names: readonly string[],
): Promise<string[]> {
	const faults: string[] = [];
	const waiting = [...names];
	const work = async () => {
		for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
			const content = await site.read(name);
			if (!content) faults.push(`${name} is missing.`);
			else if (sha256(content) !== files[name]?.sha256) {
				faults.push(`${name} has other content than the list says.`);
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return faults.sort();
}

function signatureFaults(
	list: IntegrityList,
	bytes: Uint8Array,
	signature: Uint8Array | null,
	key: KeyObject,
): string[] {
	const spki = key.export({ format: 'der', type: 'spki' }).toString('base64');
	if (!signature) return [`${SIGNATURE} is missing: the list is not signed.`];
	return [
		...(list.signedBy === keyFingerprint(spki) ? [] : ['The app carries another public key.']),
		...(verifySignature(null, bytes, key, signature)
			? []
			: [`${SIGNATURE} was not made with this key over this list.`]),
	];
}

function signatureLeftOpen({ signedBy }: IntegrityList): string {
	return signedBy
		? `The list says that it is signed with the key ${signedBy}: hand it in to check (--public-key).`
		: 'This build is not signed.';
}

/** A folder with a built app. */
export function siteInFolder(folder: string): Site {
	return {
		read: (name) => readFile(path.join(folder, name)).catch(() => null),
		shows: () => true,
		names: () => listedFiles(folder),
	};
}

/** What a host reads and does not hand out. */
const FOR_THE_HOST = new Set(['_headers']);

/**
 * A site on a host, asked for as a browser asks, without cookies. Hosts answer pages under several
 * addresses and some redirect between them: only what comes back counts, and that it comes from there.
 */
export function siteAtAddress(address: string): Site {
	const base = new URL('/', address);
	return {
		shows: (name) => !FOR_THE_HOST.has(name),
		async read(name) {
			const url = new URL(name === 'index.html' ? '/' : `/${name}`, base);
			const response = await fetch(url, { cache: 'no-store', credentials: 'omit' });
			if (new URL(response.url).origin !== base.origin) {
				throw new Error(`${name} leads to another address: ${new URL(response.url).origin}`);
			}
			const missing = !response.ok && name !== '404.html';
			return missing ? null : new Uint8Array(await response.arrayBuffer());
		},
	};
}
