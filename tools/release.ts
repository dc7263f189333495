/**
 * Builds the app and signs its list of files with the releaser's own key:
 * `npm run release -- --key <file>`. The file holds an Ed25519 private key as PEM (PKCS#8), e.g. made
 * by `openssl genpkey -algorithm ed25519 -out release.pem`. It is read here and nowhere kept; its
 * public half becomes part of the app.
 */
import { spawnSync } from 'node:child_process';
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { keyFingerprint, LIST, sha256, SIGNATURE } from './integrity-list.js';
import { readReleaseKey } from './integrity-key';

const FOLDER = 'build';

const { values } = parseArgs({ options: { key: { type: 'string' } } });

try {
	const key = await readReleaseKey(values.key);
	const publicKey = createPublicKey(key);
	const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
	build(spki);
	await signList(key);
	const list = await readFile(`${FOLDER}/${LIST}`);
	console.log(`
Built and signed: ${FOLDER}/

Publish these beside the source, where people can compare them:
fingerprint of ${LIST}   ${sha256(list)}
fingerprint of the key          ${keyFingerprint(spki)}
public key:
${publicKey.export({ format: 'pem', type: 'spki' })}`);
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	process.exit(1);
}

function build(spki: string): void {
	const env = { ...process.env, DOORSTEP_RELEASE_KEY: spki };
	const { status } = spawnSync('npm run -s build', { shell: true, stdio: 'inherit', env });
	if (status !== 0) throw new Error('The build failed, so there is nothing to sign.');
}

/** Ed25519 over the bytes of the list, as 64 bytes: what `openssl pkeyutl -verify -rawin` takes. */
async function signList(key: KeyObject): Promise<void> {
	await writeFile(`${FOLDER}/${SIGNATURE}`, sign(null, await readFile(`${FOLDER}/${LIST}`), key));
}
