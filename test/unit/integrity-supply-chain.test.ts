import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { sbom } from '../../tools/sbom';

interface Entry {
	/** Where the folder has another name. */
	readonly name?: string;
	readonly version: string;
	readonly integrity?: string;
	readonly resolved?: string;
}

const json = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as unknown;
const manifest = (await json('package.json')) as {
	dependencies: Record<string, string>;
	devDependencies: Record<string, string>;
};
const lockfile = (await json('package-lock.json')) as { packages: Record<string, Entry> };
const installed = Object.entries(lockfile.packages).filter(([path]) => path !== '');

describe('what the app is made of', () => {
	test('at most 25 packages are named as part of it', () => {
		expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(25);
	});

	test('every package is named with one exact version', () => {
		const all = { ...manifest.dependencies, ...manifest.devDependencies };
		expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual(
			[],
		);
	});

	test('every entry of the lockfile has the SHA-512 of its content, and no plain address', () => {
		expect(installed.length).toBeGreaterThan(100);
		expect(installed.filter(([, entry]) => !entry.integrity?.startsWith('sha512-'))).toEqual([]);
		expect(installed.filter(([, entry]) => entry.resolved?.startsWith('http:'))).toEqual([]);
	});

	test('no install script of a package runs', async () => {
		expect(await readFile('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
	});

	test('each package that is named has its reason in docs/dependencies.md', async () => {
		const reasons = await readFile('docs/dependencies.md', 'utf8');
		const named = Object.keys(manifest.dependencies);
		expect(named.filter((name) => !reasons.includes(`\`${name}\``))).toEqual([]);
	});
});

interface Component {
	readonly group?: string;
	readonly name: string;
	readonly version: string;
	readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
	readonly components?: readonly Component[];
}

/** A package inside another stands inside it in the bill, too. */
const flat = (components: readonly Component[] = []): readonly Component[] =>
	components.flatMap((component) => [component, ...flat(component.components)]);

describe('the bill of materials', () => {
	test('lists each package of the lockfile with its hash, and is the same text twice', async () => {
		const [first, second] = await Promise.all([sbom(), sbom()]);
		expect(second).toBe(first);
		const bill = JSON.parse(first) as { bomFormat: string; components: Component[] };
		expect(bill.bomFormat).toBe('CycloneDX');
		const listed = new Map(
			flat(bill.components).map(({ group, name, version, hashes }) => [
				`${group ? `${group}/` : ''}${name}@${version}`,
				hashes?.[0]?.content,
			]),
		);
		for (const [path, { version, integrity = '', name: real }] of installed) {
			const name = `${real ?? path.split('node_modules/').at(-1)}@${version}`;
			const hash = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
			expect(listed.get(name), name).toBe(hash);
		}
	});
});
