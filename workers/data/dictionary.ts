import { fromBytes, toBytes } from './codec';
import { CHUNK_ROWS, type ProfileDatabase, type StoredChunk } from './database';

/**
 * Texts and their numbers, append-only: a number is given once and means the same text for good.
 * Numbers start at 1; 0 is "none". Held in memory whole: 50,000 keys take about 1 MB.
 */
export class Dictionary {
	private readonly numbers = new Map<string, number>();
	private readonly texts: string[] = [''];

	constructor(
		private readonly database: ProfileDatabase,
		private readonly name: string,
	) {}

	/** Reads what other tabs or earlier visits have added. */
	async load(): Promise<void> {
		const stored = await this.database.chunks.where('table').equals(this.table).sortBy('chunk');
		for (const chunk of stored) {
			if (chunk.last < this.texts.length) continue;
			const bytes = await this.database.codec.open(chunk.sealed, `${this.table}/${chunk.chunk}`);
			const texts = fromBytes(bytes) as string[];
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
		if (texts.some((text) => !this.numbers.has(text)))
			await navigator.locks.request(`${this.database.name}/${this.table}`, async () => {
				await this.load();
				const fresh = [...new Set(texts)].filter((text) => !this.numbers.has(text));
				await this.store(fresh);
				fresh.forEach((text) => this.remember(text));
			});
		return Uint32Array.from(texts, (text) => this.numberOf(text));
	}

	private async store(fresh: readonly string[]): Promise<void> {
		const chunks: StoredChunk[] = [];
		let chunk = await this.database.chunks.where('table').equals(this.table).count();
		for (let from = 0; from < fresh.length; from += CHUNK_ROWS, chunk++) {
			const part = fresh.slice(from, from + CHUNK_ROWS);
			const first = this.texts.length + from;
			const bytes = toBytes(part);
			chunks.push({
				table: this.table,
				chunk,
				schema: 1,
				count: part.length,
				first,
				last: first + part.length - 1,
				bytes: bytes.byteLength,
				sealed: await this.database.codec.seal(bytes, `${this.table}/${chunk}`),
			});
		}
		await this.database.chunks.bulkPut(chunks);
	}

	private remember(text: string): void {
		this.numbers.set(text, this.texts.length);
		this.texts.push(text);
	}

	private get table(): string {
		return `dictionary/${this.name}`;
	}
}
