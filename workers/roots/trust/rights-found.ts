import type {
	AnswerOf,
	GuestFound,
	GuestHeld,
	HeldBooking,
	InsightModel,
	RunRecord,
} from '$lib/contracts';
import { readConsent } from '$workers/data/consents';
import { bookingsOf, engagementOf, guestOf } from '$workers/data/forget-books';
import type { Repositories } from '$workers/data/repositories';
import { guestFeatures } from '$workers/features/guest-features';
import { type Consent, guestConsent, isWithdrawn } from '$workers/privacy/consent';
import { INSIGHT_MODELS, shown } from '$workers/registry';
import type { Books } from '$workers/table/bookings';
import { nameAt } from '$workers/table/column';

const MOST_FOUND = 20;

/** Guests whose key contains the text, whichever way it is written; in the order of the books. */
export async function findGuests(here: Repositories, text: string): Promise<GuestFound[]> {
	const books = await here.books.readStored('account');
	const wanted = text.trim().toLowerCase();
	if (!books || !wanted) return [];
	const consent = await readConsent(here.database);
	const keys = books.guests.columns.key.values;
	const rows = Array.from(keys.keys()).filter((row) => keys[row]?.toLowerCase().includes(wanted));
	return rows.slice(0, MOST_FOUND).map((row) => foundAt(books, row, consent));
}

/** All that is held about a guest; `null` where nobody has that key. */
export async function guestHeld(here: Repositories, key: string): Promise<GuestHeld | null> {
	const books = await here.books.readStored('account');
	const guest = books ? guestOf(books, key) : -1;
	if (!books || guest < 0) return null;
	const { country, first_seen, type } = books.guests.columns;
	const answers = await answersAbout(here, key);
	return {
		...foundAt(books, guest, await readConsent(here.database)),
		country: nameAt(country, guest),
		type: nameAt(type, guest),
		firstSeen: first_seen.values[guest] as number,
		stays: bookingsOf(books, guest).map((row) => heldBooking(books, row)),
		looks: engagementOf(books, guest).length,
		features: featuresOf(books, guest),
		answers: answers.map(({ model, rows }) => ({ model, answers: rows.length })),
		currency: books.currency,
	};
}

function foundAt(books: Books, guest: number, consent: Consent): GuestFound {
	const key = books.guests.columns.key.values[guest] ?? '';
	const arrives = books.bookings.columns.arrives_on.values;
	const days = bookingsOf(books, guest).map((row) => arrives[row] as number);
	return {
		key,
		bookings: days.length,
		firstStay: days.length ? Math.min(...days) : Number.NaN,
		lastStay: days.length ? Math.max(...days) : Number.NaN,
		...guestConsent(consent, key),
	};
}

function heldBooking({ bookings, properties }: Books, row: number): HeldBooking {
	const { columns } = bookings;
	const at = (name: Exclude<keyof typeof columns, 'channel' | 'deposit' | 'status'>) =>
		columns[name].values[row] as number;
	return {
		booking: at('booking_id'),
		home: properties.columns.title.values[at('property')] ?? '',
		bookedOn: at('booked_on'),
		arrivesOn: at('arrives_on'),
		nights: at('nights'),
		adults: at('adults'),
		nightlyPrice: at('nightly_price'),
		total: at('total'),
		status: nameAt(columns.status, row),
		cancelledOn: at('cancelled_on'),
	};
}

/** The guest's own row of the features that models take, as of the books' day. */
export function featuresOf(books: Books, guest: number): GuestHeld['features'] {
	const { guests, matrix } = guestFeatures(books, books.asOf);
	const row = guests.indexOf(guest);
	if (row < 0) return [];
	return matrix.columns.map(({ kind, levels, name, values }) => {
		const value = values[row] ?? Number.NaN;
		return { name, value: kind === 'category' ? (levels[value] ?? '') : value };
	});
}

/** Rows of a model's answer that are about one guest. */
export interface AnswersAbout {
	readonly model: InsightModel;
	readonly run: RunRecord;
	readonly rows: readonly object[];
}

/**
 * What the models in use answer about a guest. Answers name guests by their rows in the books as the
 * models read them, where a guest whom no model may read does not stand.
 */
export async function answersAbout(here: Repositories, key: string): Promise<AnswersAbout[]> {
	const consent = await readConsent(here.database);
	if (isWithdrawn(consent, 'fact_booking_detail', 'insight')) return [];
	const books = await here.books.read('insight');
	const guest = books ? guestOf(books, key) : -1;
	if (guest < 0) return [];
	const all = await here.runs.all('export');
	const found: AnswersAbout[] = [];
	for (const model of INSIGHT_MODELS) {
		const run = shown(all.filter((each) => each.model === model && !each.stale));
		if (!run) continue;
		const rows = rowsAbout(model, await here.runs.answer(run, 'export'), key, guest);
		if (rows.length) found.push({ model, run, rows });
	}
	return found;
}

function rowsAbout(model: InsightModel, answer: unknown, key: string, guest: number): object[] {
	switch (model) {
		case 'lifetime-value':
			return (answer as AnswerOf['lifetime-value']).guests.filter((row) => row.key === key);
		case 'conversion':
		case 'cancellation':
			return (answer as AnswerOf['conversion']).rows.filter((row) => row.guest === guest);
		default:
			return [];
	}
}
