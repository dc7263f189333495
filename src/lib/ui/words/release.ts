import type { Release, ReleaseFigure, ReleaseGrouping, ReleaseUnit } from '$lib/contracts';
import { figures, sentence } from './count';
import { number } from './intl';

const GROUPINGS: Record<ReleaseGrouping, string> = {
	month: 'Month of arrival',
	'month-and-kind': 'Month and kind of home',
	country: 'Country of the guests',
	'lead-time': 'Days booked ahead',
};

const FIGURES: Record<ReleaseFigure, string> = { stays: 'Stays', nights: 'Nights' };

/** For the form: each way to group, in words. */
export const groupingOptions = options(GROUPINGS);
export const figureOptions = options(FIGURES);

/** The three costs that the form offers; the smallest first. */
export const epsilonOptions = [
	{ value: '0.25', label: '0.25, rough' },
	{ value: '0.5', label: '0.5' },
	{ value: '1', label: '1, fine' },
] as const;

function options<Name extends string>(words: Record<Name, string>) {
	return Object.entries(words).map(([value, label]) => ({
		value: value as Name,
		label: label as string,
	}));
}

/** `Stays by month of arrival, 2025`. */
export function releaseTitle({
	figure,
	grouping,
	year,
}: Pick<Release, 'figure' | 'grouping' | 'year'>): string {
	return `${FIGURES[figure]} by ${GROUPINGS[grouping].toLowerCase()}, ${year}`;
}

/** What stands beside every released figure: `grouped, at least 20 people, noise ε = 0.5`. */
export function groupedWords({ epsilon, minimumPeople }: Release): string {
	return `grouped, at least ${minimumPeople} people, noise ε = ${epsilonWords(epsilon)}`;
}

/** `0.25`, `1`. */
export const epsilonWords = (epsilon: number): string =>
	number(epsilon, Number.isInteger(epsilon) ? 0 : Number.isInteger(epsilon * 10) ? 1 : 2);

/** A cell's name in the reader's own words: `March 2025`, `Germany`. */
export function cellWords(grouping: ReleaseGrouping, name: readonly string[], locale?: string) {
	const [first = '', ...rest] = name;
	switch (grouping) {
		case 'month':
		case 'month-and-kind':
			return [monthWords(first, locale), ...rest].join(', ');
		case 'country':
			return new Intl.DisplayNames(locale ?? 'en', { type: 'region', fallback: 'code' }).of(first);
		case 'lead-time':
			return sentence(first);
	}
}

function monthWords(month: string, locale?: string): string {
	const [year, number] = month.split('-').map(Number);
	return new Date(Date.UTC(year ?? 0, (number ?? 1) - 1)).toLocaleDateString(locale, {
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC',
	});
}

/** Whom the noise hides. */
export function unitWords(unit: ReleaseUnit): string {
	return unit === 'guest'
		? 'One guest in one year: with or without them, the figures come out nearly as likely.'
		: 'One booking in one year: these books do not say which bookings are of the same guest.';
}

/** What was left out; nothing where that is not told. */
export function withheldWords({ minimumPeople, withheld }: Release): string {
	if (withheld === null)
		return `Groups that had not clearly ${minimumPeople} people are not shown, nor is their number.`;
	if (withheld === 0) return 'Every group is shown.';
	return `${sentence(figures(withheld, 'group'))} not shown: not clearly ${minimumPeople} people and no home with half of it, or left out so that no subtraction comes down to a few people.`;
}

/** The gate's rules, one after the other. */
export function gateRules(rules: {
	readonly minimumPeople: number;
	readonly minimumProperties: number;
	readonly mostNights: number;
}): readonly { readonly rule: string; readonly why: string }[] {
	const { minimumPeople, minimumProperties, mostNights } = rules;
	return [
		{
			rule: `At least ${minimumPeople} people and ${minimumProperties} homes in a group`,
			why: 'Smaller groups are not shown, and noise decides close cases, so that what is missing tells nothing either.',
		},
		{
			rule: 'No home has half of a group',
			why: 'Otherwise the figure would be that of one home.',
		},
		{
			rule: 'Each guest counts once a year',
			why: `With one stay, drawn by lot, and at most ${mostNights} nights of it. Figures are therefore below the number of bookings.`,
		},
		{
			rule: 'No subtraction comes down to a few people',
			why: 'Where one group is missing, the smallest of the others is left out with it.',
		},
		{
			rule: 'Noise on every figure',
			why: 'Whole numbers from the browser’s secure source, drawn exactly. The same request again hands out the same figures.',
		},
		{
			rule: 'A budget for each year of stays',
			why: 'Each release costs a part of it, for good. No time that passes and no new import renews it.',
		},
		{
			rule: 'Restricted guests are left out',
			why: 'So are those who objected. No name, no number of a booking and no free text is ever part of a release.',
		},
	];
}

/** The ways in which something leaves, each by the person's own hand. */
export const waysOut = [
	{
		way: 'Your copy of everything',
		what: 'Raw data, for you alone. Shown first, then saved as a file.',
		href: '/privacy',
		link: 'Take a copy',
	},
	{
		way: 'An archive of one person',
		what: 'All that is kept of one guest, or of you, for that person.',
		href: '/privacy/rights',
		link: 'Rights',
	},
	{
		way: 'Figures with noise',
		what: 'For anybody: numbers about groups, under the rules below.',
		href: '#figures',
		link: 'Release figures',
	},
	{
		way: 'A pack for tenants',
		what: 'What guests chose, as numbers about homes with noise. Audited and shown first, then signed.',
		href: '/pack',
		link: 'Make a pack',
	},
	{
		way: 'Texts that you copy, share or mail',
		what: 'An enquiry or a home’s address, word for word as you see it before.',
		href: '/privacy/ledger',
		link: 'See the ledger',
	},
] as const;
