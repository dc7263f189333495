import type { ManagerChoices, Purpose } from '$lib/contracts';
import { fromBytes } from './codec';
import type { ProfileDatabase } from './database';
import { readRecord, writeRecord } from './records';
import { allowRead } from './reading';

const RECORD = 'manager-choices';
const MAPPING = 'mapping/';
const NONE: ManagerChoices = { priceRules: {}, prices: {}, budget: {} };

/** What a manager has decided: rules and accepted prices, a budget, how files were matched. */
export class ChoiceRepository {
	constructor(private readonly database: ProfileDatabase) {}

	async read(purpose: Purpose): Promise<ManagerChoices> {
		await allowRead(this.database, 'choice', purpose);
		const stored = await readRecord(this.database.records, RECORD, this.database.codec);
		return { ...NONE, ...(stored as Partial<ManagerChoices> | undefined) };
	}

	async change(change: Partial<ManagerChoices>): Promise<ManagerChoices> {
		const choices = { ...(await this.read('insight')), ...change };
		await writeRecord(this.database.records, RECORD, choices, this.database.codec);
		return choices;
	}

	/** How files were matched last, by the signature of their columns (names of columns alone). */
	async mappings(): Promise<Readonly<Record<string, unknown>>> {
		const stored = await this.database.records.where('key').startsWith(MAPPING).toArray();
		const opened = await Promise.all(
			stored.map(async ({ key, sealed }) => [
				key.slice(MAPPING.length),
				fromBytes(await this.database.codec.open(sealed, key)),
			]),
		);
		return Object.fromEntries(opened) as Record<string, unknown>;
	}

	async rememberMapping(signature: string, mapping: unknown): Promise<void> {
		const key = `${MAPPING}${signature}`;
		await writeRecord(this.database.records, key, mapping, this.database.codec);
	}

	async totals(): Promise<{ rows: number; bytes: number }> {
		const all = await this.database.records
			.filter(({ key }) => key === RECORD || key.startsWith(MAPPING))
			.toArray();
		return { rows: all.length, bytes: all.reduce((sum, { sealed }) => sum + sealed.byteLength, 0) };
	}
}
