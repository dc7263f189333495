/**
 * The bill of materials: every package that the app is made of or built and tested with, with
 * version, licence and hash, as CycloneDX JSON. `npm run -s sbom > doorstep.cdx.json`.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** Where cyclonedx-npm says which entry of the lockfile a component is. */
const PATH = 'cdx:npm:package:path';

interface Component {
	readonly properties?: readonly { readonly name: string; readonly value: string }[];
	hashes?: { alg: string; content: string }[];
	readonly components?: readonly Component[];
}

type Lockfile = Readonly<Record<string, { readonly integrity?: string }>>;

/**
 * Read from the lockfile alone, without serial number or time: the same lockfile gives the same text.
 * Tools that only build are marked (`cdx:npm:package:development`) and not left out, as a tool that
 * writes the app's code could change it.
 *
 * @throws Error where the lockfile cannot be read
 */
export async function sbom(): Promise<string> {
	// npm calls two packages of others' tools invalid, which name "latest" or bundle what they need.
	const options =
		'--package-lock-only --ignore-npm-errors --output-reproducible --validate --mc-type application';
	const { stdout } = await promisify(execFile)(
		'npx',
		['--no-install', 'cyclonedx-npm', ...options.split(' ')],
		{ env: { ...process.env, NODE_ENV: 'development' }, maxBuffer: 64 * 2 ** 20 },
	);
	const bill = JSON.parse(stdout) as Component;
	const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
		packages: Lockfile;
	};
	addHashes(bill.components ?? [], packages);
	return JSON.stringify(bill, null, '\t');
}

/** cyclonedx-npm knows hashes only beside download addresses, and our lockfile names no host. */
function addHashes(components: readonly Component[], packages: Lockfile): void {
	for (const component of components) {
		const path = component.properties?.find(({ name }) => name === PATH)?.value ?? '';
		const [, base64] = /^sha512-(\S+)/.exec(packages[path]?.integrity ?? '') ?? [];
		if (base64) {
			component.hashes = [
				{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') },
			];
		}
		addHashes(component.components ?? [], packages);
	}
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await sbom());
