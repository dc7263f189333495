/** Consent as a query, and the books without those who are not to be read: pure, data in, data out. */
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '$lib/contracts';
import { missingWords } from '$lib/ui/words/missing';
import { beforeWithdrawal, purposeAsked, unguardedImport } from '$lib/ui/words/purposes';
import { learnersUnder, modelsUnder, modelsWithGuests } from '$workers/privacy/affected-models';
import {
	changed,
	changedForGuest,
	type Consent,
	excludedGuests,
	guestConsent,
	NOTHING_WITHDRAWN,
} from '$workers/privacy/consent';
import { consentView } from '$workers/privacy/consent-view';
import {
	admits,
	consentsToLearning,
	isSeparable,
	PurposeDeniedError,
	requirePurpose,
	takenOutOf,
	WITHDRAWABLE,
	WITHDRAWABLE_PURPOSES,
} from '$workers/privacy/purposes';
import { takenOut } from '$workers/privacy/stale';
import { TABLE_RULES, type TableName } from '$workers/privacy/tables';
import { withoutAnyGuest, withoutGuests } from '$workers/privacy/without-guests';
import { sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';
import type { Column } from '$workers/table/column';
import { table } from '$workers/table/table';

const withdrawn = (
	purpose: 'recommend' | 'insight' | 'message',
	table: TableName | null = null,
	from: Consent = NOTHING_WITHDRAWN,
) => changed(from, { purpose, table, granted: false, instant: 7 });

const settings = { role: null, learning: true, variety: 0.4, novelty: 0.5, trial: null };

describe('a read for a purpose', () => {
	it('is allowed while nothing was taken back, and refused where the table never served it', () => {
		expect(() => requirePurpose('dim_user', 'insight', NOTHING_WITHDRAWN)).not.toThrow();
		expect(() => requirePurpose('dim_user', 'show', NOTHING_WITHDRAWN)).toThrow(PurposeDeniedError);
	});

	it('is refused of every table once the purpose was taken back, and of no table for another', () => {
		for (const purpose of WITHDRAWABLE_PURPOSES) {
			const consent = withdrawn(purpose);
			const serving = (Object.keys(TABLE_RULES) as TableName[]).filter((name) =>
				(TABLE_RULES[name].purposes as readonly string[]).includes(purpose),
			);
			for (const name of serving) {
				expect(() => requirePurpose(name, purpose, consent)).toThrow(PurposeDeniedError);
				expect(() => admits(name, purpose, consent)).toThrow(PurposeDeniedError);
				for (const other of TABLE_RULES[name].purposes)
					if (other !== purpose) expect(() => requirePurpose(name, other, consent)).not.toThrow();
			}
			expect(serving.length).toBeGreaterThan(0);
		}
	});

	it('takes an optional table for empty, and is refused without a core one', () => {
		for (const purpose of WITHDRAWABLE_PURPOSES) {
			for (const name of WITHDRAWABLE[purpose].optional) {
				expect(admits(name, purpose, withdrawn(purpose, name))).toBe(false);
				expect(() => requirePurpose(name, purpose, withdrawn(purpose, name))).toThrow();
			}
			for (const name of WITHDRAWABLE[purpose].core)
				expect(() => admits(name, purpose, withdrawn(purpose, name))).toThrow(PurposeDeniedError);
		}
		expect(admits('dim_user', 'insight', withdrawn('insight', 'feature_table'))).toBe(true);
	});

	it('is refused in plain words that name no value and say what to do', () => {
		const { fault } = new PurposeDeniedError('dim_user', 'insight', true);
		expect(fault.name).toBe('PurposeDenied');
		expect(fault.message).toContain('took the permission back');
		expect(fault.kept).toContain('Nothing was deleted');
		expect(fault.next).toContain('Purposes');
	});

	it('only tables that serve a purpose can be taken out of it', () => {
		for (const purpose of WITHDRAWABLE_PURPOSES)
			for (const name of Object.keys(TABLE_RULES) as TableName[])
				if (isSeparable(name, purpose)) expect(TABLE_RULES[name].purposes).toContain(purpose);
		expect(isSeparable('ledger', 'insight')).toBe(false);
	});

	it('lets nothing be learned from acts once suggesting was taken back, whatever the switch says', () => {
		expect(consentsToLearning(settings, NOTHING_WITHDRAWN)).toBe(true);
		expect(consentsToLearning({ ...settings, learning: false }, NOTHING_WITHDRAWN)).toBe(false);
		expect(consentsToLearning(settings, withdrawn('recommend'))).toBe(false);
		expect(consentsToLearning(settings, withdrawn('recommend', 'interaction'))).toBe(false);
		expect(consentsToLearning(settings, withdrawn('insight'))).toBe(true);
	});
});

describe('a change of consent', () => {
	it('leaves a receipt, newest first, and granting brings back what stood before', () => {
		const off = withdrawn('insight', 'dim_user');
		const on = changed(off, { purpose: 'insight', table: 'dim_user', granted: true, instant: 9 });
		expect(off.withdrawn).toEqual([{ purpose: 'insight', table: 'dim_user', since: 7 }]);
		expect(on.withdrawn).toEqual([]);
		expect(on.receipts.map(({ granted, instant }) => [granted, instant])).toEqual([
			[true, 9],
			[false, 7],
		]);
	});

	it('to what stands already changes nothing and leaves no receipt', () => {
		const once = withdrawn('insight');
		expect(withdrawn('insight', null, once)).toBe(once);
		const granted = { purpose: 'insight', table: null, granted: true, instant: 1 } as const;
		expect(changed(NOTHING_WITHDRAWN, granted)).toBe(NOTHING_WITHDRAWN);
	});

	it('of a purpose leaves what was said of its tables', () => {
		const both = withdrawn('insight', null, withdrawn('insight', 'dim_user'));
		const again = changed(both, { purpose: 'insight', table: null, granted: true, instant: 8 });
		expect(takenOutOf('insight', ['dim_user', 'fact_booking_detail'], again)).toEqual(['dim_user']);
	});

	it('for a guest keeps what it does not name, and forgets the guest when nothing stands', () => {
		const restricted = changedForGuest(NOTHING_WITHDRAWN, 'a:1', { restricted: true });
		const both = changedForGuest(restricted, 'a:1', { objected: true });
		expect(guestConsent(both, 'a:1')).toEqual({ restricted: true, objected: true });
		expect([...excludedGuests(both)]).toEqual(['a:1']);
		const one = changedForGuest(both, 'a:1', { restricted: false });
		expect(guestConsent(one, 'a:1')).toEqual({ restricted: false, objected: true });
		expect(changedForGuest(one, 'a:1', { objected: false }).guests).toEqual({});
	});

	it('for a guest whose key is a word of the language harms nothing', () => {
		for (const key of ['__proto__', 'constructor', 'toString']) {
			expect(guestConsent(NOTHING_WITHDRAWN, key)).toEqual({ restricted: false, objected: false });
			const after = changedForGuest(NOTHING_WITHDRAWN, key, { objected: true });
			expect([...excludedGuests(after)]).toEqual([key]);
			const read = JSON.parse(JSON.stringify(after)) as Consent;
			expect(guestConsent(read, key).objected).toBe(true);
		}
		expect(({} as Record<string, unknown>).objected).toBeUndefined();
	});
});

describe('what a person is shown', () => {
	it('has each purpose once, with a switch for those that can be taken back alone', () => {
		const { purposes } = consentView(NOTHING_WITHDRAWN);
		expect(
			purposes.filter(({ withdrawable }) => withdrawable).map(({ purpose }) => purpose),
		).toEqual(WITHDRAWABLE_PURPOSES);
		expect(new Set(purposes.map(({ purpose }) => purpose)).size).toBe(6);
		expect(purposes.every(({ granted }) => granted)).toBe(true);
	});

	it('tells a table that was taken out by itself from a purpose that was taken back', () => {
		const ofInsight = (consent: Consent) =>
			consentView(consent).purposes.find(({ purpose }) => purpose === 'insight');
		const alone = ofInsight(withdrawn('insight', 'dim_user'));
		expect(alone?.granted).toBe(true);
		expect(alone?.tables.filter(({ granted }) => !granted).map(({ name }) => name)).toEqual([
			'dim_user',
		]);
		const whole = ofInsight(withdrawn('insight'));
		expect(whole?.granted).toBe(false);
		expect(whole?.tables.every(({ granted }) => granted)).toBe(true);
	});
});

describe('the words', () => {
	it('say what happened to a model that is learned anew, and what was taken out', () => {
		for (const why of ['withdrawn', 'forgotten', 'restricted', 'corrected', 'expired'] as const) {
			const words = missingWords('revenue', { reason: 'LearnedAnew', why });
			expect(words.title).toBe('Revenue: it is being learned anew');
			expect(words.says).toMatch(/\. What it had learned was removed\.$/);
		}
		const { says } = missingWords('lifetime-value', { reason: 'NoGuests', without: ['dim_user'] });
		expect(says).toContain('You took this out of learning: guests, without names');
	});

	it('say before it is done what stops, that nothing is deleted, and the way back', () => {
		const lines = beforeWithdrawal('insight', 'dim_user', ['cancellation', 'lifetime-value']);
		expect(lines[0]).toBe(
			'Cancellations and value of guests stop answering, and what they learned is removed.',
		);
		expect(lines.join(' ')).toContain('None of your data is deleted.');
		expect(beforeWithdrawal('message', null, []).join(' ')).toContain('Nothing changes today.');
	});

	it('never say what can’t be promised', () => {
		const all = JSON.stringify([
			unguardedImport,
			...WITHDRAWABLE_PURPOSES.map((purpose) => purposeAsked(purpose)),
			...WITHDRAWABLE_PURPOSES.map((purpose) => beforeWithdrawal(purpose, null, ['revenue'])),
		]);
		expect(all).not.toMatch(/impossible|100 ?%|zero knowledge|anonymous|deleted for ?ever/i);
	});
});

describe('models that may not answer any more', () => {
	it('are those that learn from the table, under the purpose', () => {
		expect(modelsUnder('insight', 'fact_property_engagement')).toEqual(['conversion']);
		expect(modelsUnder('insight', 'dim_user')).toContain('lifetime-value');
		expect(modelsUnder('insight', 'dim_user')).not.toContain('revenue');
		expect(modelsUnder('insight', null)).toHaveLength(6);
		expect(modelsUnder('recommend', null)).toEqual([]);
		expect(learnersUnder('recommend', 'interaction')).toEqual(['taste']);
		expect(modelsWithGuests()).toHaveLength(6);
	});

	it('keep their record, archived and empty, with the reason', () => {
		const run = { id: 'a', stage: 'Production', reason: 'gates-passed', bytes: 5 } as RunRecord;
		expect(takenOut(run, 'withdrawn', 11)).toMatchObject({
			id: 'a',
			stage: 'Archived',
			reason: 'made-stale',
			bytes: 0,
			retiredAt: 11,
			stale: { why: 'withdrawn', since: 11 },
		});
	});
});

describe('books without some guests', () => {
	const books = withExtras(sampleBooks({ seed: 'consent', managed: 3, guests: 60, years: 1 }));
	const keys = books.guests.columns.key.values;
	const gone = new Set([keys[0] as string, keys[7] as string, keys[keys.length - 1] as string]);
	const left = withoutGuests(books, gone);
	const keyOf = (of: Books, guest: number) => of.guests.columns.key.values[guest];

	it('have no row, no booking and no visit of theirs, and every other one', () => {
		expect(left.guests.columns.key.values).toEqual(keys.filter((key) => !gone.has(key)));
		const stay = rows(books.bookings.count).filter(
			(row) => !gone.has(keyOf(books, at(books.bookings.columns.guest, row)) ?? ''),
		);
		expect(Array.from(left.bookings.columns.booking_id.values)).toEqual(
			stay.map((row) => at(books.bookings.columns.booking_id, row)),
		);
		expect(left.bookings.count).toBeLessThan(books.bookings.count);
		const visits = new Set(
			rows(books.engagement.count)
				.filter((row) => gone.has(keyOf(books, at(books.engagement.columns.guest, row)) ?? ''))
				.map((row) => at(books.engagement.columns.session, row)),
		);
		expect(visits.size).toBeGreaterThan(0);
		expect(Array.from(left.engagement.columns.session.values)).toEqual(
			Array.from(books.engagement.columns.session.values).filter((visit) => !visits.has(visit)),
		);
	});

	it('keep what others did where a source gives all rows one visit, as reviews have', () => {
		const { engagement } = books;
		const one = { values: new Uint32Array(engagement.count) };
		const session = { ...engagement.columns.session, ...one };
		const reviews = { ...books, engagement: table({ ...engagement.columns, session }) } as Books;
		const who = Array.from(engagement.columns.guest.values);
		const others = who.filter((guest) => guest < 0 || !gone.has(keyOf(books, guest) ?? ''));
		expect(withoutGuests(reviews, gone).engagement.count).toBe(others.length);
	});

	it('point at the same guests as before, by key, and at no row that is not there', () => {
		const before = new Map(
			rows(books.bookings.count).map((row) => [
				at(books.bookings.columns.booking_id, row),
				keyOf(books, at(books.bookings.columns.guest, row)),
			]),
		);
		for (const row of rows(left.bookings.count)) {
			const guest = at(left.bookings.columns.guest, row);
			expect(keyOf(left, guest)).toBe(before.get(at(left.bookings.columns.booking_id, row)));
		}
		for (const table of [left.bookings, left.engagement]) {
			const guests = Array.from(table.columns.guest.values);
			expect(Math.max(...guests)).toBeLessThan(left.guests.count);
			expect(Math.min(...guests)).toBeGreaterThanOrEqual(-1);
		}
	});

	it('keep the source’s own columns beside their bookings, and the calendar as it was', () => {
		expect(Array.from((left.extras.row as Numbers).values)).toEqual(
			Array.from(left.bookings.columns.booking_id.values),
		);
		expect(left.daily).toBe(books.daily);
		expect(left.properties).toBe(books.properties);
	});

	it('are the same books where nobody of that key is in them', () => {
		expect(withoutGuests(books, new Set())).toBe(books);
		expect(withoutGuests(books, new Set(['nobody:1']))).toBe(books);
	});

	it('are empty of guests and of bookings where everybody is left out', () => {
		const none = withoutGuests(books, new Set(keys));
		expect(none.guests.count).toBe(0);
		expect(none.bookings.count).toBe(0);
		expect(Array.from(none.engagement.columns.guest.values).every((guest) => guest === -1)).toBe(
			true,
		);
	});

	it('without any guest are as a source has them that names none: every booking, nobody’s', () => {
		const none = withoutAnyGuest(books);
		expect(none.guests.count).toBe(0);
		expect(none.bookings.count).toBe(books.bookings.count);
		expect(new Set(none.bookings.columns.guest.values)).toEqual(new Set([0]));
		expect(new Set(none.engagement.columns.guest.values)).toEqual(new Set([-1]));
		expect(none.bookings.columns.total).toBe(books.bookings.columns.total);
	});
});

type Numbers = Extract<Column, { type: 'number' }>;
const at = (column: Numbers, row: number): number => column.values[row] as number;
const rows = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

/** A column of the source's own that says which booking it stands beside. */
function withExtras(books: Books): Books {
	return { ...books, extras: { row: books.bookings.columns.booking_id } };
}
