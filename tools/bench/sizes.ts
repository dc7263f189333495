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
	const lines = names.map(async (name) => {
		const [job = name] = name.split('.');
		const entry = `${WORKERS}/${name}`;
		if (job === 'training') return trainingWorker(folder, entry);
		const figure = await packedSize(folder, await withImports(folder, entry));
		return [{ what: `The ${job} worker`, figure, unit: 'kB brotli' }];
	});
	return (await Promise.all(lines)).flat();
}

/** The engine that learns homes, and what a manager's device loads besides, each model when it is due. */
async function trainingWorker(folder: string, entry: string): Promise<Figure[]> {
	const all = await withImports(folder, entry);
	const trainers = await trainersAmong(folder, all);
	const engine = await withImports(folder, entry, [...trainers.keys()]);
	const unit = 'kB brotli';
	const known = [...engine, ...trainers.keys()];
	const models = [...trainers].map(async ([file, names]) => ({
		what: `· ${names.join(', ')}, with what it shares with others`,
		figure: await packedSize(folder, await withImports(folder, file, known)),
		unit,
	}));
	return [
		{
			what: 'The learning engine: the training worker, without .wasm',
			figure: await packedSize(folder, engine),
			unit,
			budget: LEARNING_ENGINE,
		},
		{
			what: "The manager's models besides, all together",
			figure: await packedSize(
				folder,
				all.filter((file) => !engine.includes(file)),
			),
			unit,
		},
		...(await Promise.all(models)),
	];
}

/** Files that train a manager's model, with the functions that do it: a late import keeps its names. */
async function trainersAmong(
	folder: string,
	files: readonly string[],
): Promise<Map<string, string[]>> {
	const found = new Map<string, string[]>();
	for (const file of files) {
		const code = await readFile(path.join(folder, file), 'utf8');
		const names = [...code.matchAll(/ as (train[A-Z]\w+)/g)].map(([, name = '']) => name);
		if (names.length) found.set(file, names);
	}
	return found;
}

/** A module and all that it imports, now or later, but for some and what these alone import. */
async function withImports(
	folder: string,
	entry: string,
	without: readonly string[] = [],
): Promise<string[]> {
	const found = new Set([entry]);
	for (const name of found) {
		const code = await readFile(path.join(folder, name), 'utf8');
		for (const [, address = ''] of code.matchAll(
			/(?:from|import)\s*\(?\s*["'`](\.[^"'`]+\.js)["'`]/g,
		)) {
			const imported = path.posix.join(path.posix.dirname(name), address);
			if (!without.includes(imported)) found.add(imported);
		}
	}
	return [...found];
}

async function packedSize(folder: string, names: readonly string[]): Promise<number> {
	const files = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
	return files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0) / 1000;
}
