import { strToU8, zipSync } from 'fflate';
import { archivePage } from './archive-page';
import type { PlainRow } from './archive-rows';

/** One table of an archive, ready to be read by a person and by a program. */
export interface ArchivePart {
	readonly folder: 'data' | 'features' | 'predictions' | 'explanations';
	readonly name: string;
	/** One sentence: what its rows are. */
	readonly says: string;
	readonly rows: readonly PlainRow[];
}

export interface ArchiveHead {
	readonly title: string;
	/** Whose it is, in the words of the person who asked. */
	readonly subject: string;
	/** UTC milliseconds. */
	readonly madeAt: number;
	/** Of the ledger's newest entry; empty where there is none. */
	readonly fingerprint: string;
}

export interface ZippedArchive {
	readonly file: Blob;
	readonly contents: readonly {
		readonly name: string;
		readonly rows: number;
		readonly bytes: number;
	}[];
}

/**
 * One zip: a JSON file for each part, a page that holds them all and needs nothing else to be read,
 * and a list of the files with their SHA-256.
 */
export async function zipArchive(
	head: ArchiveHead,
	parts: readonly ArchivePart[],
): Promise<ZippedArchive> {
	const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
	const files = [
		{ name: 'read-me.html', rows, bytes: strToU8(archivePage(head, parts)) },
		...parts.map((part) => ({
			name: `${part.folder}/${part.name}.json`,
			rows: part.rows.length,
			bytes: json({ says: part.says, rows: part.rows }),
		})),
	];
	const listed = await Promise.all(
		files.map(async ({ bytes, name, rows: count }) => ({
			name,
			rows: count,
			bytes: bytes.byteLength,
			sha256: await sha256(bytes),
		})),
	);
	const manifest = {
		name: 'manifest.json',
		rows: listed.length,
		bytes: json({
			format: 'doorstep-archive',
			version: 1,
			...head,
			madeAt: new Date(head.madeAt).toISOString(),
			files: listed,
		}),
	};
	const all = [...files, manifest];
	const zip = zipSync(Object.fromEntries(all.map(({ bytes, name }) => [name, bytes])), {
		mtime: head.madeAt,
	});
	return {
		file: new Blob([zip as Uint8Array<ArrayBuffer>], { type: 'application/zip' }),
		contents: all.map(({ bytes, name, rows: count }) => ({
			name,
			rows: count,
			bytes: bytes.byteLength,
		})),
	};
}

const json = (value: unknown): Uint8Array => strToU8(JSON.stringify(value, null, '\t'));

async function sha256(bytes: Uint8Array): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
