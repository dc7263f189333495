import type { Purpose, RetentionRule } from '$lib/contracts';

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
	/** Whom a search is for. */
	seeker: { purposes: ['show', 'export'], keptUntil: 'forgotten', personal: true },
	/** Searches that are kept under a name, and what they had found when last looked at. */
	saved_search: {
		purposes: ['show', 'account', 'export'],
		keptUntil: 'forgotten',
		personal: true,
	},
	dim_managed_property: {
		purposes: ['insight', 'message', 'account', 'export'],
		keptUntil: 'erased',
		personal: false,
	},
	dim_user: {
		purposes: ['insight', 'message', 'account', 'export'],
		keptUntil: 'erased',
		personal: true,
	},
	fact_booking_detail: {
		purposes: ['insight', 'message', 'account', 'export'],
		keptUntil: 'erased',
		personal: true,
	},
	fact_booking_daily: {
		purposes: ['insight', 'account', 'export'],
		keptUntil: 'erased',
		personal: false,
	},
	fact_property_engagement: {
		purposes: ['insight', 'account', 'export'],
		keptUntil: 'erased',
		personal: true,
	},
	dim_holiday: { purposes: ['insight', 'account', 'export'], keptUntil: 'erased', personal: false },
	feature_table: {
		purposes: ['insight', 'account', 'export'],
		keptUntil: 'erased',
		personal: true,
	},
	run: { purposes: ['insight', 'account', 'export'], keptUntil: 'forgotten', personal: false },
	choice: { purposes: ['insight', 'export'], keptUntil: 'erased', personal: false },
	model: {
		purposes: ['recommend', 'insight', 'export'],
		keptUntil: 'retrained',
		personal: true,
	},
	/** What others' choices teach, as a file, and how it did on one's own acts. */
	model_pack: {
		purposes: ['show', 'recommend', 'export'],
		keptUntil: 'retrained',
		personal: true,
	},
	setting: { purposes: ['show', 'recommend', 'export'], keptUntil: 'erased', personal: true },
	/** What the person withdrew, whom they restricted, and how long they keep what. */
	consent: { purposes: ['account', 'export'], keptUntil: 'always', personal: true },
	/** Figures that were released with noise, and what that cost of the budget. */
	release: { purposes: ['account', 'export'], keptUntil: 'always', personal: false },
	ledger: { purposes: ['account', 'export'], keptUntil: 'always', personal: false },
} as const satisfies Record<string, TableRule>;

export type TableName = keyof typeof TABLE_RULES;
