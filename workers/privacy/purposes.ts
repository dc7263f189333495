import type { Purpose, RetentionRule, Settings } from '$lib/contracts';

/** A table as a person is told of it: what it is for, how long it stays, whether it is about them. */
export interface TableRule {
	readonly purposes: readonly Purpose[];
	readonly keptUntil: RetentionRule;
	readonly personal: boolean;
}

/**
 * The one declaration of what is stored and why. A table that is not here can't be read, and the
 * privacy page is drawn from it.
 */
export const TABLE_RULES = {
	dim_property: {
		purposes: ['show', 'recommend', 'export'],
		keptUntil: 'new-catalogue',
		personal: false,
	},
	dictionary: {
		purposes: ['show', 'recommend', 'export'],
		keptUntil: 'erased',
		personal: false,
	},
	interaction: {
		purposes: ['show', 'recommend', 'account', 'export'],
		keptUntil: 'two-years',
		personal: true,
	},
	interaction_note: {
		purposes: ['show', 'recommend', 'account', 'export'],
		keptUntil: 'two-years',
		personal: true,
	},
	taste_edit: {
		purposes: ['recommend', 'account', 'export'],
		keptUntil: 'forgotten',
		personal: true,
	},
	dim_managed_property: {
		purposes: ['insight', 'message', 'export'],
		keptUntil: 'erased',
		personal: false,
	},
	dim_user: { purposes: ['insight', 'message', 'export'], keptUntil: 'erased', personal: true },
	fact_booking_detail: {
		purposes: ['insight', 'message', 'export'],
		keptUntil: 'erased',
		personal: true,
	},
	fact_booking_daily: { purposes: ['insight', 'export'], keptUntil: 'erased', personal: false },
	fact_property_engagement: {
		purposes: ['insight', 'export'],
		keptUntil: 'erased',
		personal: true,
	},
	feature_table: { purposes: ['insight', 'export'], keptUntil: 'erased', personal: true },
	run: { purposes: ['insight', 'account', 'export'], keptUntil: 'forgotten', personal: false },
	choice: { purposes: ['insight', 'export'], keptUntil: 'erased', personal: false },
	model: {
		purposes: ['recommend', 'insight', 'export'],
		keptUntil: 'retrained',
		personal: false,
	},
	setting: { purposes: ['show', 'recommend', 'export'], keptUntil: 'erased', personal: true },
	ledger: { purposes: ['account', 'export'], keptUntil: 'always', personal: false },
} as const satisfies Record<string, TableRule>;

export type TableName = keyof typeof TABLE_RULES;

/** Thrown where a read names a purpose that its table does not serve. */
export class PurposeDeniedError extends Error {
	override readonly name = 'PurposeDenied';
	constructor(table: TableName, purpose: Purpose) {
		super(`${table} is not kept for the purpose ${purpose}`);
	}
}

/** Every read passes here first. */
export function requirePurpose(table: TableName, purpose: Purpose): void {
	const { purposes }: TableRule = TABLE_RULES[table];
	if (!purposes.includes(purpose)) throw new PurposeDeniedError(table, purpose);
}

/** May what this person does now be learned from? Decided when it happens, and kept with the act. */
export const consentsToLearning = (settings: Settings): boolean => settings.learning;
