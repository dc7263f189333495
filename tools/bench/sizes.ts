import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Figure, Measure, Setting } from './figure';
import { visit } from './site';

const WORKERS = '_app/immutable/workers';
const FIRST_PAGE = { atMost: 100 };
const LEARNING_ENGINE = { atMost: 170 };

/** What has to be loaded, as a host sends it: brotli at its default quality, file by file. */
export const sizes: Measure = {
	name: 'sizes',
	async run(setting) {
		return [...(await firstPage(setting)), ...(await workers(setting.folder))];
	},
};

/** Every script that the first page asks for, until it stands still and nothing was touched. */
async function firstPage({ folder }: Setting): Promise<Figure[]> {
	const asked = await visit(folder, { serviceWorker: 'block' }, async ({ site, page }) => {
		await page.goto(site.address, { waitUntil: 'networkidle' });
		return [...site.requests];
	});
	const scripts = [...new Set(asked.map((request) => request.replace(/^GET \//, '')))].filter(
		(name) => name.endsWith('.js'),
	);
	const own = scripts.filter((name) => !name.startsWith(WORKERS));
	return [
		{
			what: `JavaScript of the first page, ${own.length} files`,
			figure: await packedSize(folder, own),
			unit: 'kB brotli',
			budget: FIRST_PAGE,
		},
		{
			what: 'JavaScript of workers that the first page starts (not on its thread)',
			figure: await packedSize(
				folder,
				scripts.filter((name) => !own.includes(name)),
			),
			unit: 'kB brotli',
		},
	];
}

async function workers(folder: string): Promise<Figure[]> {
	const names = (await readdir(path.join(folder, WORKERS))).filter((name) => name.endsWith('.js'));
	return Promise.all(
		names.map(async (name) => {
			const [job = name] = name.split('.');
			const files = await withImports(folder, `${WORKERS}/${name}`);
			const figure = await packedSize(folder, files);
			const lines = { figure, unit: 'kB brotli' };
			return job === 'training'
				? {
						what: 'The learning engine: the training worker, without .wasm',
						...lines,
						budget: LEARNING_ENGINE,
					}
				: { what: `The ${job} worker`, ...lines };
		}),
	);
}

/** A module and all that it imports, now or later. */
async function withImports(folder: string, entry: string): Promise<string[]> {
	const found = new Set([entry]);
	for (const name of found) {
		const code = await readFile(path.join(folder, name), 'utf8');
		for (const [, address = ''] of code.matchAll(
			/(?:from|import)\s*\(?\s*["'`](\.[^"'`]+\.js)["'`]/g,
		))
			found.add(path.posix.join(path.posix.dirname(name), address));
	}
	return [...found];
}

async function packedSize(folder: string, names: readonly string[]): Promise<number> {
	const files = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
	return files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0) / 1000;
}
