import { type NumberArray, type NumberColumn, numbers } from '$workers/table/column';
import { joinTables, table, type Table } from '$workers/table/table';
import { type ChunkTotals, chunkTotals, openChunk, sealChunks } from './chunks';
import {
	CHUNK_ROWS,
	type LogHead,
	type ProfileDatabase,
	type StoredChunk,
	type StoredRow,
} from './database';

/** The columns of a log: all numbers. `sequence` is added by the log itself. */
export type LogKinds = Readonly<Record<string, NumberKind>>;
type NumberKind = 'f64' | 'f32' | 'u32' | 'i16' | 'u16' | 'u8';
export type LogRow<Kinds extends LogKinds> = { readonly [Name in keyof Kinds]: number };
export type LogTable = Table<Record<string, NumberColumn>>;

export interface LogDefinition<Kinds extends LogKinds> {
	readonly name: string;
	readonly schema: number;
	readonly columns: Kinds;
}

export type Sequenced<Row> = Row & { readonly sequence: number };

const ARRAYS = {
	f64: Float64Array,
	f32: Float32Array,
	u32: Uint32Array,
	i16: Int16Array,
	u16: Uint16Array,
	u8: Uint8Array,
};

/** So many rows wait one by one before they are folded into a chunk. */
const FOLD_AT = 1_000;

/**
 * An append-only log: old rows in column chunks, the newest one by one. Small writes are safe from
 * any tab; numbers are given inside the transaction that writes the row.
 */
export class Log<Kinds extends LogKinds> {
	constructor(
		private readonly database: ProfileDatabase,
		private readonly definition: LogDefinition<Kinds>,
	) {}

	async head(): Promise<LogHead> {
		const { name } = this.definition;
		return (await this.database.heads.get(name)) ?? { table: name, next: 1, edits: 0 };
	}

	/** Adds a few rows; answers the first one's number once they are on disk. */
	async append(rows: readonly LogRow<Kinds>[]): Promise<number> {
		const sealed = await this.sealRows(rows);
		const first = await this.write(['rows'], async (head) => {
			const records = sealed.map((bytes, i) => this.record(head.next + i, bytes));
			await this.database.rows.bulkPut(records);
			return { head: { ...head, next: head.next + rows.length }, value: head.next };
		});
		await this.foldIfLong();
		return first;
	}

	/**
	 * Adds rows that were made to follow `after` (a chain of fingerprints, say), and writes down the
	 * newest one's fingerprint in the same transaction.
	 *
	 * @throws Error where another writer came between
	 */
	async appendAfter(after: LogHead, rows: readonly LogRow<Kinds>[], newest: string): Promise<void> {
		const sealed = await this.sealRows(rows);
		await this.write(['rows'], async (head) => {
			if (head.next !== after.next) throw new Error('log: another writer came between');
			await this.database.rows.bulkPut(sealed.map((bytes, i) => this.record(head.next + i, bytes)));
			return { head: { ...head, next: head.next + rows.length, newest }, value: undefined };
		});
	}

	/** Moves waiting rows into a chunk once there are many. */
	async foldIfLong(): Promise<void> {
		if ((await this.waiting()) >= FOLD_AT) await this.fold();
	}

	/** Adds many rows at once, straight into chunks: a million in a fraction of a second. */
	async appendTable(whole: LogTable): Promise<void> {
		await this.fold();
		await navigator.locks.request(this.lockName(), async () => {
			const head = await this.head();
			const sequence = Float64Array.from({ length: whole.count }, (_, i) => head.next + i);
			const numbered = table({ ...whole.columns, sequence: numbers(sequence) });
			const last = await this.lastChunk();
			const chunks = await sealChunks(
				this.database,
				this.definition.name,
				this.definition.schema,
				numbered,
				head.next,
				last ? last.chunk + 1 : 0,
			);
			await this.write(['chunks'], async (now) => {
				if (now.next !== head.next) throw new Error('log: another writer came between');
				await this.database.chunks.bulkPut(chunks);
				return { head: { ...now, next: now.next + whole.count }, value: undefined };
			});
		});
	}

	/** Everything from a number on, ascending. */
	async scan(from = 0): Promise<LogTable> {
		const { name } = this.definition;
		const { chunks, rows } = await this.database.transaction(
			'r',
			[this.database.chunks, this.database.rows],
			async () => ({
				chunks: await this.database.chunks
					.where('[table+last]')
					.between([name, from], [name, Infinity])
					.sortBy('chunk'),
				rows: await this.database.rows
					.where('[table+sequence]')
					.between([name, from], [name, Infinity])
					.toArray(),
			}),
		);
		const opened = await Promise.all(
			chunks.map(async (chunk) => this.upgrade(await openChunk(this.database, chunk))),
		);
		const parts = [...opened, await this.openRows(rows)].filter((part) => part.count > 0);
		return ordered(parts.length ? joinTables(parts) : this.empty(), from);
	}

