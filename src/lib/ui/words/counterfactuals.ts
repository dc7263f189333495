import type {
	ActKind,
	Counterfactual,
	Explanation,
	ForYou,
	WithoutActs,
	WithWeight,
} from '$lib/contracts';
import { figures, sentence } from './count';
import { featureLabel } from './features';
import { list, number, percent, signed } from './intl';
import type { Money } from './money';
import type { NameOfHome } from './reasons';

/** An act of the person's own, before the name of the home. */
const DEEDS: Record<ActKind, string> = {
	impression: 'your passing over',
	view: 'your visit to',
	dwell: 'your long look at',
	search: 'your search for',
	save: 'your save of',
	unsave: 'your taking back of',
	dismiss: 'your dismissal of',
	undismiss: 'your taking back of',
	like: 'your like of',
	unlike: 'your taking back of',
	share: 'your sharing of',
	enquire: 'your enquiry about',
	choose: 'your choice of',
	pass: 'your passing over',
};

/** Of a weight smaller than this, a share says nothing. */
const LEAST_FOR_SHARE = 0.05;
/** A change larger than this is told as two weights, not as a share. */
const MOST_SHARE = 2;

/** `6 of your first 20 are little known`. */
export function littleKnownWords({ homes, littleKnown }: ForYou, locale?: string): string {
	const shown = Math.min(20, homes.length);
	return `${number(littleKnown, 0, locale)} of your first ${number(shown, 0, locale)} ${littleKnown === 1 ? 'is' : 'are'} little known`;
}

/** `By its fit it is 3rd of 1,204 homes.` */
export function placeSentence({ place, among }: Explanation, locale?: string): string {
	return `By its fit alone it is ${ordinal(place, locale)} of ${figures(among, 'home', 'homes', locale)} that could be suggested.`;
}

/**
 * What would move a home, and to which place.
 *
 * @param own the property whose page it stands on
 */
export function counterfactualSentence(
	told: Counterfactual,
	money: Money,
	nameOf: NameOfHome,
	own?: number,
	locale?: string,
): string {
	return told.kind === 'without'
		? withoutSentence(told, nameOf, own, locale)
		: weightSentence(told, money, locale);
}

/** `14th`, `22nd`, `1,003rd`. */
export function ordinal(place: number, locale?: string): string {
	const ends = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
	const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(place);
	return `${number(place, 0, locale)}${ends[rule]}`;
}

function withoutSentence(
	{ acts, place }: WithoutActs,
	nameOf: NameOfHome,
	own?: number,
	locale?: string,
): string {
	const deeds = acts.map(({ kind, property }) => {
		const name = nameOf(property);
		if (property === own) return `${DEEDS[kind]} this home`;
		return `${DEEDS[kind]} ${name === undefined ? 'another home' : `“${name}”`}`;
	});
	return `Without ${list(deeds)} it would be ${ordinal(place, locale)}.`;
}

/** E.g. `If a garden counted 12% more with you, it would be 1st.` */
function weightSentence({ feature, from, to }: WithWeight, money: Money, locale?: string): string {
	const label = `“${featureLabel(feature, money, locale)}”`;
	const share = to / from - 1;
	const told =
		from >= LEAST_FOR_SHARE && to > 0 && Math.abs(share) <= MOST_SHARE
			? `${percent(Math.abs(share), share < 0.01 ? 1 : 0, locale)} ${share > 0 ? 'more' : 'less'}`
			: `${signed(to, 2, locale)} instead of ${signed(from, 2, locale)}`;
	return sentence(`if ${label} counted ${told}, it would be 1st.`);
}
