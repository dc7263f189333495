import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { IntegrityList } from '$lib/contracts';
import { LIST, sha256, writeIntegrity } from '../integrity-list.js';

export type HeaderPairs = [name: string, value: string][];

export interface Alteration {
	/** What becomes of each file named here. */
	readonly files?: Readonly<Record<string, (text: string) => string>>;
	/** Takes every trace of the policy out: the `<meta>` tags, and what the service worker adds. */
	readonly withoutPolicy?: boolean;
	/** What the service worker adds to its answers instead of what it adds as built. */
	readonly workerHeaders?: (headers: HeaderPairs) => HeaderPairs;
}

/** What tools/static-with-precache.js wrote into the service worker. */
export interface Build {
	id: string;
	routes: string[];
	headers: HeaderPairs;
	files: Record<string, string>;
}

const BUILD_CONSTANT = /\{"id":"[0-9a-f]{16}","routes":.*?"files":\{[^}]*\}\}/;
const META_POLICY = /<meta (?:http-equiv="content-security-policy"|name="referrer")[^>]*>/gi;
const WORKER = 'service-worker.js';

/**
 * Copies a built app as another build of it: with other content, its own id, and hashes that match.
 * The copy replaces what is in `to`.
 */
export async function copyBuild(
	from: string,
	to: string,
	alteration: Alteration = {},
): Promise<string> {
	await cp(from, to, { recursive: true });
	const build = await describedBuild(from);
	const changes = { ...alteration.files };
	if (alteration.workerHeaders) build.headers = alteration.workerHeaders(build.headers);
	if (alteration.withoutPolicy) {
		const change = changes['index.html'];
		changes['index.html'] = (html) => (change?.(html) ?? html).replace(META_POLICY, '');
		build.headers = [];
	}
	for (const [name, change] of Object.entries(changes)) {
		const file = path.join(to, name);
		const text = change(await readFile(file, 'utf8'));
		await writeFile(file, text);
		if (name !== WORKER) build.files[name === 'index.html' ? '/' : `/${name}`] = sha256(text);
	}
	build.id = sha256(JSON.stringify(build)).slice(0, 16);
	const worker = path.join(to, WORKER);
	const code = await readFile(worker, 'utf8');
	await writeFile(
		worker,
		code.replace(BUILD_CONSTANT, () => JSON.stringify(build)),
	);
	await listAgain(to, build.id);
	return to;
}

/** Writes the list of a build that was altered, as the build itself would have. */
async function listAgain(folder: string, build: string): Promise<void> {
	const text = await readFile(path.join(folder, LIST), 'utf8');
	const { version, files } = JSON.parse(text) as IntegrityList;
	await writeIntegrity(folder, { version, build, keptAs: (name) => files[name]?.keptAs });
}

/** What the service worker of a built app knows of its build. */
export async function describedBuild(folder: string): Promise<Build> {
	const code = await readFile(path.join(folder, WORKER), 'utf8');
	const found = BUILD_CONSTANT.exec(code)?.[0];
	if (!found) throw new Error(`There is no built app in ${folder}/. Build it first: npm run build`);
	return JSON.parse(found) as Build;
}
