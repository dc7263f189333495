import type { Contribution, FeatureName } from '$lib/contracts';
import { type AppliedWeights, LIKENESS_KEY } from './applied-weights';
import type { HistoryParts, OthersParts } from './by-history';
import type { CatalogueModel } from './catalogue-model';
import { LIKENESS_KINDS, type LikenessShares } from './likeness-to-own';
import type { OwnStay } from './others';

const NAMED = 4;
/** Smaller parts are none. */
const NOTHING = 1e-12;

/** Groups of which a home has at most one feature: its part carries that feature's name. */
const SINGLE = new Set(['neighbourhood', 'room-type', 'property-type']);

/** So many homes of the own history stand by themselves, of each way in which they speak for another. */
const NAMED_STAYS = 3;

/**
 * The parts of a home's fit, largest first by size. Each is what the home gains or loses against the
 * average home; their sum is the fit.
 *
 * @param byHistory what the own history says of the home, where the weights count it
 */
export function contributionsOf(
	model: CatalogueModel,
	applied: AppliedWeights,
	row: number,
	byHistory?: HistoryParts,
): Contribution[] {
	const { features, rows } = model.features;
	const gains = new Map<string, number>();
	const names = new Map<string, FeatureName>();
	const parts: Contribution[] = [];
	const titleGains: TitleGain[] = [];
	for (const [group, usual] of applied.usual) add(gains, shownAs(group), -usual);
	for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
		const column = rows.columns[at] as number;
		const feature = features[column] as FeatureName;
		const gain = (applied.columns[column] as number) * (rows.values[at] as number);
		if (feature.group === 'amenity') {
			const usual = (applied.columns[column] as number) * (model.prior.means[column] as number);
			parts.push({ feature, value: gain - usual });
			add(gains, 'amenity', usual);
			continue;
		}
		if (SINGLE.has(feature.group)) names.set(feature.group, feature);
		if (feature.group === 'words') titleGains.push({ word: feature.value, gain });
		add(gains, shownAs(feature.group), gain);
	}
	names.set('price', priceBand(model, row));
	names.set('words', titleNamed(titleGains, gains.get('words') ?? 0));
	for (const [group, value] of gains)
		parts.push({ feature: names.get(group) ?? wholeGroup(group), value });
	const popularity = applied.popularity * (model.popularity[row] as number);
	parts.push({ feature: wholeGroup('popularity'), value: popularity });
	if (byHistory?.others) parts.push(...partsOfOthers(applied, byHistory.others));
	if (byHistory?.likeness) parts.push(...partsOfLikeness(applied, byHistory.likeness));
	return parts
		.filter(({ value }) => Math.abs(value) > NOTHING)
		.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** What a title gains by one of its words, or by two that stand side by side. */
interface TitleGain {
	readonly word: string;
	readonly gain: number;
}

/** A title by the word that speaks loudest the way that all of it does; by none where none does. */
function titleNamed(words: readonly TitleGain[], whole: number): FeatureName {
	const way = Math.sign(whole);
	const loudest = words.reduce<TitleGain>(
		(most, each) => (each.gain * way > most.gain * way ? each : most),
		{ word: '', gain: 0 },
	);
	return { ...wholeGroup('words'), value: loudest.word };
}

/** How often everybody chose it, and what each home of the own history says for it. */
function partsOfOthers({ others }: AppliedWeights, { shares, history }: OthersParts) {
	if (!others) return [];
	const { factor, usual } = others;
	const chosen = { feature: wholeGroup('chosen'), value: factor * (shares.base - usual) };
	const also = partsOfStays('others', shares.also, history, factor);
	return [chosen, ...also, ...partsOfStays('next', shares.next, history, factor)];
}

/** What the home gains by being near the own homes, in each way by itself. */
function partsOfLikeness(
	{ likeness }: AppliedWeights,
	{ kinds, usual }: LikenessShares,
): Contribution[] {
	if (!likeness) return [];
	return LIKENESS_KINDS.map((kind, k) => ({
		feature: { ...wholeGroup(LIKENESS_KEY), key: `${LIKENESS_KEY}:${kind}`, value: kind },
		value: likeness.factor * ((kinds[k] as number) - (usual[k] as number)),
	}));
}

/** The homes of the history that say most, each by itself, and the others as one. */
function partsOfStays(
	group: 'others' | 'next',
	shares: Float64Array,
	history: readonly OwnStay[],
	factor: number,
): Contribution[] {
	const named = largestBySize(shares, NAMED_STAYS);
	const parts = named.map((i) => {
		const row = (history[i] as OwnStay).row;
		return {
			feature: { ...wholeGroup(group), key: `${group}:${row}`, source: row },
			value: factor * (shares[i] as number),
		};
	});
	let rest = 0;
	for (let i = 0; i < shares.length; i++)
		if (!named.includes(i)) rest += factor * (shares[i] as number);
	return [...parts, { feature: wholeGroup(group), value: rest }];
}

/** The places of the few largest by size, ties by place: a list asks for many homes of long histories. */
function largestBySize(shares: Float64Array, count: number): number[] {
	const places: number[] = [];
	for (let place = 0; place < shares.length; place++) {
		const size = Math.abs(shares[place] as number);
		let at = places.length;
		while (at > 0 && Math.abs(shares[places[at - 1] as number] as number) < size) at--;
		if (at >= count) continue;
		places.splice(at, 0, place);
		if (places.length > count) places.pop();
	}
	return places;
}

/** Where a home stands is told by the name of its neighbourhood. */
const shownAs = (group: string) => (group === 'location' ? 'neighbourhood' : group);

/** The largest four and what is left of the fit. */
export function briefly(parts: readonly Contribution[], fit: number): Contribution[] {
	const first = parts.slice(0, NAMED);
	const rest = first.reduce((left, { value }) => left - value, fit);
	return parts.length > NAMED
		? [...first, { feature: wholeGroup('rest'), value: rest }]
		: [...first];
}

/** A group shown as one. */
export function wholeGroup(group: string): FeatureName {
	return { key: group, group: group as FeatureName['group'], value: '' };
}

/** The thresholds between which a home's price lies. */
function priceBand({ priceThresholds, prices }: CatalogueModel, row: number): FeatureName {
	const price = prices[row] as number;
	const above = priceThresholds.findIndex((threshold) => price < threshold);
	if (Number.isNaN(price)) return wholeGroup('price');
	return {
		...wholeGroup('price'),
		from: (above < 0 ? priceThresholds.at(-1) : priceThresholds[above - 1]) ?? Number.NaN,
		to: above < 0 ? Number.NaN : (priceThresholds[above] as number),
	};
}

function add(sums: Map<string, number>, group: string, value: number): void {
	sums.set(group, (sums.get(group) ?? 0) + value);
}
