import type { ActKind, DismissReason, FeatureGroup, Taste, TasteWeight } from '$lib/contracts';
import { counted, figures, sentence } from './count';
import { amenityWords, featureLabel, insideSentence } from './features';
import type { Money } from './money';
import { type Phrase, strongList } from './phrase';

const NOUNS: Record<ActKind, readonly [one: string, many: string]> = {
	impression: ['time passed over', 'times passed over'],
	view: ['visit', 'visits'],
	dwell: ['long look', 'long looks'],
	search: ['search', 'searches'],
	save: ['save', 'saves'],
	unsave: ['save taken back', 'saves taken back'],
	dismiss: ['dismissal', 'dismissals'],
	undismiss: ['dismissal taken back', 'dismissals taken back'],
	like: ['like', 'likes'],
	unlike: ['like taken back', 'likes taken back'],
	share: ['share', 'shares'],
	enquire: ['enquiry', 'enquiries'],
	choose: ['choice', 'choices'],
	pass: ['pass', 'passes'],
};

const REASONS: Record<DismissReason, string> = {
	'too-expensive': 'too expensive',
	'wrong-area': 'wrong area',
	'too-small': 'too small',
	'too-large': 'too large',
	'wrong-type': 'wrong kind of home',
	'missing-something': 'something is missing',
	'not-my-taste': 'not my taste',
};

/** The reasons for a dismissal, in the order of the menu. */
export const dismissReasons = Object.keys(REASONS) as readonly DismissReason[];

/** `too expensive`, as it stands after a colon. */
export function dismissReasonWords(reason: DismissReason): string {
	return REASONS[reason];
}

/** `3 long looks`. */
export function actsCounted(act: ActKind, count: number, locale?: string): string {
	const [one, many] = NOUNS[act];
	return figures(count, one, many, locale);
}

/** On what a weight rests: `5 saves, 3 long looks`, `3 dismissals, “too expensive”`. */
export function evidenceWords(weight: TasteWeight, locale?: string): string {
	if (weight.off) return 'switched off by you';
	if (weight.edited) return 'set by you';
	if (weight.feature.group === 'popularity') return 'counted by the catalogue';
	const acts = [...weight.evidence]
		.filter((evidence) => evidence.act !== 'impression')
		.sort((a, b) => b.count - a.count)
		.slice(0, 2)
		.map((evidence) => actsCounted(evidence.act, evidence.count, locale));
	const [reason] = [...weight.reasons].sort((a, b) => b.count - a.count);
	const parts = reason ? [...acts, `“${REASONS[reason.reason]}”`] : acts;
	if (parts.length) return parts.join(', ');
	return standsOut(weight) ? 'from all of them together' : 'hardly known yet';
}

const UNSAID: ReadonlySet<FeatureGroup> = new Set([
	'location',
	'host',
	'looks',
	'popularity',
	'rest',
]);

/** More than noise: the weight lies further from zero than its own uncertainty. */
export function standsOut(weight: TasteWeight): boolean {
	return !weight.off && Math.abs(weight.weight) > weight.uncertainty;
}

/** A weight said aloud: `pulls homes up, fairly sure`. */
export function weightWords(weight: number, uncertainty: number): string {
	const size = Math.abs(weight);
	if (size < 0.02) return 'makes no difference';
	const way = weight > 0 ? 'lifts a home' : 'lowers a home';
	const sure = size > 2 * uncertainty ? 'sure' : size > uncertainty ? 'fairly sure' : 'unsure';
	return `${way} by ${size.toFixed(2)}, ${sure}`;
}

/**
 * What was learned, in one sentence: at most three leanings towards and two away, and only those
 * that are more than noise.
 */
export function tasteSentence(taste: Taste, money: Money, locale?: string): Phrase {
	const named = taste.weights.filter((weight) => standsOut(weight) && isNamed(weight));
	const known = oneOfEachScale(named);
	const label = (weight: TasteWeight): string => labelInside(weight, money, locale);
	const towards = strongest(known, 1).slice(0, 3).map(label);
	const away = strongest(known, -1).slice(0, 2).map(label);
	if (!towards.length && !away.length)
		return [{ text: unknownWords(taste, locale), strong: false }];
	const said = (text: string): Phrase => [{ text, strong: false }];
	if (!towards.length) return [...said('You lean away from '), ...strongList(away), ...said('.')];
	if (!away.length) return [...said('You lean towards '), ...strongList(towards), ...said('.')];
	return [
		...said('You lean towards '),
		...strongList(towards),
		...said(', and away from '),
		...strongList(away),
		...said('.'),
	];
}

/** "Under $1,500" and "under $1,600" are one thing to say: of the steps of a scale the first, best known one. */
function oneOfEachScale(weights: readonly TasteWeight[]): TasteWeight[] {
	const said = new Set<string>();
	return weights.filter(({ feature: { group, key, value } }) => {
		const scale = group === 'size' ? `size:${value.split('-')[0]}` : group;
		const name = group === 'price' || group === 'stay' || group === 'size' ? scale : key;
		if (said.has(name)) return false;
		said.add(name);
		return true;
	});
}

/** A group as a whole says nothing in a sentence: "you lean towards where it is". */
function isNamed({ feature }: TasteWeight): boolean {
	return feature.value !== '' && !UNSAID.has(feature.group);
}

function unknownWords(taste: Taste, locale?: string): string {
	if (taste.learnedFrom === 0)
		return 'Nothing yet: you have not saved, dismissed or chosen a home.';
	const acts = counted(taste.learnedFrom, 'act', 'acts', locale);
	return `Too little to say so far: ${acts}, and nothing that stands out from chance.`;
}

function strongest(weights: readonly TasteWeight[], sign: 1 | -1): TasteWeight[] {
	return weights
		.filter((weight) => Math.sign(weight.weight) === sign)
		.sort((a, b) => sign * (b.weight - a.weight));
}

/** Names keep their capital; words of the catalogue lose it, and get the noun that a sentence needs. */
function labelInside({ feature }: TasteWeight, money: Money, locale?: string): string {
	const label = featureLabel(feature, money, locale);
	if (feature.group === 'neighbourhood') return label;
	if (feature.group === 'amenity') return amenityWords(feature.value);
	const inside = insideSentence(label);
	return feature.group === 'price' ? `prices ${inside}` : inside;
}

/** After a change of taste: `Six homes moved.` */
export function movedWords(moved: number, locale?: string): string {
	return `${sentence(counted(moved, 'home', 'homes', locale))} moved.`;
}
