/**
 * Model packs on the command line (docs/model-pack.md, docs/spark.md):
 *
 * npm run pack -- keys --out site                      a new key: site.pem and site-public.pem
 * npm run pack -- sign pack.bin --key site.pem [--out catalogue/pack.bin]
 * npm run pack -- verify pack.bin [--key site-public.pem]
 * npm run pack -- inspect pack.bin
 * npm run pack -- from-als --factors part.parquet ... --place NAME --unobserved W --penalty P
 *         [--ids ids.parquet ... --id-column id --key-column key --count-column count]
 *         [--version N] [--out pack.bin]
 */
import { openAsBlob } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { FaultError } from '$workers/data/fault';
import { importAlsFactors } from '$workers/data/importers/als';
import type { SourceFile } from '$workers/data/importers';
import { signerOf } from '$workers/packs/envelope';
import {
	fingerprintOf,
	newSiteKey,
	readPrivateKey,
	readPublicKey,
	sameKey,
} from '$workers/packs/keys';
import { decodePack, encodePack } from '$workers/packs/pack-file';
import { isSignedBy, signPack } from '$workers/packs/sign';

const { values: options, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		key: { type: 'string' },
		out: { type: 'string' },
		factors: { type: 'string', multiple: true },
		ids: { type: 'string', multiple: true },
		'id-column': { type: 'string' },
		'key-column': { type: 'string' },
		'count-column': { type: 'string' },
		place: { type: 'string' },
		unobserved: { type: 'string' },
		penalty: { type: 'string' },
		version: { type: 'string', default: '1' },
	},
});

const TASKS: Readonly<Record<string, () => Promise<void>>> = {
	keys,
	sign,
	verify,
	inspect,
	'from-als': fromAls,
};
const [task = '', file = ''] = positionals;

const run = Object.hasOwn(TASKS, task) ? TASKS[task] : undefined;
if (run) await run().catch(tellFault);
else misused(`There is no task “${task}”. There are: ${Object.keys(TASKS).join(', ')}.`);

async function keys(): Promise<void> {
	const name = options.out ?? 'site';
	const { key, privatePem, publicPem } = await newSiteKey();
	// Never written over: with its key a site loses the devices that trust it.
	await writeFile(`${name}.pem`, privatePem, { flag: 'wx', mode: 0o600 });
	await writeFile(`${name}-public.pem`, publicPem, { flag: 'wx' });
	say(`Written: ${name}.pem (keep it to yourself) and ${name}-public.pem (publish it).`);
	say(`Fingerprint: ${await fingerprintOf(key.publicKey)}`);
}

async function sign(): Promise<void> {
	if (!options.key) return misused('No key: --key site.pem. Make one with: npm run pack -- keys');
	const key = await readPrivateKey(await textOf(options.key));
	const pack = await bytesOf(file);
	const { header } = decodePack(pack);
	const target = options.out ?? file;
	await mkdir(dirname(target), { recursive: true });
	await writeFile(target, new Uint8Array(await signPack(pack, key)));
	say(`Written: ${target}, version ${header.version}, signed.`);
	say(`Fingerprint: ${await fingerprintOf(key.publicKey)}`);
}

async function verify(): Promise<void> {
	const pack = await bytesOf(file);
	decodePack(pack);
	const signer = signerOf(pack);
	if (!signer) throw new RangeError('nobody has signed it');
	const key = options.key ? readPublicKey(await textOf(options.key)) : signer;
	if (!sameKey(signer, key)) throw new RangeError('it is signed by another key');
	if (!(await isSignedBy(pack, key))) throw new RangeError('it was altered after it was signed');
	say(`As it was signed by ${await fingerprintOf(key)}.`);
	if (!options.key) say('Compare this fingerprint with what the site says, or hand in --key.');
}

async function inspect(): Promise<void> {
	const bytes = await bytesOf(file);
	const { also, factors, header, keys: homes, next } = decodePack(bytes);
	const signer = signerOf(bytes);
	const told = {
		...header,
		madeAt: new Date(header.madeAt).toISOString(),
		bytes: bytes.byteLength,
		homes: homes.length,
		first: homes.slice(0, 3),
		also: also?.values.length ?? null,
		next: next?.values.length ?? null,
		factors: factors && {
			size: factors.size,
			unobserved: factors.unobserved,
			penalty: factors.penalty,
		},
		signedBy: signer && (await fingerprintOf(signer)),
	};
	console.log(JSON.stringify(told, null, '\t'));
}

async function fromAls(): Promise<void> {
	const { factors, ids, out = 'pack.bin', place } = options;
	if (!factors?.length) return misused('No factors: --factors part-0.parquet');
	if (place === undefined) return misused('Which place is it for? --place "Sample town"');
	const pack = await importAlsFactors(await sources(factors), {
		place,
		version: numberOf('version', options.version),
		madeAt: Date.now(),
		unobserved: numberOf('unobserved', options.unobserved),
		penalty: numberOf('penalty', options.penalty),
		...(ids && { ids: await sources(ids) }),
		...(options['id-column'] && { idColumn: options['id-column'] }),
		...(options['key-column'] && { keyColumn: options['key-column'] }),
		...(options['count-column'] && { countColumn: options['count-column'] }),
	});
	const bytes = new Uint8Array(encodePack(pack));
	await writeFile(out, bytes);
	say(
		`Written: ${out}, ${pack.keys.length} homes, ${(bytes.length / 1e6).toFixed(2)} MB, not signed.`,
	);
	say(`Sign it: npm run pack -- sign ${out} --key site.pem`);
}

async function sources(paths: readonly string[]): Promise<SourceFile[]> {
	return Promise.all(
		paths.map(async (path) => {
			const blob = await openAsBlob(path);
			const { size } = await stat(path);
			return { name: basename(path), size, slice: (from, to) => blob.slice(from, to) };
		}),
	);
}

function numberOf(name: string, text: string | undefined): number {
	const value = Number(text);
	if (text === undefined || text.trim() === '' || !Number.isFinite(value))
		throw new RangeError(`--${name} has to be a number`);
	return value;
}

function textOf(path: string): Promise<string> {
	return readFile(path, 'utf8');
}

async function bytesOf(path: string): Promise<ArrayBuffer> {
	if (!path) throw new RangeError('which file?');
	return new Uint8Array(await readFile(path)).buffer;
}

function say(words: string): void {
	console.log(words);
}

function misused(words: string): void {
	process.exitCode = 2;
	console.error(words);
}

function tellFault(error: unknown): void {
	process.exitCode = 1;
	if (error instanceof FaultError) {
		const { column, message, next } = error.fault;
		console.error(`${message}${column ? ` (column ${column})` : ''} ${next}`);
		return;
	}
	console.error(`${file || task}: ${error instanceof Error ? error.message : 'not read'}.`);
}
