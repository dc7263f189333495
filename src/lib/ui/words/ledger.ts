import type { LedgerEntry, LedgerVerdict, LedgerWhat } from '$lib/contracts';
import { figures } from './count';
import { bytes, number } from './intl';
import { TABLE_NAMES, tableWords } from './tables';

/** Kinds of entries as a person filters them. */
export type LedgerKind = 'read' | 'learned' | 'came-in' | 'went-out' | 'removed' | 'decided';

const KINDS: Record<LedgerKind, { readonly name: string; readonly whats: readonly LedgerWhat[] }> =
	{
		read: { name: 'Read', whats: ['read'] },
		learned: { name: 'Learned', whats: ['trained'] },
		'came-in': { name: 'Came in', whats: ['opened'] },
		'went-out': { name: 'Handed out', whats: ['exported', 'shared', 'released', 'backed-up'] },
		removed: { name: 'Removed', whats: ['forgot', 'erased'] },
		decided: {
			name: 'Decided',
			whats: ['withdrew', 'granted', 'restricted', 'corrected', 'changed', 'refused'],
		},
	};

export const ledgerKinds = Object.keys(KINDS) as readonly LedgerKind[];
export const ledgerKindName = (kind: LedgerKind): string => KINDS[kind].name;

/** What a choice of kinds means; `undefined` where none is chosen. */
export function whatsOf(kinds: readonly LedgerKind[]): readonly LedgerWhat[] | undefined {
	return kinds.length ? kinds.flatMap((kind) => KINDS[kind].whats) : undefined;
}

const SUBJECTS: Readonly<Record<string, string>> = {
	catalogue: 'Catalogue',
	'sample town': 'Sample town',
	acts: 'Your acts',
	taste: 'Your taste',
	'listing encoder': 'What homes have in common',
	everything: 'Everything, shown first',
	enquiry: 'An enquiry',
	home: 'A home',
	books: 'Bookings, homes and guests',
	'sample books': 'Bookings of the sample town',
	revenue: 'Model of takings',
	demand: 'Model of demand',
	conversion: 'Model of bookings from looks',
	cancellation: 'Model of cancellations',
	price: 'Model of prices',
	'lifetime-value': 'Model of guests’ value',
	'refused rows': 'Rows that were refused',
	features: 'Features',
	prices: 'Prices',
	choices: 'Your choices',
	purpose: 'A purpose',
	guest: 'A guest',
	booking: 'A booking',
	retention: 'How long data is kept',
	figures: 'Figures with noise',
	report: 'Report',
	archive: 'A guest’s archive',
	key: 'Half of the key that signs packs',
};

/** What an entry is about: a table by its name, or what else it can be. */
export const subjectWords = (subject: string): string => SUBJECTS[subject] ?? tableWords(subject);

/** Subjects whose words hold the text, for a search in the words that a person sees. */
export function subjectsWith(text: string): readonly string[] {
	const sought = text.trim().toLowerCase();
	if (!sought) return [];
	return [...Object.keys(SUBJECTS), ...TABLE_NAMES].filter((subject) =>
		subjectWords(subject).toLowerCase().includes(sought),
	);
}

const ONE_BY_ONE: Partial<Record<LedgerWhat, string>> = {
	read: 'read',
	exported: 'file',
	shared: 'text',
};

/** `5,204 rows`, `39 reads`, `1 file, 612 kB`. */
export function howMuch({ bytes: size, rows, what }: LedgerEntry): string {
	const count = rows ? figures(rows, ONE_BY_ONE[what] ?? 'row') : '';
	return [count, size ? bytes(size) : ''].filter(Boolean).join(', ');
}

/** When, to the second: `14 May 2026, 06:10:44`. */
export function toTheSecond(instant: number, locale?: string, timeZone?: string): string {
	return new Date(instant).toLocaleString(locale, {
		day: 'numeric',
		month: 'short',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		timeZone,
	});
}

const CHAINED = /[1-9a-f]/;

/** `9f3c…a1`; empty for an entry from before there was a chain. */
export const shortPrint = (fingerprint: string): string =>
	CHAINED.test(fingerprint) ? `${fingerprint.slice(0, 4)}…${fingerprint.slice(-2)}` : '';

/** A beginning of a fingerprint that is long enough to be asked for by itself. */
export const looksLikePrint = (text: string): boolean => /^[0-9a-f]{8,64}$/i.test(text.trim());

interface VerdictWords {
	readonly title: string;
	readonly means: string;
	readonly next: string;
}

const WHAT_TO_DO =
	'Save the ledger as a file now, before anything else is written, and show it to whoever answers ' +
	'for privacy in your house. Compare it with the newest report or ledger file that you kept.';

/** The chain's state in one line, and where it does not hold what that means and what to do. */
export function verdictWords({ brokenAt, entries, problem }: LedgerVerdict): VerdictWords {
	const at = number(brokenAt);
	switch (problem) {
		case 'none':
			return {
				title: entries
					? `Every entry carries the fingerprint of the one before. ${fitWords(entries)}`
					: 'Nothing was written down yet.',
				means: '',
				next: '',
			};
		case 'altered':
			return {
				title: `Entry ${at} does not fit.`,
				means: `What stands in it, or its fingerprint, is not what the app wrote. ${relyOn(brokenAt)}`,
				next: WHAT_TO_DO,
			};
		case 'missing':
			return {
				title: `Entry ${at} is missing.`,
				means: `It was written once and is not there any more. ${relyOn(brokenAt)}`,
				next: WHAT_TO_DO,
			};
		case 'cut-off':
			return {
				title: `The end of the ledger is missing, from entry ${at} on.`,
				means: `More was written than is there. ${relyOn(brokenAt)}`,
				next: WHAT_TO_DO,
			};
		case 'unreadable':
			return {
				title: 'The ledger can’t be read.',
				means:
					'What is stored is not a ledger any more: it was changed, or the storage is damaged.',
				next: 'Export a copy of what can still be read, and show this page to whoever answers for privacy.',
			};
	}
}

const fitWords = (entries: number): string =>
	entries === 1 ? 'There is one.' : `All ${number(entries)} fit together.`;

function relyOn(brokenAt: number): string {
	if (brokenAt <= 1) return 'No entry can be relied on.';
	return brokenAt === 2 ? 'Entry 1 still fits.' : `Entries 1 to ${number(brokenAt - 1)} still fit.`;
}
