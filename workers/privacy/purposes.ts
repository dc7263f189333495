import type { Fault, Purpose, Settings, WithdrawablePurpose } from '$lib/contracts';
import { type Consent, isPurposeWithdrawn, isWithdrawn } from './consent';
import { TABLE_RULES, type TableName, type TableRule } from './tables';

/** What a purpose is served by, of the tables that a person can take out of it one by one. */
interface ServedBy {
	/** Without one of these there is nothing to do: the read is refused. */
	readonly core: readonly TableName[];
	/** Without one of these it goes on, with less: the table is read as empty. */
	readonly optional: readonly TableName[];
}

/** Purposes that can be taken back, and the tables that can be taken out of them. */
export const WITHDRAWABLE: Readonly<Record<WithdrawablePurpose, ServedBy>> = {
	recommend: {
		core: ['dim_property'],
		optional: ['interaction', 'interaction_note', 'taste_edit'],
	},
	insight: {
		core: ['fact_booking_detail'],
		optional: ['dim_user', 'fact_property_engagement', 'fact_booking_daily', 'feature_table'],
	},
	message: { core: ['fact_booking_detail'], optional: ['dim_user'] },
};

export const WITHDRAWABLE_PURPOSES = Object.keys(WITHDRAWABLE) as readonly WithdrawablePurpose[];

/** May this table be taken out of this purpose by itself? */
export const isSeparable = (table: TableName, purpose: WithdrawablePurpose): boolean =>
	[...WITHDRAWABLE[purpose].core, ...WITHDRAWABLE[purpose].optional].includes(table);

const isOptional = (table: TableName, purpose: Purpose): boolean =>
	Object.hasOwn(WITHDRAWABLE, purpose) &&
	WITHDRAWABLE[purpose as WithdrawablePurpose].optional.includes(table);

/** Thrown where a read names a purpose that its table does not serve, or that was withdrawn. */
export class PurposeDeniedError extends Error {
	override readonly name = 'PurposeDenied';
	readonly fault: Fault;
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
		this.fault = withdrawn ? withdrawnFault(table, purpose) : neverFault(table, purpose);
	}
}

/**
 * Consent as a query: may this table be read for this purpose now?
 *
 * @throws PurposeDeniedError
 */
export function requirePurpose(table: TableName, purpose: Purpose, consent: Consent): void {
	requireServed(table, purpose);
	if (isWithdrawn(consent, table, purpose)) throw new PurposeDeniedError(table, purpose, true);
}

/**
 * As `requirePurpose`, but of a table that the purpose can do without: `false` where it was taken out,
 * and is to be read as empty.
 *
 * @throws PurposeDeniedError
 */
export function admits(table: TableName, purpose: Purpose, consent: Consent): boolean {
	requireServed(table, purpose);
	if (!isWithdrawn(consent, table, purpose)) return true;
	if (isPurposeWithdrawn(consent, purpose) || !isOptional(table, purpose))
		throw new PurposeDeniedError(table, purpose, true);
	return false;
}

/** Of these tables, those that were taken out of the purpose, one by one or with all of it. */
export const takenOutOf = (
	purpose: Purpose,
	tables: readonly TableName[],
	consent: Consent,
): readonly TableName[] => tables.filter((table) => isWithdrawn(consent, table, purpose));

/** May what this person does now be learned from? Decided when it happens, and kept with the act. */
export const consentsToLearning = (settings: Settings, consent: Consent): boolean =>
	settings.learning && !isWithdrawn(consent, 'interaction', 'recommend');

/** Is the table kept for this purpose at all? */
export function serves(table: TableName, purpose: Purpose): boolean {
	const { purposes }: TableRule = TABLE_RULES[table];
	return purposes.includes(purpose);
}

function requireServed(table: TableName, purpose: Purpose): void {
	if (!serves(table, purpose)) throw new PurposeDeniedError(table, purpose, false);
}

const WORK: Readonly<Record<WithdrawablePurpose, string>> = {
	recommend: 'Ranking homes by your taste',
	insight: 'Learning from the bookings',
	message: 'Writing messages from the books',
};

const withdrawnFault = (table: TableName, purpose: Purpose): Fault => ({
	name: 'PurposeDenied',
	message: `${WORK[purpose as WithdrawablePurpose]} is off: you took the permission back.`,
	kept: 'All of the data. Nothing was deleted.',
	next: 'To have it again, grant it under Privacy, Purposes.',
	detail: `${purpose} of ${table}`,
});

const neverFault = (table: TableName, purpose: Purpose): Fault => ({
	name: 'PurposeDenied',
	message: 'A part of Doorstep asked for data for a purpose that the data is not kept for.',
	kept: 'Everything as it was; nothing was read.',
	next: 'Reload the page. If it happens again, it is a mistake of ours worth reporting.',
	detail: `${purpose} of ${table}`,
});
