import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verdictOn } from '$lib/client/integrity';
import type { IntegrityList } from '$lib/contracts';
import { checkSentence, fingerprintLines, soundBuild } from '$lib/ui/words/integrity';
import { readPublicKey, readReleaseKey } from '../../tools/integrity-key';
import {
	keyFingerprint,
	LIST,
	sha256,
	SIGNATURE,
	writeIntegrity,
} from '../../tools/integrity-list.js';
import { siteAtAddress, siteInFolder, verifySite } from '../../tools/integrity-verify';
import { serveFolder } from '../../tools/static-server';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'doorstep-integrity-'));
});

afterEach(async () => {
	delete process.env.DOORSTEP_RELEASE_KEY;
	await rm(folder, { recursive: true, force: true });
});

const inFolder = (name: string) => path.join(folder, name);

/** A small built app; signed where a key is handed in. */
async function smallBuild(key?: KeyPair): Promise<void> {
	await mkdir(inFolder('_app'), { recursive: true });
	await writeFile(inFolder('index.html'), '<p>Home</p>');
	await writeFile(inFolder('404.html'), '<p>Nobody</p>');
	await writeFile(inFolder('_headers'), '/*\n  X-Content-Type-Options: nosniff\n');
	await writeFile(inFolder('_app/start.js'), 'start()');
	if (key) process.env.DOORSTEP_RELEASE_KEY = spki(key.publicKey);
	await writeIntegrity(folder, {
		version: '1.2.3',
		build: '0123456789abcdef',
		keptAs: (name) => (name === 'index.html' ? '/' : undefined),
	});
	if (key) {
		const list = await readFile(inFolder(LIST));
		await writeFile(inFolder(SIGNATURE), sign(null, list, key.privateKey));
	}
}

interface KeyPair {
	readonly publicKey: KeyObject;
	readonly privateKey: KeyObject;
}

const newKey = (): KeyPair => generateKeyPairSync('ed25519');
const spki = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).toString('base64');

const list = async () => JSON.parse(await readFile(inFolder(LIST), 'utf8')) as IntegrityList;

describe('the list of a build', () => {
	test('names every file with its hash and size, and where a device keeps it', async () => {
		await smallBuild();
		expect(await list()).toEqual({
			format: 'doorstep-integrity',
			version: '1.2.3',
			build: '0123456789abcdef',
			signedBy: null,
			files: {
				'404.html': { sha256: sha256('<p>Nobody</p>'), bytes: 13 },
				'_app/start.js': { sha256: sha256('start()'), bytes: 7 },
				_headers: {
					sha256: sha256('/*\n  X-Content-Type-Options: nosniff\n'),
					bytes: 37,
				},
				'index.html': { sha256: sha256('<p>Home</p>'), bytes: 11, keptAs: '/' },
			},
		});
	});

	test('is the same bytes for the same files, and names neither itself nor the host’s catalogue', async () => {
		await smallBuild();
		const first = await readFile(inFolder(LIST));
		await mkdir(inFolder('catalogue'));
		await writeFile(inFolder('catalogue/homes.bin'), 'homes');
		await writeFile(inFolder(SIGNATURE), 'x');
		await smallBuild();
		expect(await readFile(inFolder(LIST))).toEqual(first);
	});

	test('hashes as the published test vector of SHA-256 says', () => {
		// FIPS 180-2, appendix B.1.
		expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
	});

	test('refuses a release key that is not the public half of an Ed25519 key', async () => {
		const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		process.env.DOORSTEP_RELEASE_KEY = spki(publicKey);
		await expect(smallBuild()).rejects.toThrow('not an Ed25519 key');
	});
});

