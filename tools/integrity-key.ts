import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const MAKE_ONE = 'Make one with: openssl genpkey -algorithm ed25519 -out release.pem';

/**
 * The releaser's private key.
 *
 * @param file  PEM (PKCS#8), Ed25519, without a passphrase
 * @throws Error that says what is wrong with the file and what to do
 */
export async function readReleaseKey(file: string | undefined): Promise<KeyObject> {
	if (!file) {
		throw new Error(`No key: npm run release -- --key <file>. ${MAKE_ONE}`);
	}
	return ofEd25519(file, parsed(file, await text(file), createPrivateKey));
}

/**
 * A published public key, to check a signature with.
 *
 * @param file  PEM (SPKI), Ed25519
 * @throws Error that says what is wrong with the file
 */
export async function readPublicKey(file: string): Promise<KeyObject> {
	const content = await text(file);
	if (/PRIVATE KEY/.test(content)) {
		throw new Error(
			`${file} holds a private key. Only its owner needs that; hand in the public one.`,
		);
	}
	return ofEd25519(file, parsed(file, content, createPublicKey));
}

async function text(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch {
		throw new Error(`The key file ${file} cannot be read.`);
	}
}

function parsed(file: string, content: string, parse: (pem: string) => KeyObject): KeyObject {
	try {
		return parse(content);
	} catch {
		throw new Error(
			`${file} holds no key that can be read here: it has to be PEM, without a passphrase. ${MAKE_ONE}`,
		);
	}
}

function ofEd25519(file: string, key: KeyObject): KeyObject {
	if (key.asymmetricKeyType === 'ed25519') return key;
	throw new Error(
		`${file} holds a key of type ${key.asymmetricKeyType}, and releases are signed with Ed25519. ${MAKE_ONE}`,
	);
}
