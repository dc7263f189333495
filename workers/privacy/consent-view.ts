import type { ConsentView, Purpose, PurposeConsent, WithdrawablePurpose } from '$lib/contracts';
import { learnersUnder } from './affected-models';
import { type Consent, isPurposeWithdrawn } from './consent';
import { serves, WITHDRAWABLE } from './purposes';
import { TABLE_RULES, type TableName } from './tables';

const PURPOSES: readonly Purpose[] = [
	'recommend',
	'insight',
	'message',
	'show',
	'account',
	'export',
];
const TABLES = Object.keys(TABLE_RULES) as readonly TableName[];

/** What a person may see of their consent: each purpose with what serves it, and the receipts. */
export const consentView = (consent: Consent): ConsentView => ({
	purposes: PURPOSES.map((purpose) =>
		isWithdrawable(purpose) ? withdrawable(purpose, consent) : fixed(purpose),
	),
	receipts: consent.receipts,
});

export const isWithdrawable = (purpose: string): purpose is WithdrawablePurpose =>
	Object.hasOwn(WITHDRAWABLE, purpose);

function withdrawable(purpose: WithdrawablePurpose, consent: Consent): PurposeConsent {
	const alone = (name: TableName) =>
		consent.withdrawn.some((each) => each.purpose === purpose && each.table === name);
	return {
		purpose,
		withdrawable: true,
		granted: !isPurposeWithdrawn(consent, purpose),
		tables: tablesOf(purpose).map((name) => ({
			name,
			granted: !alone(name),
			optional: WITHDRAWABLE[purpose].optional.includes(name),
			models: learnersUnder(purpose, name),
		})),
		models: learnersUnder(purpose, null),
	};
}

const fixed = (purpose: Purpose): PurposeConsent => ({
	purpose,
	withdrawable: false,
	granted: true,
	tables: tablesOf(purpose).map((name) => ({ name, granted: true, optional: false, models: [] })),
	models: [],
});

const tablesOf = (purpose: Purpose) => TABLES.filter((name) => serves(name, purpose));
