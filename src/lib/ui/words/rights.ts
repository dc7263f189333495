import type { CorrectableField, ForgetReceipt, Unlearned } from '$lib/contracts';
import { figures } from './count';
import { smallNumber } from './intl';
import { modelName } from './models';
import { tableWords } from './tables';

/** A right as a person reads it. */
export interface RightWords {
	readonly title: string;
	/** What it is, in a sentence. */
	readonly says: string;
	/** The article of the law that it answers, and its like in California. */
	readonly article: string;
}

export type Right =
	'access' | 'portability' | 'rectify' | 'erase' | 'restrict' | 'object' | 'withdraw';

const ARTICLES: Readonly<Record<Right, string>> = {
	access: 'GDPR, article 15; in the CCPA the right to know',
	portability: 'GDPR, article 20; in the CCPA the right to know',
	rectify: 'GDPR, article 16; in the CCPA the right to correct',
	erase: 'GDPR, article 17; in the CCPA the right to delete',
	restrict: 'GDPR, article 18; in the CCPA the right to limit',
	object: 'GDPR, article 21; in the CCPA the right to opt out',
	withdraw: 'GDPR, article 7(3)',
};

const OWN: Readonly<Record<Right, Omit<RightWords, 'article'>>> = {
	access: {
		title: 'See what is held',
		says: 'Every table with its fields, what it is for and until when it is kept.',
	},
	portability: {
		title: 'Take it with you',
		says: 'One archive with your acts, your taste and why homes fit you: as JSON for programs, and as a page to read.',
	},
	rectify: {
		title: 'Put it right',
		says: 'What was learned of your taste can be pulled, switched off and taken back.',
	},
	erase: {
		title: 'Have it forgotten',
		says: 'One act, all acts, or everything. What was learned from an act goes with it, and the receipt says how exactly.',
	},
	restrict: {
		title: 'Have it kept, and not used',
		says: 'What you did stays, and is read for nothing but your rights: no suggestion, no taste. The same switch as the next one.',
	},
	object: {
		title: 'Object to suggestions',
		says: 'No suggestion is made from what you did, until you take this back.',
	},
	withdraw: {
		title: 'Withdraw a consent',
		says: 'Purpose by purpose, and table by table.',
	},
};

const OF_GUEST: Readonly<Record<Exclude<Right, 'withdraw'>, Omit<RightWords, 'article'>>> = {
	access: {
		title: 'See what is held',
		says: 'All that stands in your books about this guest: the list above.',
	},
	portability: {
		title: 'Hand it over',
		says: 'One archive with this guest’s bookings, features, predictions and their reasons, and nothing about anybody else.',
	},
	rectify: {
		title: 'Put it right',
		says: 'Correct a field. What was learned from the wrong value is learned anew.',
	},
	erase: {
		title: 'Have it forgotten',
		says: 'The guest, every booking and every look go, and each model that learned from them is trained anew without them.',
	},
	restrict: {
		title: 'Have it kept, and not used',
		says: 'No model and no message reads this guest’s rows, until the restriction is lifted.',
	},
	object: {
		title: 'Object to models',
		says: 'No model learns from this guest or is asked about them, until it is taken back.',
	},
};

export const ownRight = (right: Right): RightWords => ({
	...OWN[right],
	article: ARTICLES[right],
});

export const guestRight = (right: Exclude<Right, 'withdraw'>): RightWords => ({
	...OF_GUEST[right],
	article: ARTICLES[right],
});

const OTHER_MODELS: Readonly<Record<string, string>> = {
	taste: 'Your taste',
	'listing-encoder': 'What homes look like',
};

/** Any model on this device by name. */
export const learnerName = (model: string): string =>
	OTHER_MODELS[model] ?? modelName(model as Parameters<typeof modelName>[0]);

const METHODS: Readonly<Record<Unlearned['method'], string>> = {
	'closed-form': 'Subtracted from its sums',
	counts: 'Subtracted from its counts',
	replay: 'Trained anew without it',
	'never-saw': 'Never learned from it',
};

export const methodWords = (method: Unlearned['method']): string => METHODS[method];

/** The largest difference to a model that never saw what was forgotten. */
export function differenceWords(unlearned: Unlearned, locale?: string): string {
	const { difference, method, waiting } = unlearned;
	if (method === 'never-saw') return '0, nothing to remove';
	if (waiting) return 'Not measured yet: it waits for its training, and gives no answer';
	if (!Number.isFinite(difference)) return 'They can’t be compared';
	return smallNumber(difference, locale);
}

const SUBJECTS: Readonly<Record<ForgetReceipt['subject'], string>> = {
	act: 'What you did',
	booking: 'A booking',
	guest: 'A guest',
};

/** `A guest is forgotten`. */
export const receiptTitle = ({ removed, subject }: ForgetReceipt): string => {
	const acts = removed.reduce((sum, { rows }) => sum + rows, 0);
	if (subject !== 'act') return `${SUBJECTS[subject]} is forgotten`;
	return acts === 1 ? 'One act is forgotten' : `${figures(acts, 'act')} are forgotten`;
};

/** `3 rows of bookings`. */
export const removedWords = ({ rows, table }: ForgetReceipt['removed'][number]): string =>
	`${tableWords(table)}: ${figures(rows, 'row')}`;

const FIELDS: Readonly<
	Record<CorrectableField, { readonly label: string; readonly hint: string }>
> = {
	country: { label: 'Country', hint: 'Two letters, such as DE.' },
	type: { label: 'Here for', hint: 'leisure or business.' },
	adults: { label: 'Adults', hint: 'A whole number.' },
	nights: { label: 'Nights', hint: 'A whole number; the total follows.' },
	nightly_price: { label: 'Price of a night', hint: 'The total follows.' },
	status: { label: 'Status', hint: 'confirmed, checked out, cancelled or no-show.' },
	booked_on: { label: 'Booked on', hint: 'A day such as 2026-05-14.' },
	arrives_on: { label: 'Arrives on', hint: 'A day such as 2026-05-14.' },
	cancelled_on: { label: 'Cancelled on', hint: 'A day; the status becomes cancelled.' },
};

export const fieldWords = (field: CorrectableField): (typeof FIELDS)[CorrectableField] =>
	FIELDS[field];

export const GUEST_FIELDS = ['country', 'type'] as const satisfies readonly CorrectableField[];
export const BOOKING_FIELDS = [
	'adults',
	'nights',
	'nightly_price',
	'status',
	'booked_on',
	'arrives_on',
	'cancelled_on',
] as const satisfies readonly CorrectableField[];

/** Before something is forgotten. */
export const forgettingMeans =
	'It is removed from this browser, and every model that learned from it is trained anew. Copies you exported, your booking system and backups that the device makes by itself are not touched. Opening the same file again does not bring it back.';

/** Before something is corrected. */
export const correctingMeans =
	'Models that learned from the old value are trained anew. Correct it in your booking system too: a newer file of it brings its own value along.';