	/** Takes rows out; hands them back in full. */
	async remove(sequences: ReadonlySet<number>): Promise<Sequenced<LogRow<Kinds>>[]> {
		return navigator.locks.request(this.lockName(), async () => {
			const { name } = this.definition;
			const lone = await this.database.rows.bulkGet([...sequences].map((at) => [name, at]));
			const found = lone.filter((row) => row !== undefined);
			const removed = this.toRows(await this.openRows(found));
			const chunks = await this.chunksWith(sequences);
			const kept: StoredChunk[] = [];
			const dropped: [string, number][] = [];
			for (const stored of chunks) {
				const whole = this.upgrade(await openChunk(this.database, stored));
				removed.push(...this.toRows(whole).filter((row) => sequences.has(row.sequence)));
				const rest = this.toRows(whole).filter((row) => !sequences.has(row.sequence));
				if (rest.length === 0) dropped.push([name, stored.chunk]);
				else kept.push(await this.chunkOf(this.fromRows(rest), stored.chunk));
			}
			await this.write(['rows', 'chunks'], async (head) => {
				await this.database.rows.bulkDelete(found.map((row) => [name, row.sequence]));
				await this.database.chunks.bulkDelete(dropped);
				await this.database.chunks.bulkPut(kept);
				return { head: { ...head, edits: head.edits + 1 }, value: undefined };
			});
			return removed;
		});
	}

	/** Puts removed rows back under their own numbers. */
	async restore(rows: readonly Sequenced<LogRow<Kinds>>[]): Promise<void> {
		const sealed = await this.sealRows(rows);
		await this.write(['rows'], async (head) => {
			await this.database.rows.bulkPut(
				sealed.map((bytes, i) => this.record(rows[i]?.sequence ?? 0, bytes)),
			);
			return { head: { ...head, edits: head.edits + 1 }, value: undefined };
		});
	}

	/** Moves waiting rows into a chunk, in one transaction. Another tab at it: nothing to do. */
	async fold(): Promise<void> {
		await navigator.locks.request(this.lockName(), { ifAvailable: true }, async (lock) => {
			if (!lock) return;
			const { name } = this.definition;
			const rows = await this.database.rows.where('table').equals(name).sortBy('sequence');
			if (rows.length === 0) return;
			const last = await this.lastChunk();
			const extend = last && last.count + rows.length <= CHUNK_ROWS ? last : undefined;
			const waiting = await this.openRows(rows);
			const whole = extend
				? ordered(joinTables([this.upgrade(await openChunk(this.database, extend)), waiting]), 0)
				: waiting;
			const chunk = await this.chunkOf(whole, extend?.chunk ?? (last ? last.chunk + 1 : 0));
			await this.write(['rows', 'chunks'], async (head) => {
				await this.database.chunks.put(chunk);
				await this.database.rows.bulkDelete(rows.map((row) => [name, row.sequence]));
				return { head, value: undefined };
			});
		});
	}

	toRows(whole: LogTable): Sequenced<LogRow<Kinds>>[] {
		const names = ['sequence', ...Object.keys(this.definition.columns)];
		return Array.from({ length: whole.count }, (_, i) => {
			const entries = names.map((name) => [name, whole.columns[name]?.values[i] ?? 0]);
			return Object.fromEntries(entries) as Sequenced<LogRow<Kinds>>;
		});
	}

	/** Waiting rows whose stored numbers are not those that are read from them: written by another hand. */
	async misfits(): Promise<number[]> {
		const { columns, name } = this.definition;
		const kinds = Object.values(columns);
		const stored = await this.database.rows.where('table').equals(name).toArray();
		const misfit = await Promise.all(
			stored.map(async ({ sealed }) => {
				const vector = new Float64Array(await this.database.codec.open(sealed, name));
				const fits = (value: number, i: number) =>
					Object.is(ARRAYS[kinds[i] ?? 'f64'].of(value)[0], value);
				return vector.length > kinds.length || !vector.every(fits);
			}),
		);
		return stored.filter((_, i) => misfit[i]).map(({ sequence }) => sequence);
	}

	async totals(): Promise<ChunkTotals> {
		const { name } = this.definition;
		const waiting = await this.database.rows.where('table').equals(name).toArray();
		const { rows, bytes } = await chunkTotals(this.database, name);
		return {
			rows: rows + waiting.length,
			bytes: waiting.reduce((sum, row) => sum + row.sealed.byteLength, bytes),
		};
	}

