import type { LedgerQuery, Purpose } from '$lib/contracts';
import { type LedgerKind, subjectsWith, whatsOf } from '../words/ledger';

const DAY = 86_400_000;

/** What a person looks for in the ledger. */
export interface LedgerChoice {
	readonly kinds: readonly LedgerKind[];
	readonly purpose: Purpose | '';
	/** Back from now; 0: any time. */
	readonly days: number;
	readonly text: string;
}

export const EVERYTHING: LedgerChoice = { kinds: [], purpose: '', days: 0, text: '' };

export const isEverything = ({ days, kinds, purpose, text }: LedgerChoice): boolean =>
	days === 0 && kinds.length === 0 && purpose === '' && text.trim() === '';

/** The choice as the ledger is asked it. */
export function queryOf(
	{ days, kinds, purpose, text }: LedgerChoice,
	now: number,
): Omit<LedgerQuery, 'offset' | 'limit'> {
	return {
		...(kinds.length && { whats: whatsOf(kinds) }),
		...(purpose && { purpose }),
		...(days && { from: now - days * DAY }),
		...(text.trim() && { text, subjects: subjectsWith(text) }),
	};
}