describe('a site is held against the list', () => {
	test('nothing is amiss in a folder as it was built', async () => {
		await smallBuild();
		const { faults, checked, version } = await verifySite(siteInFolder(folder), {});
		expect({ faults, checked, version }).toEqual({ faults: [], checked: 4, version: '1.2.3' });
	});

	test('a changed, a missing and an added file are each named', async () => {
		await smallBuild();
		await writeFile(inFolder('index.html'), '<p>Home </p>');
		await rm(inFolder('_app/start.js'));
		await writeFile(inFolder('_redirects'), '/* https://elsewhere.example');
		const { faults } = await verifySite(siteInFolder(folder), {});
		expect(faults).toEqual([
			'_app/start.js is missing.',
			'index.html has other content than the list says.',
			'_redirects is there, and the list does not name it.',
		]);
	});

	test('a host that changes a file and its own list with it is caught by the published one', async () => {
		await smallBuild();
		const published = await readFile(inFolder(LIST));
		await writeFile(inFolder('_app/start.js'), 'startOtherwise()');
		await writeIntegrity(folder, { version: '1.2.3', build: '0123456789abcdef', keptAs: () => '' });
		const { faults } = await verifySite(siteInFolder(folder), { published });
		expect(faults).toEqual([
			'integrity.json is not the published one.',
			'_app/start.js has other content than the list says.',
		]);
	});

	test('a live site is fetched file by file, and what is for the host alone is left open', async () => {
		await smallBuild();
		const server = await serveFolder(folder, { port: 0, host: '127.0.0.1', headers: true });
		const whole = await verifySite(siteAtAddress(server.address), {});
		await writeFile(inFolder('_app/start.js'), 'elsewhere()');
		const changed = await verifySite(siteAtAddress(server.address), {});
		await server.close();
		expect(whole.faults).toEqual([]);
		expect(whole.checked).toBe(3);
		expect(whole.open).toContain('_headers is for the host alone.');
		expect(changed.faults).toEqual(['_app/start.js has other content than the list says.']);
	});

	test('the signature is checked with the published key, and another key is told', async () => {
		const key = newKey();
		await smallBuild(key);
		const site = siteInFolder(folder);
		expect((await verifySite(site, { publicKey: key.publicKey })).faults).toEqual([]);
		expect((await verifySite(site, { publicKey: newKey().publicKey })).faults).toEqual([
			'The app carries another public key.',
			'integrity.json.sig was not made with this key over this list.',
		]);
		await rm(inFolder(SIGNATURE));
		expect((await verifySite(site, { publicKey: key.publicKey })).faults).toEqual([
			'integrity.json.sig is missing: the list is not signed.',
		]);
	});

	test('what is not the list of a build is refused with a sentence', async () => {
		await expect(verifySite(siteInFolder(folder), {})).rejects.toThrow(
			'There is no integrity.json',
		);
		await writeFile(inFolder(LIST), '<html>Please sign in</html>');
		await expect(verifySite(siteInFolder(folder), {})).rejects.toThrow('no JSON');
		await writeFile(inFolder(LIST), '{"files":[]}');
		await expect(verifySite(siteInFolder(folder), {})).rejects.toThrow('not the list of a build');
	});
});

describe('the app checks its own signature', () => {
	const bytes = Uint8Array.from(Buffer.from('the list')).buffer;
	const key = newKey();
	const carried = spki(key.publicKey);
	const signed = (privateKey = key.privateKey) =>
		Uint8Array.from(sign(null, new Uint8Array(bytes), privateKey)).buffer;
	const evidence = {
		key: carried,
		signedBy: keyFingerprint(carried),
		bytes,
		signature: signed(),
	};

	test('valid where the key in the app made it over this list', async () => {
		expect(await verdictOn(evidence)).toBe('valid');
	});

	test('wrong for another key, another list, another fingerprint, or a key the app lacks', async () => {
		const other = newKey();
		expect(await verdictOn({ ...evidence, signature: signed(other.privateKey) })).toBe('wrong');
		const changed = Uint8Array.from(Buffer.from('the lisT')).buffer;
		expect(await verdictOn({ ...evidence, bytes: changed })).toBe('wrong');
		expect(await verdictOn({ ...evidence, signedBy: sha256('x') })).toBe('wrong');
		expect(await verdictOn({ ...evidence, signedBy: null })).toBe('wrong');
		expect(await verdictOn({ ...evidence, key: null })).toBe('wrong');
	});

	test('missing where a signed build came without one, unsigned where nobody names a key', async () => {
		expect(await verdictOn({ ...evidence, signature: undefined })).toBe('missing');
		expect(await verdictOn({ key: null, signedBy: null, bytes, signature: undefined })).toBe(
			'unsigned',
		);
	});

	test('accepts the signature of RFC 8032, section 7.1, test 2', async () => {
		const publicKey = Buffer.from(
			'302a300506032b6570032100' +
				'3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
			'hex',
		).toString('base64');
		const signature = Buffer.from(
			'92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
				'085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
			'hex',
		);
		expect(
			await verdictOn({
				key: publicKey,
				signedBy: keyFingerprint(publicKey),
				bytes: Uint8Array.of(0x72).buffer,
				signature: Uint8Array.from(signature).buffer,
			}),
		).toBe('valid');
	});
});

