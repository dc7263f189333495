/** A site's keys, as files that openssl reads and writes too: PEM around PKCS#8 and SPKI. */

const ALGORITHM = 'Ed25519';
/** What stands before the 32 bytes of an Ed25519 key in SPKI (RFC 8410, section 4). */
const SPKI_START = Uint8Array.of(
	0x30,
	0x2a,
	0x30,
	0x05,
	0x06,
	0x03,
	0x2b,
	0x65,
	0x70,
	0x03,
	0x21,
	0,
);
/** What stands before the 32 bytes of an Ed25519 seed in PKCS#8 (RFC 8410, section 7). */
const SEED_START = Uint8Array.of(
	...[0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70],
	...[0x04, 0x22, 0x04, 0x20],
);
const LONGEST_PEM = 10_000;

/** A public key: 32 bytes. */
export type PublicKey = Uint8Array<ArrayBuffer>;

/** What signs a site's packs. The private half can not be taken out of it again. */
export interface SiteKey {
	readonly privateKey: CryptoKey;
	readonly publicKey: PublicKey;
}

/** A new key as two files: the private half for whoever signs, the public half for the catalogue. */
export interface NewSiteKey {
	readonly key: SiteKey;
	readonly privatePem: string;
	readonly publicPem: string;
}

/**
 * Makes a key. Nothing is kept of it here: the private half is in the answer alone.
 *
 * @throws RangeError where this browser can not sign with Ed25519
 */
export async function newSiteKey(): Promise<NewSiteKey> {
	const pair = await orUnable(() => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']));
	const { privateKey, publicKey } = pair as CryptoKeyPair;
	const privatePem = pem(
		'PRIVATE KEY',
		new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)),
	);
	const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
	return { key: await readPrivateKey(privatePem), privatePem, publicPem: publicPem(raw) };
}

/**
 * The private key of a file (PEM, PKCS#8, Ed25519, without a passphrase).
 *
 * @throws RangeError that says what is wrong with the file
 */
export async function readPrivateKey(text: string): Promise<SiteKey> {
	const bytes = bytesOf(text, 'PRIVATE KEY');
	try {
		const readable = await crypto.subtle.importKey('pkcs8', bytes, ALGORITHM, true, ['sign']);
		const { x } = await crypto.subtle.exportKey('jwk', readable);
		const privateKey = await crypto.subtle.importKey('pkcs8', bytes, ALGORITHM, false, ['sign']);
		return { privateKey, publicKey: fromBase64((x ?? '').replace(/-/g, '+').replace(/_/g, '/')) };
	} catch {
		throw new RangeError('this is no private Ed25519 key without a passphrase');
	}
}

/**
 * The public key of a file (PEM, SPKI, Ed25519).
 *
 * @throws RangeError that says what is wrong with the file
 */
export function readPublicKey(text: string): PublicKey {
	if (text.includes('PRIVATE KEY'))
		throw new RangeError('this is a private key: only its owner needs it, hand in the public one');
	return ofSpki(bytesOf(text, 'PUBLIC KEY'));
}

/** A public key in base64 of its SPKI: the middle of its PEM file, and how a catalogue carries it. */
export const toBase64Spki = (key: PublicKey): string =>
	toBase64(Uint8Array.of(...SPKI_START, ...key));

/** @throws RangeError where this is no such text */
export function fromBase64Spki(text: string): PublicKey {
	let bytes: Uint8Array;
	try {
		bytes = fromBase64(text);
	} catch {
		throw noPublicKey();
	}
	return ofSpki(bytes);
}

export const publicPem = (key: PublicKey): string =>
	pem('PUBLIC KEY', Uint8Array.of(...SPKI_START, ...key));

/** The private key whose seed these 32 bytes are, as a file. */
export const seedPem = (seed: Uint8Array): string =>
	pem('PRIVATE KEY', Uint8Array.of(...SEED_START, ...seed));

/**
 * By what people compare keys: the first 128 bits of the SHA-256 of its SPKI, in hexadecimal, four by
 * four. To find another key of the same fingerprint is out of anybody's reach.
 */
export async function fingerprintOf(key: PublicKey): Promise<string> {
	const spki = Uint8Array.of(...SPKI_START, ...key);
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', spki));
	const digits = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0'));
	return (digits.join('').match(/.{4}/g) ?? []).join(' ');
}

export const sameKey = (left: PublicKey, right: PublicKey): boolean =>
	left.length === right.length && left.every((byte, at) => byte === right[at]);

function ofSpki(bytes: Uint8Array): PublicKey {
	const fits = bytes.length === SPKI_START.length + 32;
	if (!fits || SPKI_START.some((byte, at) => byte !== bytes[at])) throw noPublicKey();
	return new Uint8Array(bytes.subarray(SPKI_START.length));
}

function bytesOf(text: string, label: string): Uint8Array<ArrayBuffer> {
	const found =
		text.length <= LONGEST_PEM
			? new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(text)
			: null;
	try {
		return fromBase64((found?.[1] ?? '!').replace(/\s/g, ''));
	} catch {
		throw new RangeError(`there is no ${label.toLowerCase()} as PEM in this file`);
	}
}

async function orUnable<Value>(work: () => Promise<Value>): Promise<Value> {
	try {
		return await work();
	} catch {
		throw new RangeError('this browser can not make keys of this kind (Ed25519)');
	}
}

const noPublicKey = () => new RangeError('this is no public Ed25519 key');

const pem = (label: string, bytes: Uint8Array) =>
	`-----BEGIN ${label}-----\n${(toBase64(bytes).match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
