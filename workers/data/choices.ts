import type { ManagerChoices, Purpose } from '$lib/contracts';
import { requirePurpose } from '$workers/privacy/purposes';
import type { ProfileDatabase } from './database';
import { readRecord, writeRecord } from './records';

const RECORD = 'manager-choices';
const NONE: ManagerChoices = { priceRules: {}, prices: {}, budget: {} };

/** What a manager has decided: rules and accepted prices, a budget, how files were matched. */
export class ChoiceRepository {
	constructor(private readonly database: ProfileDatabase) {}

	async read(purpose: Purpose): Promise<ManagerChoices> {
		requirePurpose('choice', purpose);
		const stored = await readRecord(this.database.records, RECORD, this.database.codec);
		return { ...NONE, ...(stored as Partial<ManagerChoices> | undefined) };
	}

	async change(change: Partial<ManagerChoices>): Promise<ManagerChoices> {
		const choices = { ...(await this.read('insight')), ...change };
		await writeRecord(this.database.records, RECORD, choices, this.database.codec);
		return choices;
	}

	/** How a file with these columns was matched last; its signature holds names of columns alone. */
	async mapping(signature: string): Promise<unknown> {
		return readRecord(this.database.records, `mapping/${signature}`, this.database.codec);
	}

	async rememberMapping(signature: string, mapping: unknown): Promise<void> {
		const key = `mapping/${signature}`;
		await writeRecord(this.database.records, key, mapping, this.database.codec);
	}

	async totals(): Promise<{ rows: number; bytes: number }> {
		const all = await this.database.records
			.filter(({ key }) => key === RECORD || key.startsWith('mapping/'))
			.toArray();
		return { rows: all.length, bytes: all.reduce((sum, { sealed }) => sum + sealed.byteLength, 0) };
	}
}
