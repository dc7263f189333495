/**
 * Writes the catalogue that the host offers to every device:
 * `npm run catalogue -- listings.csv.gz [--currency SGD] [--key site-public.pem] [--out folder]`.
 * With a key the catalogue says whose model packs are taken (docs/model-pack.md).
 * The file goes to `catalogue/homes.bin` (taken into every build), and into `build/` where the app
 * is built already.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeCatalogue } from '$workers/data/catalogue-file';
import { FaultError } from '$workers/data/fault';
import { MAX_BYTES } from '$workers/data/importers/bytes';
import { type Imported, type SourceFile, importListings } from '$workers/data/importers';
import { fingerprintOf, readPublicKey, toBase64Spki } from '$workers/packs/keys';

const { values: options, positionals } = parseArgs({
	allowPositionals: true,
	options: { currency: { type: 'string' }, key: { type: 'string' }, out: { type: 'string' } },
});
const [path] = positionals;

if (!path || positionals.length > 1) {
	console.error(
		'Usage: npm run catalogue -- listings.csv.gz [--currency SGD] [--key site-public.pem] [--out folder]',
	);
	process.exitCode = 2;
} else {
	await writeCatalogue(path).catch(tellFault);
}

async function writeCatalogue(listings: string): Promise<void> {
	const imported = await importListings(
		await openFile(listings),
		{ currency: options.currency },
		{ cancelled: () => false, onProgress: () => undefined },
	);
	const packKey = options.key && readPublicKey(await readFile(options.key, 'utf8'));
	const { facts, homes } = imported.catalogue;
	const named = { ...facts, ...(packKey && { packKey: toBase64Spki(packKey) }) };
	const bytes = new Uint8Array(encodeCatalogue({ homes, facts: named }));
	for (const target of targets()) {
		await mkdir(dirname(target), { recursive: true });
		await writeFile(target, bytes);
		console.log(`Written: ${target} (${(bytes.length / 1e6).toFixed(1)} MB)`);
	}
	tell(imported);
	if (packKey) console.log(`Takes model packs of the key ${await fingerprintOf(packKey)}`);
}

/** A file that is too large is not read: the import refuses it by its size. */
async function openFile(file: string): Promise<SourceFile> {
	const name = basename(file);
	const { size } = await stat(file);
	if (size > MAX_BYTES) return { name, size, slice: () => new Blob() };
	return new File([new Uint8Array(await readFile(file))], name);
}

function targets(): string[] {
	if (options.out) return [join(options.out, 'homes.bin')];
	return ['catalogue', ...(existsSync('build') ? ['build/catalogue'] : [])].map((folder) =>
		join(folder, 'homes.bin'),
	);
}

function tell({ report, catalogue }: Imported): void {
	const { place, currency } = catalogue.facts;
	console.log(
		`Rows: ${report.rowsRead} read, ${report.rowsKept} kept, ${report.rowsRead - report.rowsKept} refused`,
	);
	for (const { reason, column, rows } of report.refused)
		console.log(`  ${rows} × ${reason} (${column})`);
	const guess = report.currencyAssumed ? ' (assumed: say --currency to change it)' : '';
	console.log(`Place: ${place || 'not named in the file'} · currency: ${currency}${guess}`);
}

function tellFault(error: unknown): void {
	process.exitCode = 1;
	if (!(error instanceof FaultError)) {
		console.error(error instanceof Error ? error.message : 'The file could not be read.');
		return;
	}
	const { message, next, row, column } = error.fault;
	const place = [row === undefined ? '' : `row ${row}`, column ? `column ${column}` : ''].filter(
		Boolean,
	);
	console.error(`${message}${place.length ? ` (${place.join(', ')})` : ''} ${next}`);
}
