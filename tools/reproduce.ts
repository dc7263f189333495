/**
 * Builds the app twice from the same source, in two folders, with other surroundings (time zone,
 * language, name of the folder), and compares every byte: `npm run reproduce`.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesIn, sha256 } from './integrity-list.js';

/** Not source: what is installed, built or measured. */
const LEFT_BEHIND = new Set([
	'.git',
	'.svelte-kit',
	'build',
	'node_modules',
	'test-results',
	'playwright-report',
	'coverage',
]);

export interface Reproduction {
	/** How many files a build has. */
	readonly files: number;
	/** Names of files that differ, or that only one of the builds has. */
	readonly different: readonly string[];
	/** SHA-256 of the first build's `integrity.json`. */
	readonly fingerprint: string;
}

/**
 * @param source  the folder of the source, with `node_modules`
 * @throws Error where a build fails
 */
export async function reproduce(source: string): Promise<Reproduction> {
	const folder = await mkdtemp(path.join(tmpdir(), 'doorstep-reproduce-'));
	try {
		const [first, second] = [
			await buildCopy(source, path.join(folder, 'one'), { TZ: 'UTC', LANG: 'C' }),
			await buildCopy(source, path.join(folder, 'another place'), {
				TZ: 'Pacific/Chatham',
				LANG: 'de_DE.UTF-8',
			}),
		];
		const names = new Set([...first.keys(), ...second.keys()]);
		return {
			files: first.size,
			different: [...names].filter((name) => first.get(name) !== second.get(name)),
			fingerprint: first.get('integrity.json') ?? '',
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Copies what a build is made from; what is installed is shared. */
export async function copySource(source: string, copy: string): Promise<void> {
	await cp(source, copy, {
		recursive: true,
		filter: (name) => !LEFT_BEHIND.has(path.relative(source, name).split(path.sep)[0] ?? ''),
	});
	await symlink(path.resolve(source, 'node_modules'), path.join(copy, 'node_modules'));
}

/** @returns the SHA-256 of each built file, by its name */
async function buildCopy(
	source: string,
	copy: string,
	surroundings: Readonly<Record<string, string>>,
): Promise<Map<string, string>> {
	await copySource(source, copy);
	await run('npm run -s build', copy, surroundings);
	const build = path.join(copy, 'build');
	const hashes = new Map<string, string>();
	for (const name of await filesIn(build)) {
		hashes.set(name, sha256(await readFile(path.join(build, name))));
	}
	return hashes;
}

function run(command: string, cwd: string, surroundings: Readonly<Record<string, string>>) {
	return new Promise<void>((resolve, reject) => {
		const env = { ...process.env, ...surroundings };
		const child = spawn(command, { cwd, env, shell: true, stdio: ['ignore', 'ignore', 'pipe'] });
		let said = '';
		child.stderr.on('data', (text: Buffer) => (said += text.toString()));
		child.on('close', (code) => {
			if (code === 0) resolve();
			else reject(new Error(`A build failed:\n${said}`));
		});
	});
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const { files, different, fingerprint } = await reproduce('.');
	for (const name of different) console.error(`differs: ${name}`);
	if (different.length > 0) {
		console.error(`\nTwo builds of the same source differ in ${different.length} files.`);
		process.exit(1);
	}
	console.log(`Two builds of the same source are the same, byte for byte: ${files} files.`);
	console.log(`fingerprint of integrity.json: ${fingerprint}`);
}
