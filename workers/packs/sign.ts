import { BACK, KEY_BYTES, requireWhole, signatureOf, signedPart, signerOf } from './envelope';
import type { PublicKey, SiteKey } from './keys';

/**
 * Stands before what is signed, so that a signature of a pack is of nothing else, and no signature of
 * anything else is of a pack.
 */
const DOMAIN = new TextEncoder().encode('doorstep model pack\n');
const ALGORITHM = 'Ed25519';

/**
 * The same pack, signed (RFC 8032, Ed25519). A signature that it had is replaced.
 *
 * @param file as `encodePack` made it
 * @throws RangeError where the file is no whole pack
 */
export async function signPack(file: ArrayBuffer, key: SiteKey): Promise<ArrayBuffer> {
	requireWhole(file);
	const signed = file.slice(0);
	const bytes = new Uint8Array(signed);
	bytes.set(key.publicKey, bytes.length - BACK);
	const signature = await crypto.subtle.sign(ALGORITHM, key.privateKey, inDomain(signed));
	bytes.set(new Uint8Array(signature), bytes.length - BACK + KEY_BYTES);
	return signed;
}

/**
 * Whether every byte of the file is as the owner of this key signed it.
 *
 * @throws RangeError where the file is no whole pack, or this browser can not check such signatures
 */
export async function isSignedBy(file: ArrayBuffer, publicKey: PublicKey): Promise<boolean> {
	if (!signerOf(file)) return false;
	const key = await imported(publicKey);
	return crypto.subtle.verify(ALGORITHM, key, signatureOf(file), inDomain(file));
}

async function imported(publicKey: PublicKey): Promise<CryptoKey> {
	try {
		return await crypto.subtle.importKey('raw', publicKey, ALGORITHM, false, ['verify']);
	} catch {
		throw new RangeError('this browser can not check signatures of this kind (Ed25519)');
	}
}

function inDomain(file: ArrayBuffer): Uint8Array<ArrayBuffer> {
	const part = signedPart(file);
	const all = new Uint8Array(DOMAIN.length + part.length);
	all.set(DOMAIN);
	all.set(part, DOMAIN.length);
	return all;
}
