import type {
	BuildCheck,
	Fault,
	IntegrityFile,
	IntegrityList,
	Progress,
	SignatureVerdict,
	ThisBuild,
} from '$lib/contracts';
import { RELEASE_KEY } from '$lib/policy/release-key';
import { DoorstepError } from './door';

/**
 * The build that this page runs, and whether what is kept of it on this device is what its list
 * says. All of it is read where the service worker keeps it: nothing here makes a request, so the
 * host does not learn that somebody looked.
 */

const LIST = '/integrity.json';
const SIGNATURE = '/integrity.json.sig';

const CANCELLED: Fault = {
	name: 'Cancelled',
	message: 'The check was stopped.',
	kept: 'Everything, as it was: a check changes nothing.',
	next: 'Check again.',
};

/** @returns `null` where nothing is kept on this device: before the first reload, or in development */
export async function thisBuild(): Promise<ThisBuild | null> {
	const kept = await keptBuild();
	if (!kept) return null;
	const { version, build, signedBy, files } = kept.list;
	return {
		version,
		build,
		signedBy,
		fingerprint: await sha256(kept.bytes),
		files: Object.keys(files).length,
		filesKept: filesToKeep(kept.list).length,
	};
}

/**
 * Hashes every file as it is kept on this device, and holds it against the list.
 *
 * @throws DoorstepError `Cancelled` once the signal says so
 */
export async function checkBuild(options: {
	signal: AbortSignal;
	onProgress: (progress: Progress) => void;
}): Promise<BuildCheck | null> {
	const kept = await keptBuild();
	if (!kept) return null;
	const files = filesToKeep(kept.list);
	const different: string[] = [];
	const missing: string[] = [];
	for (const [position, [name, file]] of files.entries()) {
		if (options.signal.aborted) throw new DoorstepError(CANCELLED);
		options.onProgress({ step: 'checking', done: position, total: files.length });
		const response = await kept.find(file.keptAs);
		if (!response) missing.push(name);
		else if ((await sha256(await response.arrayBuffer())) !== file.sha256) different.push(name);
	}
	return { checked: files.length, different, missing, signature: await signatureOf(kept) };
}

interface KeptBuild {
	readonly list: IntegrityList;
	/** Of `integrity.json`: what is signed. */
	readonly bytes: ArrayBuffer;
	find(address: string): Promise<Response | undefined>;
}

async function keptBuild(): Promise<KeptBuild | null> {
	const worker = globalThis.navigator.serviceWorker?.controller;
	if (!worker) return null;
	const cacheName = `doorstep-${await buildOf(worker)}`;
	const find = (address: string) => caches.match(address, { cacheName });
	const bytes = await (await find(LIST))?.arrayBuffer();
	if (!bytes) return null;
	return { list: JSON.parse(new TextDecoder().decode(bytes)) as IntegrityList, bytes, find };
}

/** Several builds may be kept while one waits: the service worker says which one answers this page. */
function buildOf(worker: ServiceWorker): Promise<string> {
	const { port1, port2 } = new MessageChannel();
	return new Promise((resolve) => {
		port1.onmessage = ({ data }: MessageEvent<string>) => {
			port1.close();
			resolve(data);
		};
		worker.postMessage({ type: 'WHICH_BUILD' }, [port2]);
	});
}

function filesToKeep(list: IntegrityList) {
	return Object.entries(list.files).filter(
		(entry): entry is [string, IntegrityFile & { keptAs: string }] => entry[1].keptAs !== undefined,
	);
}

async function signatureOf({ list, bytes, find }: KeptBuild): Promise<SignatureVerdict> {
	const signature = await (await find(SIGNATURE))?.arrayBuffer();
	return verdictOn({ key: RELEASE_KEY, signedBy: list.signedBy, bytes, signature });
}

/**
 * Whether a list was signed with the private half of the key.
 *
 * @param evidence  `key` as SPKI in base64; `signedBy` as the list names it; `bytes` of the list;
 *   `signature` as it is kept, if any
 */
export async function verdictOn(evidence: {
	key: string | null;
	signedBy: string | null;
	bytes: ArrayBuffer;
	signature: ArrayBuffer | undefined;
}): Promise<SignatureVerdict> {
	const { key, signedBy, bytes, signature } = evidence;
	if (!key && !signedBy) return 'unsigned';
	if (!key) return 'wrong';
	if (!signature) return 'missing';
	const spki = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
	if ((await sha256(spki.buffer)) !== signedBy) return 'wrong';
	try {
		const publicKey = await crypto.subtle.importKey('spki', spki, 'Ed25519', false, ['verify']);
		const valid = await crypto.subtle.verify('Ed25519', publicKey, signature, bytes);
		return valid ? 'valid' : 'wrong';
	} catch (error) {
		if (error instanceof DOMException && error.name === 'NotSupportedError') return 'unknown';
		return 'wrong';
	}
}

async function sha256(content: ArrayBuffer): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
