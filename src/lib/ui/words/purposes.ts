import type { InsightModel, Purpose } from '$lib/contracts';
import { list } from './intl';
import { modelName } from './models';
import { tableWords } from './tables';

/** A purpose as a person is asked about it. */
export interface PurposeWords {
	readonly title: string;
	/** What is done under it. */
	readonly says: string;
	/** What stops when it is taken back; why it can't be where it can't. */
	readonly without: string;
}

const PURPOSES: Record<Purpose, PurposeWords> = {
	recommend: {
		title: 'Suggest homes',
		says: 'Homes are ranked by what you save, dismiss and look at, each search for somebody else apart. How good the list is, and whether it steers you, is worked out from the same.',
		without:
			'For you, My taste and what is worked out from them stop. Browse orders homes by rating, and what you look at is no longer written down.',
	},
	insight: {
		title: 'Learn from the bookings',
		says: 'The overview and six models answer from your bookings, guests and prices.',
		without: 'The overview and the pages of the models stop answering.',
	},
	message: {
		title: 'Write messages from the books',
		says: 'No part of this version does it. Taken back, a later one may not either.',
		without: 'Nothing changes today.',
	},
	show: {
		title: 'Show and compare',
		says: 'Homes that you browse, and what you saved, are shown to you.',
		without: 'It can’t be taken back: without it there is nothing to see. You can erase the data.',
	},
	account: {
		title: 'Prove it to you',
		says: 'These pages read what is stored, to show it to you and to answer your rights.',
		without: 'It can’t be taken back: your rights stand on it.',
	},
	export: {
		title: 'Your copy',
		says: 'Read when you press Export, and when you open the page where figures or a pack are made for others. You see first what leaves.',
		without: 'It can’t be taken back: nothing happens until you ask for it.',
	},
};

/** What a purpose is, and what becomes of it when it is taken back. */
export const purposeAsked = (purpose: Purpose): PurposeWords => PURPOSES[purpose];

const LEARNERS: Readonly<Record<string, string>> = {
	'listing-encoder': 'What homes have in common',
	taste: 'Your taste',
};

/** Anything that learns, by the name that a person knows it by. */
export const learnerName = (model: string): string =>
	LEARNERS[model] ?? modelName(model as InsightModel);

/** `guests, without names, and bookings`, in the middle of a sentence. */
export const tablesInText = (tables: readonly string[]): string =>
	list(tables.map((name) => inText(tableWords(name))));

/** `revenue, demand and prices`. */
export const learnersInText = (models: readonly string[]): string =>
	list(models.map((model) => inText(learnerName(model))));

const inText = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** What a person is told before something is taken back: one sentence each. */
export function beforeWithdrawal(
	purpose: Purpose,
	table: string | null,
	models: readonly string[],
): string[] {
	const stops = models.length
		? `${sentenceCase(learnersInText(models))} ${models.length > 1 ? 'stop' : 'stops'} answering, and what ${models.length > 1 ? 'they' : 'it'} learned is removed.`
		: 'Nothing has learned from it.';
	const relearned =
		table && models.length
			? `${models.length > 1 ? 'They are' : 'It is'} learned anew without ${tablesInText([table])}, where that can be done.`
			: '';
	return [
		table ? '' : PURPOSES[purpose].without,
		stops,
		relearned,
		'None of your data is deleted. To delete some of it, use your rights.',
		`You can grant it again at any time${models.length ? '; it is then learned anew' : ''}.`,
	].filter(Boolean);
}

const sentenceCase = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Asked before bookings are brought in where only the page's own tag guards them (level C). */
export const unguardedImport = {
	title: 'On this visit, the browser guards your bookings less',
	says: [
		'This site sends no headers of ours, so this is level C: the page asks for protection by itself.',
		'Ordinary requests to other addresses are refused. A tampered copy of the app could still take bookings elsewhere, by opening another page for one, and the browser would not stop it.',
		'The published code sends nothing. On this visit you rely on that.',
	],
	reload:
		'Loaded again, the page comes with our headers, added by the app itself: level B. You then choose the file once more.',
	stays: 'Loading the page again does not change that here.',
} as const;
