import { fromBytes, toBytes } from './codec';
import { CHUNK_ROWS, type ProfileDatabase, type StoredChunk } from './database';

/**
 * Texts and their numbers: a number is given once and never means another text. A text that nothing
 * refers to any more can be blanked; its number stays empty. Numbers start at 1; 0 is "none". Held in
 * memory whole: 50,000 keys take about 1 MB.
 */
export class Dictionary {
	private readonly numbers = new Map<string, number>();
	private readonly texts: string[] = [''];
	/** How often texts had been blanked when they were read: what is in memory is then of no use. */
	private edits = 0;

	constructor(
		private readonly database: ProfileDatabase,
		private readonly name: string,
	) {}

	/** Reads what other tabs or earlier visits have added. */
	async load(): Promise<void> {
		const edits = await this.editsOnDisk();
		if (edits !== this.edits) this.clear(edits);
		const stored = await this.database.chunks.where('table').equals(this.table).sortBy('chunk');
		for (const chunk of stored) {
			if (chunk.last < this.texts.length) continue;
			const texts = await this.textsIn(chunk);
			texts.slice(this.texts.length - chunk.first).forEach((text) => this.remember(text));
		}
	}

	numberOf(text: string): number {
		return this.numbers.get(text) ?? 0;
	}

	textOf(number: number): string {
		return this.texts[number] ?? '';
	}

	/** Numbers for these texts; new ones are on disk before they are answered. */
	async add(texts: readonly string[]): Promise<Uint32Array> {
		if (texts.length > 0 && (await this.editsOnDisk()) !== this.edits) await this.load();
		if (texts.some((text) => !this.numbers.has(text)))
			await navigator.locks.request(`${this.database.name}/${this.table}`, async () => {
				await this.load();
				const fresh = [...new Set(texts)].filter((text) => !this.numbers.has(text));
				await this.store(fresh);
				fresh.forEach((text) => this.remember(text));
			});
		return Uint32Array.from(texts, (text) => this.numberOf(text));
	}

	/**
	 * Blanks every text whose number is not among those in use, on disk and here; answers how many.
	 * Nobody may be about to use one of them: see `ActRepository`.
	 */
	async blankAllBut(used: ReadonlySet<number>): Promise<number> {
		return navigator.locks.request(`${this.database.name}/${this.table}`, async () => {
			const { chunks, heads } = this.database;
			const stored = await chunks.where('table').equals(this.table).sortBy('chunk');
			const changed: StoredChunk[] = [];
			let blanked = 0;
			for (const chunk of stored) {
				const texts = await this.textsIn(chunk);
				const left = texts.map((text, i) => (used.has(chunk.first + i) ? text : ''));
				const gone = texts.filter((text, i) => text !== left[i]).length;
				blanked += gone;
				if (gone > 0) changed.push({ ...chunk, ...(await this.sealed(left, chunk.chunk)) });
			}
			if (changed.length === 0) return 0;
			await this.database.transaction('rw', [chunks, heads], async () => {
				await chunks.bulkPut(changed);
				const edits = (await this.editsOnDisk()) + 1;
				await heads.put({ table: this.table, next: 0, edits });
			});
			await this.load();
			return blanked;
		});
	}

	/** Texts that nothing refers to. */
	async countAllBut(used: ReadonlySet<number>): Promise<number> {
		await this.load();
		return this.texts.filter((text, number) => text !== '' && !used.has(number)).length;
	}

	private async store(fresh: readonly string[]): Promise<void> {
		const chunks: StoredChunk[] = [];
		let chunk = await this.database.chunks.where('table').equals(this.table).count();
		for (let from = 0; from < fresh.length; from += CHUNK_ROWS, chunk++) {
			const part = fresh.slice(from, from + CHUNK_ROWS);
			const first = this.texts.length + from;
			chunks.push({
				table: this.table,
				chunk,
				schema: 1,
				count: part.length,
				first,
				last: first + part.length - 1,
				...(await this.sealed(part, chunk)),
			});
		}
		await this.database.chunks.bulkPut(chunks);
	}

	private async textsIn({ chunk, sealed }: StoredChunk): Promise<string[]> {
		return fromBytes(await this.database.codec.open(sealed, `${this.table}/${chunk}`)) as string[];
	}

	private async sealed(texts: readonly string[], chunk: number) {
		const bytes = toBytes(texts);
		const sealed = await this.database.codec.seal(bytes, `${this.table}/${chunk}`);
		return { bytes: bytes.byteLength, sealed };
	}

	private async editsOnDisk(): Promise<number> {
		return (await this.database.heads.get(this.table))?.edits ?? 0;
	}

	private clear(edits: number): void {
		this.numbers.clear();
		this.texts.length = 1;
		this.edits = edits;
	}

	private remember(text: string): void {
		if (text) this.numbers.set(text, this.texts.length);
		this.texts.push(text);
	}

	private get table(): string {
		return `dictionary/${this.name}`;
	}
}
