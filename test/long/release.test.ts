import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFingerprint, sha256 } from '../../tools/integrity-list.js';
import { siteInFolder, verifySite } from '../../tools/integrity-verify';
import { copySource } from '../../tools/reproduce';
import { openSite, visit } from '../support/site';

/** A release of this source in a copy of it, signed with a key that is made for the test. */
const key = generateKeyPairSync('ed25519');
const spki = key.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
let folder: string;
let copy: string;
let said: string;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'doorstep-release-'));
	copy = path.join(folder, 'source');
	await copySource('.', copy);
	const file = path.join(folder, 'key.pem');
	await writeFile(file, key.privateKey.export({ format: 'pem', type: 'pkcs8' }));
	said = await run(copy, 'npm', ['run', '-s', 'release', '--', '--key', file]);
}, 10 * 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function run(cwd: string, command: string, parts: readonly string[], environment = {}) {
	return new Promise<string>((resolve, reject) => {
		const options = { cwd, env: { ...process.env, ...environment }, maxBuffer: 64 * 2 ** 20 };
		execFile(command, parts, options, (error, stdout, stderr) =>
			error ? reject(new Error(stderr)) : resolve(stdout),
		);
	});
}

const listOf = (built: string) => readFile(path.join(built, 'integrity.json'));

test('a release carries the public key and a signature that holds, and says what to publish', async () => {
	const build = path.join(copy, 'build');
	const { faults } = await verifySite(siteInFolder(build), { publicKey: key.publicKey });
	expect(faults).toEqual([]);
	expect(said).toContain(sha256(await listOf(build)));
	expect(said).toContain(keyFingerprint(spki));
});

test('the private key is in none of the built files', async () => {
	const secret = key.privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
	const list = JSON.parse((await listOf(path.join(copy, 'build'))).toString()) as {
		files: Record<string, unknown>;
	};
	for (const name of [...Object.keys(list.files), 'integrity.json', 'integrity.json.sig']) {
		const content = await readFile(path.join(copy, 'build', name));
		expect(content.includes(secret), name).toBe(false);
		expect(content.includes(secret.toString('base64').slice(0, 40)), name).toBe(false);
	}
});

test('the app finds its own signature valid, on the device', async () => {
	const site = await openSite(path.join(copy, 'build'));
	const visitor = await visit(site.address);
	const page = await visitor.context.newPage();
	await page.goto('/privacy/check');
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await page.reload();
	const section = page.getByRole('region', { name: 'This build' });
	await section.getByRole('button', { name: 'Check every file' }).click();
	const verdict = await section.getByRole('status').first().innerText();
	await visitor.leave();
	await site.close();
	expect(verdict).toContain('The list is signed with the key that is part of this app.');
});

test('anybody with the source and the public key builds the same bytes', async () => {
	const again = path.join(folder, 'again');
	await copySource('.', again);
	await run(again, 'npm', ['run', '-s', 'build'], { DOORSTEP_RELEASE_KEY: spki });
	expect(await listOf(path.join(again, 'build'))).toEqual(await listOf(path.join(copy, 'build')));
});