describe('the key file of a release', () => {
	const pem = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }).toString();

	test('an Ed25519 key in PKCS#8 is taken', async () => {
		const { privateKey } = newKey();
		await writeFile(inFolder('key.pem'), pem(privateKey));
		expect((await readReleaseKey(inFolder('key.pem'))).asymmetricKeyType).toBe('ed25519');
	});

	test('no key, an unreadable file, another type and a public half are each refused in words', async () => {
		await expect(readReleaseKey(undefined)).rejects.toThrow('No key: npm run release -- --key');
		await expect(readReleaseKey(inFolder('none.pem'))).rejects.toThrow('cannot be read');
		const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		await writeFile(inFolder('ec.pem'), pem(privateKey));
		await expect(readReleaseKey(inFolder('ec.pem'))).rejects.toThrow('a key of type ec');
		await writeFile(inFolder('text.pem'), 'hello');
		await expect(readReleaseKey(inFolder('text.pem'))).rejects.toThrow('holds no key');
		const { publicKey } = newKey();
		const publicPem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
		await writeFile(inFolder('public.pem'), publicPem);
		await expect(readReleaseKey(inFolder('public.pem'))).rejects.toThrow('holds no key');
		expect((await readPublicKey(inFolder('public.pem'))).type).toBe('public');
	});

	test('a private key is not taken where the public one is asked for', async () => {
		await writeFile(inFolder('key.pem'), pem(newKey().privateKey));
		await expect(readPublicKey(inFolder('key.pem'))).rejects.toThrow('holds a private key');
	});

	test('the command refuses before it builds anything', async () => {
		const { code, said } = await new Promise<{ code: unknown; said: string }>((resolve) =>
			execFile(
				'npx',
				['tsx', '--tsconfig', 'tools/tsconfig.json', 'tools/release.ts'],
				(error, _, stderr) => resolve({ code: error?.code, said: stderr }),
			),
		);
		expect(code).toBe(1);
		expect(said).toContain('No key');
	});
});

describe('words', () => {
	test('a fingerprint stands in lines of four groups of four', () => {
		expect(fingerprintLines('0123456789abcdef0123456789ABCDEF')).toEqual([
			'0123 4567 89ab cdef',
			'0123 4567 89AB CDEF',
		]);
	});

	test('a check says how many files differ and are missing', () => {
		const sound = { checked: 120, different: [], missing: [], signature: 'unsigned' } as const;
		expect(checkSentence(sound)).toBe(
			'All 120 files that this device keeps are those of the list.',
		);
		expect(checkSentence({ ...sound, different: ['a'], missing: ['b', 'c'] })).toBe(
			'Of 120 files that this device should keep: one file with other content, two files not there.',
		);
	});

	test('a build is sound only with every file and no doubt about its signature', () => {
		const sound = { checked: 1, different: [], missing: [], signature: 'valid' } as const;
		expect(soundBuild(sound)).toBe(true);
		expect(soundBuild({ ...sound, different: ['a'] })).toBe(false);
		expect(soundBuild({ ...sound, signature: 'missing' })).toBe(false);
		expect(soundBuild({ ...sound, signature: 'wrong' })).toBe(false);
	});
});
