import type { BooksSummary, BringReport, FileLook, Mapping } from '$lib/contracts';
import { csvFile } from '$workers/data/exporters/csv';
import { FaultError } from '$workers/data/fault';
import { readForgotten, withoutForgotten } from '$workers/data/forgotten';
import { lookAtFile, readBooksFile, type ReadBooks } from '$workers/data/importers/books';
import type { Repositories } from '$workers/data/repositories';
import { mergeBooks } from '$workers/data/merge-books';
import { storageFault } from '$workers/data/storage-fault';
import type { Job } from '$workers/door/expose';
import { type NumberColumn, texts } from '$workers/table/column';
import { type Table, table } from '$workers/table/table';

/** A file that was read and waits for the person's word. */
interface Held {
	readonly token: string;
	readonly read: ReadBooks;
	readonly signature: string;
	readonly mapping: Mapping;
}

/** Files on their way into the books: looked at, read, held, then kept or dropped. */
export class FilesAtTheDoor {
	private held: Held | null = null;
	private readonly signatures = new Map<string, string>();

	/** @param own the repositories of the person's own books, never the sample's */
	constructor(private readonly own: () => Promise<Repositories>) {}

	async look(file: File): Promise<FileLook> {
		const { choices } = await this.own();
		const remembered = (await choices.mappings()) as Readonly<Record<string, Mapping>>;
		return lookAtFile(file, (signature) => {
			this.signatures.set(nameOf(file), signature);
			return remembered[signature];
		});
	}

	async read(job: Job, file: File, mapping: Mapping): Promise<BringReport> {
		const read = await readBooksFile(file, mapping, job);
		const { books, database } = await this.own();
		const { read: admitted, skipped } = await withoutForgotten(read, await readForgotten(database));
		const { added, changed, known } = mergeBooks(await books.readStored('account'), admitted);
		const token = crypto.randomUUID();
		this.held = { token, read, mapping, signature: this.signatures.get(nameOf(file)) ?? '' };
		return { ...read.report, token, added, changed, known, forgotten: skipped };
	}

	/** In one transaction; the books stand as they were until it is done. */
	async keep(token: string): Promise<{ summary: BooksSummary; rows: number }> {
		const { mapping, read: whole, signature } = this.find(token);
		const { books, choices, database } = await this.own();
		try {
			// Again, as somebody may have been forgotten since the file was read.
			const { read } = await withoutForgotten(whole, await readForgotten(database));
			const merged = mergeBooks(await books.readStored('account'), read);
			if (read.table === 'features') await books.keepFeatures(read.source, featuresOf(read));
			const summary = await books.replace(merged.books, Date.now());
			if (signature) await choices.rememberMapping(signature, mapping);
			this.held = null;
			return { summary, rows: merged.added + merged.changed };
		} catch (error) {
			throw storageFault(error);
		}
	}

	drop(token: string): void {
		if (this.held?.token === token) this.held = null;
	}

	/** Where rows were refused and why, as a file; what stood there is the person's own. */
	refused(token: string): Blob {
		const { examples } = this.find(token).read.report;
		return csvFile(
			['row', 'column', 'reason', 'found'],
			examples.map(({ column, found, reason, row }) => [row, column, reason, found]),
		);
	}

	private find(token: string): Held {
		if (this.held?.token === token) return this.held;
		throw new FaultError({
			name: 'NotReady',
			message: 'The file that was read is no longer at hand.',
			kept: 'Your books, as they were.',
			next: 'Open the file again.',
		});
	}
}

/** Features beside the keys that they belong to. */
function featuresOf({ extras, guestKeys, propertyKeys, rows }: ReadBooks): Table {
	const key = (rows.columns.property ?? rows.columns.guest) as NumberColumn;
	const keys = rows.columns.property ? propertyKeys : guestKeys;
	return table({
		key: texts(Array.from(key.values, (place) => keys[place] ?? '')),
		...(rows.columns.day && { day: rows.columns.day }),
		...extras,
	});
}

const nameOf = ({ lastModified, name, size }: File): string => `${name}/${size}/${lastModified}`;
