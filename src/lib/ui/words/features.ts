import type { FeatureGroup, FeatureName } from '$lib/contracts';
import { sentence, withArticle } from './count';
import { otherPriceWords, sizeWords, stayWords } from './feature-values';
import { type Money, priceRange } from './money';

/** Each group in a word or two: the head of a column, the name of a bar that stands for the group. */
const GROUPS: Record<FeatureGroup, string> = {
	neighbourhood: 'Area',
	location: 'Where it is',
	price: 'Price',
	'room-type': 'Kind of room',
	'property-type': 'Kind of home',
	size: 'Size',
	amenity: 'What it has',
	words: 'Its title',
	host: 'Host',
	stay: 'Length of stay',
	looks: 'Alike in all',
	popularity: 'How sought after',
	others: 'Chosen by the same people',
	next: 'Where people went next',
	chosen: 'How often others chose it',
	likeness: 'Like homes you chose',
	rest: 'All the rest',
};

/** The same for the head of a narrow column. */
const SHORT: Record<FeatureGroup, string> = {
	neighbourhood: 'Area',
	location: 'Where',
	price: 'Price',
	'room-type': 'Room',
	'property-type': 'Kind',
	size: 'Size',
	amenity: 'Has',
	words: 'Title',
	host: 'Host',
	stay: 'Stay',
	looks: 'Alike',
	popularity: 'Sought',
	others: 'Others',
	next: 'Next',
	chosen: 'Chosen',
	likeness: 'Like yours',
	rest: 'Rest',
};

/** In what a home is like those of the own history: as a name, in a narrow column, after a noun. */
const LIKENESS: Readonly<Record<string, readonly [name: string, short: string, after: string]>> = {
	place: ['Near homes you chose', 'Nearby', 'near those that you chose'],
	price: ['Priced like homes you chose', 'Like price', 'priced like those that you chose'],
	size: ['As large as homes you chose', 'Like size', 'as large as those that you chose'],
	room: ['Same kind of room as you chose', 'Like room', 'with the kind of room that you chose'],
};

/** Groups whose values are numbers that say nothing to a reader. */
const NUMBERED: ReadonlySet<FeatureGroup> = new Set([
	'location',
	'host',
	'looks',
	'popularity',
	'others',
	'next',
	'chosen',
	'rest',
]);

/** Amenities of which a home has one: they take an article. Others (heating, wifi) take none. */
const COUNTABLE =
	/(?:balcony|garden|backyard|patio|terrace|lift|elevator|pool|hot tub|sauna|gym|desk|workspace|kitchen|kitchenette|washer|dryer|machine|dishwasher|refrigerator|fridge|freezer|microwave|oven|stove|toaster|kettle|maker|iron|crib|bathtub|bath|fireplace|fire pit|grill|entrance|lock|lockbox|safe|alarm|extinguisher|kit|table|room|garage|view|piano|tv|hammock|closet|porch|deck|bed)$/i;

/** Written in capitals for a reason: they stay so inside a sentence. */
const ACRONYM = /^[A-Z0-9]{2,}\b/;

/** The group of a feature in a word or two, e.g. `Area`. */
export function groupLabel(group: FeatureGroup): string {
	return GROUPS[group];
}

/** A word of the catalogue as it stands inside a sentence: `Balcony` is `balcony`, `TV` stays. */
export function insideSentence(value: string): string {
	return ACRONYM.test(value) ? value : value.charAt(0).toLowerCase() + value.slice(1);
}

/** An amenity after `with`: `a balcony`, `heating`, `an oven`. */
export function amenityWords(value: string): string {
	const word = insideSentence(value.trim());
	return COUNTABLE.test(word) ? withArticle(word) : word;
}

/**
 * A feature as the name of a row or a bar: `Juniper Hill`, `Under $1,800`, `Balcony`.
 * A group as a whole has the group's name.
 */
export function featureLabel(feature: FeatureName, money: Money, locale?: string): string {
	if (feature.group === 'price' && hasBounds(feature))
		return sentence(priceRange(feature.from, feature.to, money.currency, locale));
	if (!feature.value || NUMBERED.has(feature.group)) return GROUPS[feature.group];
	if (feature.key === 'words') return `Its title, above all “${feature.value}”`;
	if (feature.group === 'likeness') return LIKENESS[feature.value]?.[0] ?? GROUPS.likeness;
	return sentence(valueWords(feature, money, locale));
}

/**
 * A feature as the head of a narrow column, where the value stands elsewhere on the page: groups
 * with one value a home say the group (`Area`, `Price`), the others the value (`Balcony`).
 */
export function columnLabel(feature: FeatureName): string {
	const own = feature.group === 'amenity' || (feature.group === 'words' && feature.key !== 'words');
	if (feature.group === 'likeness') return LIKENESS[feature.value]?.[1] ?? SHORT.likeness;
	return own && feature.value ? sentence(feature.value) : SHORT[feature.group];
}

/**
 * A feature after a noun, for sentences: `in Juniper Hill`, `under $1,800`, `with a balcony`.
 * Empty for what says nothing more than "like this one".
 */
export function featureAfterNoun(feature: FeatureName, money: Money, locale?: string): string {
	const { group, value } = feature;
	if (group === 'price' && hasBounds(feature)) {
		const range = priceRange(feature.from, feature.to, money.currency, locale);
		return Number.isFinite(feature.from) && Number.isFinite(feature.to) ? `from ${range}` : range;
	}
	if (group === 'location') return 'around here';
	if (group === 'looks') return 'much like this one';
	if (group === 'popularity') return 'that many people review';
	if (group === 'chosen') return 'that many people chose';
	if (group === 'likeness') return LIKENESS[value]?.[2] ?? 'like those that you chose';
	if (group === 'host') return 'of the same host';
	if (!value) return '';
	if (group === 'neighbourhood') return `in ${value}`;
	if (group === 'amenity') return amenityAfterNoun(value);
	if (group === 'words') return `with “${value}” in the title`;
	if (group === 'price') return otherPriceWords(value, money.currency, locale);
	if (group === 'size')
		return value.startsWith('guests-')
			? `for ${sizeWords(value, locale)}`
			: `with ${sizeWords(value, locale)}`;
	if (group === 'stay') return `let for ${stayWords(value, locale)}`;
	return `of the kind “${value}”`;
}

/** `with a balcony`, `where pets are allowed`, `that are furnished`. */
function amenityAfterNoun(value: string): string {
	const [, what] = /^(.+s) allowed$/i.exec(value) ?? [];
	if (what) return `where ${insideSentence(what)} are allowed`;
	if (/^furnished$/i.test(value)) return 'that are furnished';
	return `with ${amenityWords(value)}`;
}

/** The value of a feature as words, in small letters where the catalogue does not name it. */
function valueWords({ group, value }: FeatureName, money: Money, locale?: string): string {
	if (group === 'words') return `“${value}” in the title`;
	if (group === 'size') return sizeWords(value, locale);
	if (group === 'stay') return stayWords(value, locale);
	if (group === 'price') return otherPriceWords(value, money.currency, locale);
	return value;
}

function hasBounds({ from, to }: FeatureName): boolean {
	return Number.isFinite(from) || Number.isFinite(to);
}