	private fromRows(rows: readonly Sequenced<LogRow<Kinds>>[]): LogTable {
		const columns = Object.entries(this.definition.columns).map(([name, kind]) => {
			const array = new ARRAYS[kind](rows.length);
			rows.forEach((row, i) => (array[i] = row[name] as number));
			return [name, numbers(array)] as const;
		});
		const sequence = numbers(Float64Array.from(rows, (row) => row.sequence));
		return table({ sequence, ...Object.fromEntries(columns) });
	}

	private empty(): LogTable {
		return this.fromRows([]);
	}

	/** A chunk written before a column was added gets it, filled with zeros. */
	private upgrade(whole: Table): LogTable {
		const missing = Object.entries(this.definition.columns)
			.filter(([name]) => !whole.columns[name])
			.map(([name, kind]) => [name, numbers(new ARRAYS[kind](whole.count))] as const);
		return table({ ...whole.columns, ...Object.fromEntries(missing) }) as LogTable;
	}

	private async sealRows(rows: readonly LogRow<Kinds>[]): Promise<ArrayBuffer[]> {
		const names = Object.keys(this.definition.columns);
		return Promise.all(
			rows.map((row) => {
				const vector = Float64Array.from(names, (name) => row[name] as number);
				return this.database.codec.seal(vector.buffer, this.definition.name);
			}),
		);
	}

	private async openRows(stored: readonly StoredRow[]): Promise<LogTable> {
		const names = Object.keys(this.definition.columns);
		const rows = await Promise.all(
			stored.map(async ({ sequence, sealed }) => {
				const vector = new Float64Array(
					await this.database.codec.open(sealed, this.definition.name),
				);
				const entries = names.map((name, i) => [name, vector[i] ?? 0]);
				return { ...Object.fromEntries(entries), sequence } as Sequenced<LogRow<Kinds>>;
			}),
		);
		return this.fromRows(rows);
	}

	private async chunkOf(whole: LogTable, number: number): Promise<StoredChunk> {
		const { name, schema } = this.definition;
		const [chunk] = await sealChunks(this.database, name, schema, whole, 0, number);
		const sequence = whole.columns.sequence?.values as NumberArray;
		return {
			...(chunk as StoredChunk),
			first: sequence[0] as number,
			last: sequence[whole.count - 1] as number,
		};
	}

	private async chunksWith(sequences: ReadonlySet<number>): Promise<StoredChunk[]> {
		const all = [...sequences];
		return this.database.chunks
			.where('table')
			.equals(this.definition.name)
			.filter((chunk) => all.some((at) => at >= chunk.first && at <= chunk.last))
			.toArray();
	}

	private async lastChunk(): Promise<StoredChunk | undefined> {
		const { name } = this.definition;
		return this.database.chunks.where('[table+chunk]').between([name, 0], [name, Infinity]).last();
	}

	private waiting(): Promise<number> {
		return this.database.rows.where('table').equals(this.definition.name).count();
	}

	private record(sequence: number, sealed: ArrayBuffer): StoredRow {
		return { table: this.definition.name, sequence, sealed };
	}

	private lockName(): string {
		return `${this.database.name}/${this.definition.name}`;
	}

	private write<Value>(
		stores: readonly ('rows' | 'chunks')[],
		change: (head: LogHead) => Promise<{ head: LogHead; value: Value }>,
	): Promise<Value> {
		const tables = stores.map((store) => this.database[store]);
		return this.database.transaction('rw', [this.database.heads, ...tables], async () => {
			const { head, value } = await change(await this.head());
			await this.database.heads.put(head);
			return value;
		});
	}
}

/** Rows from a number on, ascending. Restored rows stand behind newer ones until they are folded. */
function ordered(whole: LogTable, from: number): LogTable {
	const sequence = whole.columns.sequence?.values as Float64Array;
	let ascending = whole.count === 0 || (sequence[0] as number) >= from;
	for (let i = 1; ascending && i < whole.count; i++)
		ascending = (sequence[i] as number) > (sequence[i - 1] as number);
	if (ascending) return whole;
	const order = Array.from(sequence.keys())
		.filter((row) => (sequence[row] as number) >= from)
		.sort((a, b) => (sequence[a] as number) - (sequence[b] as number));
	const columns = Object.entries(whole.columns).map(([name, { values }]) => {
		const picked = values.slice(0, order.length);
		order.forEach((row, i) => (picked[i] = values[row] as number));
		return [name, numbers(picked)] as const;
	});
	return table(Object.fromEntries(columns));
}
