import { BOOKING_STATUSES, type BookingStatus } from '$workers/table/bookings';

/**
 * What a booking's status says, in the words of exports in English, German, French, Spanish,
 * Italian, Portuguese and Dutch. The first that fits decides.
 */
const WORDS: readonly (readonly [RegExp, BookingStatus])[] = [
	[/no[\s_-]*show|nicht angereist|non presentat|no presentad|nao compareceu/, 'no-show'],
	[/cancel|storn|annul|geannuleerd|declin|denied|reject|expired|abgelehnt/, 'cancelled'],
	[
		/check(?:ed)?[\s_-]*out|past|complet|stayed|departed|abgereist|beendet|abgeschlossen|termin|finali[sz]|conclu|voltooid|vertrokken|ancien|anterior|precedente|ehemalig|fruher/,
		'checked out',
	],
];

/** Number of the status in `BOOKING_STATUSES` that a word stands for; `confirmed` for all others. */
export function readStatus(text: string): number {
	const plain = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
	const status = WORDS.find(([pattern]) => pattern.test(plain))?.[1] ?? 'confirmed';
	return BOOKING_STATUSES.indexOf(status);
}

/** Of a column that says whether a booking was cancelled, with 0 and 1 or with no and yes. */
export function readCancelled(text: string): number {
	const cancelled = /^(?:1|true|t|yes|y|ja|oui|si|sim)$/i.test(text);
	return BOOKING_STATUSES.indexOf(cancelled ? 'cancelled' : 'confirmed');
}
