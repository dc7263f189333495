import { createHash, createPublicKey } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export const LIST = 'integrity.json';
export const SIGNATURE = 'integrity.json.sig';

/** Where the build takes the releaser's public key from: SPKI, base64. Empty: not signed. */
export const releaseKey = () => process.env.DOORSTEP_RELEASE_KEY ?? '';

/** Not of the build: the list itself, its signature, and what each host adds of its own. */
const NOT_LISTED = /^(integrity\.json(\.sig)?|catalogue\/[^/]*\.bin(\.br)?)$/;

/**
 * Writes `integrity.json`: what SHA-256 and size every file of a build has. The same files give the
 * same bytes.
 *
 * @param {string} folder
 * @param {{ version: string, build: string, keptAs: (name: string) => string | undefined }} about
 *   `keptAs` tells under which address a device keeps a file
 */
export async function writeIntegrity(folder, { version, build, keptAs }) {
	/** @type {import('../src/lib/contracts/integrity').IntegrityList} */
	const list = {
		format: 'doorstep-integrity',
		version,
		build,
		signedBy: releaseKey() ? keyFingerprint(releaseKey()) : null,
		files: Object.fromEntries(
			await Promise.all(
				(await listedFiles(folder)).map(async (name) => {
					const content = await readFile(path.join(folder, name));
					const keeps = keptAs(name);
					const file = { sha256: sha256(content), bytes: content.length };
					return [name, keeps === undefined ? file : { ...file, keptAs: keeps }];
				}),
			),
		),
	};
	await writeFile(path.join(folder, LIST), JSON.stringify(list, null, '\t') + '\n');
}

/**
 * The names of the files that the list of a build has to name.
 *
 * @param {string} folder
 */
export async function listedFiles(folder) {
	return (await filesIn(folder)).filter((name) => !NOT_LISTED.test(name));
}

/**
 * Every file below a folder, by its name there, sorted.
 *
 * @param {string} folder
 */
export async function filesIn(folder) {
	const found = await readdir(folder, { recursive: true, withFileTypes: true });
	return found
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
		.map((name) => name.split(path.sep).join('/'))
		.sort();
}

/**
 * SHA-256 of a public key, hexadecimal.
 *
 * @param {string} key  SPKI, base64
 * @throws where it is not the public half of an Ed25519 key
 */
export function keyFingerprint(key) {
	const bytes = Buffer.from(key, 'base64');
	const { asymmetricKeyType } = createPublicKey({ key: bytes, format: 'der', type: 'spki' });
	if (asymmetricKeyType !== 'ed25519') throw new Error('The release key is not an Ed25519 key.');
	return sha256(bytes);
}

/** @param {string | Uint8Array} content */
export const sha256 = (content) => createHash('sha256').update(content).digest('hex');
