import type { Purpose, Settings } from '$lib/contracts';
import { type Consent, isWithdrawn } from './consent';
import { TABLE_RULES, type TableName, type TableRule } from './tables';

/** Thrown where a read names a purpose that its table does not serve, or that was withdrawn. */
export class PurposeDeniedError extends Error {
	override readonly name = 'PurposeDenied';
	constructor(
		readonly table: TableName,
		readonly purpose: Purpose,
		/** The person took it back; otherwise the table never served it. */
		readonly withdrawn: boolean,
	) {
		super(
			withdrawn
				? `the purpose ${purpose} was withdrawn`
				: `${table} is not kept for the purpose ${purpose}`,
		);
	}
}

/**
 * Consent as a query: may this table be read for this purpose now?
 *
 * @throws PurposeDeniedError
 */
export function requirePurpose(table: TableName, purpose: Purpose, consent: Consent): void {
	const { purposes }: TableRule = TABLE_RULES[table];
	if (!purposes.includes(purpose)) throw new PurposeDeniedError(table, purpose, false);
	if (isWithdrawn(consent, table, purpose)) throw new PurposeDeniedError(table, purpose, true);
}

/** May what this person does now be learned from? Decided when it happens, and kept with the act. */
export const consentsToLearning = (settings: Settings): boolean => settings.learning;
