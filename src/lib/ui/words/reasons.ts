import type { ActKind, FeatureGroup, FeatureName, Reason } from '$lib/contracts';
import { counted, spelled } from './count';
import { featureAfterNoun, featureLabel } from './features';
import { list } from './intl';
import type { Money } from './money';

/** What a home is called, by its property; absent while that is not known. */
export type NameOfHome = (property: number) => string | undefined;

/** What a person did to places, after "you". */
const DID: Record<ActKind, string> = {
	impression: 'passed over',
	view: 'opened',
	dwell: 'looked long at',
	search: 'searched for',
	save: 'saved',
	unsave: 'took back',
	dismiss: 'dismissed',
	undismiss: 'took back',
	like: 'liked',
	unlike: 'took back',
	share: 'shared',
	enquire: 'wrote to',
	choose: 'chose',
	pass: 'passed over',
};

/** The order in which features read well after a noun. */
const ORDER: readonly FeatureGroup[] = [
	'room-type',
	'property-type',
	'looks',
	'neighbourhood',
	'location',
	'price',
	'size',
	'amenity',
	'words',
	'stay',
	'host',
	'popularity',
	'chosen',
	'others',
	'next',
	'likeness',
	'rest',
];

/**
 * Why a home stands where it does, in one sentence. It says what was counted in the log and no more.
 * E.g. "Because you saved three places in Juniper Hill under $1,800, two of them with a balcony."
 */
export function reasonSentence(
	reason: Reason,
	money: Money,
	locale?: string,
	nameOf: NameOfHome = () => undefined,
): string {
	switch (reason.kind) {
		case 'acts':
			return actsSentence(reason, money, locale);
		case 'exploration':
			return explorationSentence(reason, money, locale);
		case 'start':
			return startSentence(reason, money, locale);
		case 'edited':
			return editedSentence(reason, money, locale);
		case 'chosen':
			return 'Often chosen by others; nothing is known of your own taste yet.';
		case 'others':
			return othersSentence(reason, nameOf);
		case 'popular':
			if (reason.features[0]?.group === 'chosen')
				return 'Often chosen by others; your own acts say little of it so far.';
			return 'Much reviewed by others; your own acts say little of it so far.';
	}
}

/** What others' behaviour says through one home of the own history, e.g. one that was saved. */
function othersSentence({ act, features }: Reason, nameOf: NameOfHome): string {
	const [feature] = features;
	const known = feature?.source === undefined ? undefined : nameOf(feature.source);
	const home = known ? `“${known}”` : `a home that you ${DID[act ?? 'view']}`;
	return feature?.group === 'next'
		? `People who stayed at ${home} came here next.`
		: `People who stayed at ${home} also chose this one.`;
}

function actsSentence(reason: Reason, money: Money, locale?: string): string {
	if (!reason.act || !reason.count) return leaningSentence(reason, money, locale);
	const places = placesWith(reason.count, reason.features, money, locale);
	return `Because you ${DID[reason.act]} ${places}${alsoWords(reason, money, locale)}.`;
}

/** Where no single act can be counted: what the taste as a whole leans on. */
function leaningSentence(reason: Reason, money: Money, locale?: string): string {
	const which = afterNoun(reason.features, money, locale);
	return which
		? `What you did so far speaks for places ${which}.`
		: 'What you did so far speaks for it.';
}

function startSentence(reason: Reason, money: Money, locale?: string): string {
	if (!reason.count) return 'Nothing is known of your taste yet; this is a place to start.';
	const places = placesWith(reason.count, reason.features, money, locale);
	return `Because at the start you chose ${places}${alsoWords(reason, money, locale)}.`;
}

function explorationSentence(reason: Reason, money: Money, locale?: string): string {
	const which = afterNoun(reason.features, money, locale);
	const little = which
		? `Little is known yet of you and places ${which}.`
		: 'A guess, and a wide one.';
	return `${little} Part of the list is kept open, so that your taste can surprise you.`;
}

function editedSentence(reason: Reason, money: Money, locale?: string): string {
	const labels = reason.features.map((feature) => featureLabel(feature, money, locale));
	return labels.length
		? `Because of what you set yourself: ${list(labels)}.`
		: 'Because of what you set yourself under My taste.';
}

function alsoWords({ also, count = 0 }: Reason, money: Money, locale?: string): string {
	if (!also || also.count < 1 || count < 2) return '';
	const which = featureAfterNoun(also.feature, money, locale);
	if (!which) return '';
	const share = also.count >= count ? (count === 2 ? 'both' : 'all') : spelled(also.count, locale);
	return `, ${share} of them ${which}`;
}

function placesWith(
	count: number,
	features: readonly FeatureName[],
	money: Money,
	locale?: string,
): string {
	const which = afterNoun(features, money, locale);
	const places = counted(count, 'place', 'places', locale);
	return which ? `${places} ${which}` : `${places} like this one`;
}

/** `in Juniper Hill under $1,800 with a balcony and a lift`. */
function afterNoun(features: readonly FeatureName[], money: Money, locale?: string): string {
	const sorted = [...features].sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group));
	const parts = sorted.map((feature) => featureAfterNoun(feature, money, locale)).filter(Boolean);
	const withs = parts.filter((part) => part.startsWith('with ')).map((part) => part.slice(5));
	const others = parts.filter((part) => !part.startsWith('with '));
	return [...others, ...(withs.length ? [`with ${list(withs)}`] : [])].join(' ');
}
