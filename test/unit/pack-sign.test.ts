import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encodePack } from '$workers/packs/pack-file';
import {
	fingerprintOf,
	fromBase64Spki,
	newSiteKey,
	publicPem,
	readPrivateKey,
	readPublicKey,
	seedPem,
	toBase64Spki,
} from '$workers/packs/keys';
import { isSignedBy, signPack } from '$workers/packs/sign';
import { signerOf } from '$workers/packs/envelope';
import { KEYS, weightsPack } from '../support/packs';

const bytesOf = (hexadecimal: string) => new Uint8Array(Buffer.from(hexadecimal, 'hex'));

describe('a site’s key', () => {
	test('has the public half that RFC 8032 gives for its seed (section 7.1, test 1)', async () => {
		const seed = bytesOf('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
		const { privateKey, publicKey } = await readPrivateKey(seedPem(seed));
		expect(Buffer.from(publicKey).toString('hex')).toBe(
			'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
		);
		const empty = await crypto.subtle.sign('Ed25519', privateKey, new Uint8Array());
		expect(Buffer.from(empty).toString('hex')).toBe(
			'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
		);
	});

	test('that openssl’s library made is read, and what is written here is read there', async () => {
		const pair = generateKeyPairSync('ed25519');
		const there = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		const spki = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
		const { publicKey } = await readPrivateKey(there);
		expect(publicPem(publicKey)).toBe(spki);
		expect(readPublicKey(spki)).toEqual(publicKey);
		expect(fromBase64Spki(toBase64Spki(publicKey))).toEqual(publicKey);
	});

	test('that is new signs at once, and from its file', async () => {
		const { key, privatePem, publicPem: published } = await newSiteKey();
		const file = encodePack(weightsPack(KEYS));
		const again = await readPrivateKey(privatePem);
		expect(new Uint8Array(await signPack(file, again))).toEqual(
			new Uint8Array(await signPack(file, key)),
		);
		expect(await isSignedBy(await signPack(file, key), readPublicKey(published))).toBe(true);
		expect(key.privateKey.extractable).toBe(false);
	});

	test('has a fingerprint of eight groups of four', async () => {
		const { key } = await newSiteKey();
		expect(await fingerprintOf(key.publicKey)).toMatch(/^[0-9a-f]{4}( [0-9a-f]{4}){7}$/);
	});

	test.each([
		['a public key', publicPem(new Uint8Array(32)), 'private key'],
		['a key of another kind', elliptic(), 'Ed25519'],
		['nothing of the kind', 'hello', 'private key'],
	])('%s is no private key', async (_, text, says) => {
		await expect(readPrivateKey(text)).rejects.toThrow(says);
	});

	test('a private key is not taken for a public one', () => {
		expect(() => readPublicKey(seedPem(new Uint8Array(32)))).toThrow('only its owner');
	});
});

function elliptic(): string {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

describe('a signed pack', () => {
	test('holds under its key, as another implementation sees it', async () => {
		const { key, publicPem: published } = await newSiteKey();
		const signed = await signPack(encodePack(weightsPack(KEYS)), key);
		expect(signerOf(signed)).toEqual(key.publicKey);
		expect(await isSignedBy(signed, key.publicKey)).toBe(true);
		const bytes = Buffer.from(signed);
		const message = Buffer.concat([Buffer.from('doorstep model pack\n'), bytes.subarray(0, -64)]);
		expect(verify(null, message, createPublicKey(published), bytes.subarray(-64))).toBe(true);
	});

	test('does not hold under another key, unsigned, or without its domain', async () => {
		const [one, other] = [await newSiteKey(), await newSiteKey()];
		const file = encodePack(weightsPack(KEYS));
		const signed = await signPack(file, one.key);
		expect(await isSignedBy(signed, other.key.publicKey)).toBe(false);
		expect(await isSignedBy(file, one.key.publicKey)).toBe(false);
		expect(signerOf(file)).toBeNull();
		const bare = new Uint8Array(signed.slice(0));
		const signature = await crypto.subtle.sign('Ed25519', one.key.privateKey, bare.slice(0, -64));
		bare.set(new Uint8Array(signature), bare.length - 64);
		expect(await isSignedBy(bare.buffer, one.key.publicKey)).toBe(false);
	});

	test('does not hold with any one of its bytes changed', async () => {
		const { key } = await newSiteKey();
		const signed = await signPack(encodePack(weightsPack(KEYS)), key);
		for (let at = 16; at < signed.byteLength; at += 7) {
			const bytes = new Uint8Array(signed.slice(0));
			bytes[at] = (bytes[at] as number) ^ 1;
			expect(await isSignedBy(bytes.buffer, key.publicKey)).toBe(false);
		}
	});
});
