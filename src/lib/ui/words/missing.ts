import type { InsightModel, Missing } from '$lib/contracts/insight';
import type { StaleWhy } from '$lib/contracts/registry';
import { figures } from './count';
import { modelName } from './models';
import { tablesInText } from './purposes';

/** What is missing, and what to do about it. */
export interface MissingWords {
	readonly title: string;
	readonly says: string;
	readonly next: string;
}

const BRING = 'Bring in a file that has them.';

const OPEN: Record<Missing['reason'], MissingWords> = {
	NoBookings: {
		title: 'No bookings yet',
		says: 'There is nothing to learn from.',
		next: 'Bring in a file of bookings, or look around with the sample town.',
	},
	TooShort: {
		title: 'The bookings don’t reach back far enough',
		says: 'A forecast needs to have seen the seasons.',
		next: 'Bring in an older file beside this one.',
	},
	TooFewBookings: {
		title: 'Too few bookings',
		says: 'So few would say more about chance than about your homes.',
		next: 'Bring in more bookings, or come back when there are.',
	},
	NoGuests: {
		title: 'The bookings name no guests',
		says: 'Who comes back can’t be told where a booking has no guest number.',
		next: 'Bring in a file with a column that tells guests apart; a number will do, names aren’t needed.',
	},
	NoEngagement: {
		title: 'Nothing is known of who looked',
		says: 'To learn which looks become bookings, it has to know of looks.',
		next: `Views and clicks on your pages are missing. ${BRING}`,
	},
	OneClass: {
		title: 'It only ever went one way',
		says: 'All of the rows ended alike, so there is nothing to tell apart.',
		next: 'Bring in rows that ended otherwise: cancelled ones beside those that came.',
	},
	NoPrices: {
		title: 'No prices',
		says: 'To learn what prices do, it has to know what was asked, let or not.',
		next: BRING,
	},
	NotTrained: {
		title: 'Not trained yet',
		says: 'It is trained on this device, from your own books.',
		next: 'Train it now.',
	},
	LearnedAnew: {
		title: 'It is being learned anew',
		says: 'What it had learned was removed.',
		next: 'It is trained on this device, from what may be used now.',
	},
};

/** What happened to the data that a model had learned from. */
const ANEW: Record<StaleWhy, string> = {
	withdrawn: 'You changed what it may learn from.',
	forgotten: 'Something that it had learned from was forgotten.',
	restricted: 'Whose bookings it may learn from has changed.',
	corrected: 'Something that it had learned from was corrected.',
	expired: 'Rows that it had learned from were kept long enough, and deleted.',
};

const UNITS: Partial<Record<Missing['reason'], readonly [one: string, many: string]>> = {
	TooShort: ['day', 'days'],
	TooFewBookings: ['booking', 'bookings'],
	NoGuests: ['guest', 'guests'],
	NoEngagement: ['event', 'events'],
	OneClass: ['row', 'rows'],
	NoPrices: ['price', 'prices'],
	NoBookings: ['booking', 'bookings'],
};

/** What a model lacks, with what there is and what it would take: `There are 41 days, and it needs 365.` */
export function missingWords(model: InsightModel, missing: Missing, locale?: string): MissingWords {
	const words = OPEN[missing.reason];
	const unit = UNITS[missing.reason];
	const title = `${modelName(model)}: ${words.title.charAt(0).toLowerCase()}${words.title.slice(1)}`;
	if (missing.why)
		return { ...words, title, says: `${ANEW[missing.why]} ${words.says}${withoutWords(missing)}` };
	if (!unit || missing.need === undefined)
		return { ...words, title, says: `${words.says}${withoutWords(missing)}` };
	const have = figures(missing.have ?? 0, unit[0], unit[1], locale);
	const need = figures(missing.need, unit[0], unit[1], locale);
	return {
		...words,
		title,
		says: `${words.says} There are ${have}, and it needs ${need}.${withoutWords(missing)}`,
	};
}

/** Why something is missing that the person brought in: they took it out of learning. */
const withoutWords = ({ without = [] }: Missing): string =>
	without.length ? ` You took this out of learning: ${tablesInText(without)}.` : '';
