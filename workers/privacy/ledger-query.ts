import type { LedgerEntry, LedgerPage, LedgerQuery } from '$lib/contracts';

/** Shorter beginnings of a fingerprint fit too many. */
const LEAST_DIGITS = 4;
const DIGITS = /^[0-9a-f]+$/;

/** The entries (ascending) that a query asks for, newest first. */
export function askLedger(entries: readonly LedgerEntry[], query: LedgerQuery): LedgerPage {
	const text = (query.text ?? '').trim().toLowerCase();
	const matching = entries.filter(
		(entry) =>
			(!query.whats || query.whats.includes(entry.what)) &&
			(!query.purpose || entry.purpose === query.purpose) &&
			entry.instant >= (query.from ?? -Infinity) &&
			entry.instant < (query.to ?? Infinity) &&
			fitsText(entry, text, query.subjects ?? []),
	);
	return {
		entries: matching.reverse().slice(query.offset, query.offset + query.limit),
		matching: matching.length,
		total: entries.length,
		named: isFingerprint(text) ? (entries.find((entry) => begins(entry, text)) ?? null) : null,
	};
}

const fitsText = (entry: LedgerEntry, text: string, subjects: readonly string[]): boolean =>
	text === '' ||
	entry.subject.includes(text) ||
	subjects.includes(entry.subject) ||
	(isFingerprint(text) && begins(entry, text));

const begins = ({ fingerprint }: LedgerEntry, text: string): boolean =>
	fingerprint.startsWith(text);

const isFingerprint = (text: string): boolean => text.length >= LEAST_DIGITS && DIGITS.test(text);
