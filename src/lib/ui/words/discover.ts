import type {
	AlikeHome,
	BecauseRow,
	FeatureName,
	Home,
	HomeFilter,
	NextPlace,
	NextPlaces,
	Resume,
	SavedSearch,
} from '$lib/contracts';
import { counted, figures, sentence } from './count';
import { featureAfterNoun, featureLabel, insideSentence } from './features';
import { filterWords, homeNamed } from './homes';
import { distance, list } from './intl';
import type { Money } from './money';

/** `Because you saved “Mill loft”`. */
export function becauseTitle({ act }: Pick<BecauseRow, 'act'>, home: Home | undefined): string {
	const which = home ? homeNamed(home) : 'a home';
	return act === 'enquire' ? `Because you wrote about ${which}` : `Because you saved ${which}`;
}

/** In what a home is like another: `Both: Tern Harbour, balcony, under $1,800`. */
export function alikeWords({ also, shared }: AlikeHome, money: Money, locale?: string): string {
	const parts = shared.map((feature) => alikeIn(feature, money, locale)).filter(Boolean);
	const alike = parts.length ? `Both: ${parts.join(', ')}.` : 'Alike on the whole.';
	return also ? `${alike} Others chose both.` : alike;
}

/** Names of places keep their capitals; what else the catalogue names stands inside a sentence. */
function alikeIn(feature: FeatureName, money: Money, locale?: string): string {
	const label = featureLabel(feature, money, locale);
	return feature.group === 'neighbourhood' ? label : insideSentence(label);
}

/** `Not far from Tern Harbour`, `Who chose Tern Harbour also chose`. */
export function nextTitle({ from, source }: NextPlaces): string {
	return source === 'others' ? `Who chose ${from} also chose` : `Not far from ${from}`;
}

/** Where it comes from, said as it is. */
export function nextSays({ source }: NextPlaces): string {
	return source === 'others'
		? 'From what others chose, as far as the model pack knows; your own acts stay here.'
		: 'Near it, and with homes that fit you. Where other people go is not known here.';
}

/** `1.4 km away · 212 homes, 31 among the tenth that fits you best`. */
export function placeWords({ away, fitting, homes }: NextPlace, locale?: string): string {
	const far = Number.isFinite(away) ? `${distance(away, locale)} away` : '';
	const which = fitting === homes && homes > 1 ? 'all' : fitting === 0 ? 'none' : String(fitting);
	const count = figures(homes, 'home', undefined, locale);
	return [far, `${count}, ${which} among the tenth that fits you best`].filter(Boolean).join(' · ');
}

/** What was left open: `two homes and a search`. */
export function resumeWords({ homes, search }: Resume, locale?: string): string {
	return list([
		...(homes.length ? [counted(homes.length, 'home', undefined, locale)] : []),
		...(search !== undefined ? ['a search'] : []),
	]);
}

/** A saved search by its filter's words: `Under $1,800, balcony, in Tern Harbour`. */
export function searchName(filter: HomeFilter, currency: string, locale?: string): string {
	return sentence(filterWords(filter, currency, locale)) || 'Every home';
}

/** `212 homes, 3 of them new`. */
export function foundWords({ fresh, total }: SavedSearch, locale?: string): string {
	const homes = figures(total, 'home', undefined, locale);
	if (fresh.length === 0) return `${homes}, none new`;
	if (fresh.length === total) return total === 1 ? `${homes}, and it is new` : `${homes}, all new`;
	return `${homes}, ${fresh.length} of them new`;
}

/** `Three new homes for “Under $1,800”`. */
export function freshTitle({ fresh, name }: SavedSearch, locale?: string): string {
	return sentence(`${counted(fresh.length, 'new home', undefined, locale)} for “${name}”`);
}

/** `Because you like homes with a balcony.` */
export function guideBecause(feature: FeatureName | null, money: Money, locale?: string): string {
	if (!feature) return '';
	const which = featureAfterNoun(feature, money, locale);
	return which ? `Because you like homes ${which}.` : '';
}
