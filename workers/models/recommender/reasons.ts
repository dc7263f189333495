import type { ActKind, Contribution, FeatureName, Reason } from '$lib/contracts';
import type { CatalogueModel } from './catalogue-model';
import type { Evidence } from './evidence';

/** Acts that a reason can name, and how much each is worth naming. */
const TELLING: readonly (readonly [ActKind, number])[] = [
	['enquire', 1.3],
	['save', 1.2],
	['share', 1.05],
	['like', 1],
	['choose', 0.7],
	['view', 0.4],
];
/** What a person thinks of a home by: where, for how much, what kind; then what is in it. */
const WORTH: Partial<Readonly<Record<FeatureName['group'], number>>> = {
	neighbourhood: 1.5,
	price: 1.5,
	'property-type': 1.2,
	amenity: 0.5,
};
/** A second feature is named when it is worth at least this share of the first. */
const SECOND_SHARE = 0.2;
const FEATURES_CONSIDERED = 6;
/** A price limit is named when so many of the homes in question keep it. */
const MOST = 2 / 3;

/** What others' behaviour adds, told of everybody. */
const OF_OTHERS: ReadonlySet<FeatureName['group']> = new Set(['chosen', 'others', 'next']);

interface Candidate {
	readonly column: number;
	readonly feature: FeatureName;
	/**
	 * What the model gives the home for it, times what it tells: what most homes have tells little.
	 * Positive only where the gain is.
	 */
	readonly value: number;
}

/**
 * Why a home is recommended: of the features that the model gives it something for, those shared by
 * most of the homes that the person did something to. Counted, never guessed.
 *
 * @param parts the home's contributions, largest first
 */
export function reasonFor(
	model: CatalogueModel,
	evidence: Evidence,
	row: number,
	parts: readonly Contribution[],
	edited: ReadonlySet<string>,
): Reason {
	const leading = parts.find(({ value }) => value > 0)?.feature;
	if (leading?.source !== undefined) return othersReason(evidence, leading, leading.source);
	const changed = parts.find(({ feature, value }) => value > 0 && edited.has(feature.key));
	if (changed && changed.feature === leading)
		return { kind: 'edited', features: [changed.feature] };
	const candidates = candidatesOf(model, row, parts);
	let best: Counted | undefined;
	for (const [act, worth] of TELLING)
		best = count(evidence, act, worth, row, candidates, best?.score ?? 0) ?? best;
	if (best) return best.reason();
	if (evidence.acts === 0)
		return {
			kind: leading?.group === 'chosen' ? 'chosen' : 'start',
			features: leading ? [leading] : [],
		};
	if (!leading || leading.group === 'popularity') return { kind: 'popular', features: [] };
	if (OF_OTHERS.has(leading.group)) return { kind: 'popular', features: [leading] };
	return { kind: 'acts', features: [leading] };
}

/** A home of the own history speaks for this one: which, and the most telling thing done with it. */
function othersReason(evidence: Evidence, feature: FeatureName, source: number): Reason {
	const act = TELLING.find(([kind]) => evidence.did(kind, source))?.[0];
	return { kind: 'others', features: [feature], ...(act && { act }) };
}

/** Features of this home that a person can check, each carried by a positive part of the fit. */
function candidatesOf(
	model: CatalogueModel,
	row: number,
	parts: readonly Contribution[],
): Candidate[] {
	const { features, rows } = model.features;
	const gains = new Map(parts.map(({ feature, value }) => [feature.key, value]));
	const candidates: Candidate[] = [];
	for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
		const column = rows.columns[at] as number;
		const feature = features[column] as FeatureName;
		if (!model.named.has(feature.key) || feature.group === 'stay') continue;
		const share = Math.min(1, model.prior.means[column] as number);
		const gain = gains.get(feature.key) ?? gains.get(feature.group) ?? 0;
		const value = -Math.log2(share) * (WORTH[feature.group] ?? 1) * gain;
		if (value > 0 && (feature.group !== 'amenity' || gains.has(feature.key)))
			candidates.push({ column, feature, value });
	}
	return candidates;
}

interface Counted {
	readonly score: number;
	/** Told of the best alone: it goes through all of its homes. */
	readonly reason: () => Reason;
}

/** A feature with the homes that this was done to and that have it; the home itself may be among them. */
type Sharing = Candidate & { readonly rows: ReadonlySet<number> };

/**
 * The best one or two features to name for one kind of act, where they are better than what is known.
 * A long history makes long lists of homes: they are gone through only where their length could do.
 */
function count(
	evidence: Evidence,
	act: ActKind,
	worth: number,
	row: number,
	candidates: readonly Candidate[],
	known: number,
): Counted | undefined {
	const sharing: Sharing[] = [];
	for (const candidate of candidates) {
		const rows = evidence.having(act, candidate.column);
		if (rows.size > (rows.has(row) ? 1 : 0)) sharing.push({ ...candidate, rows });
	}
	if (sharing.length === 0) return undefined;
	const single = fewOfEachGroup(sharing);
	let best: { named: readonly Sharing[]; score: number } | undefined;
	for (const named of onesAndTwos(single)) {
		const value = named.reduce((sum, feature) => sum + feature.value, 0);
		const scoreOf = (homes: number) => worth * value * Math.log2(1 + homes);
		const toBeat = best?.score ?? known;
		if (scoreOf(atMostInAll(named, row)) <= toBeat) continue;
		const score = scoreOf(countInAll(named, row));
		if (score > toBeat) best = { named, score };
	}
	if (!best) return undefined;
	const { named, score } = best;
	return { score, reason: () => tell(act, row, named, sharing) };
}

function tell(
	act: ActKind,
	row: number,
	named: readonly Sharing[],
	sharing: readonly Sharing[],
): Reason {
	const rows = inAll(named, row);
	const also = alsoOf(sharing, named, rows);
	const features = named.map(({ feature }) => feature);
	return { kind: 'acts', act, count: rows.length, features, ...(also && { also }) };
}

/** Of steps such as price limits, the tightest that most of those homes keep; then the best few. */
function fewOfEachGroup(sharing: readonly Sharing[]): Sharing[] {
	const groups = [...new Set(sharing.map(({ feature }) => feature.group))];
	const kept = groups.flatMap((group) => {
		const own = sharing.filter(({ feature }) => feature.group === group);
		if (group === 'amenity' || own.length === 1) return own;
		const most = Math.max(...own.map(({ rows }) => rows.size));
		const usual = own.filter(({ rows }) => rows.size >= MOST * most);
		return group === 'price' ? usual.slice(0, 1) : usual.slice(-1);
	});
	return kept.sort((a, b) => b.value - a.value).slice(0, FEATURES_CONSIDERED);
}

function onesAndTwos(features: readonly Sharing[]): (readonly Sharing[])[] {
	return features.flatMap((first, i) => [
		[first],
		...features
			.slice(i + 1)
			.filter((second) => second.value >= SECOND_SHARE * first.value)
			.map((second) => [first, second] as const),
	]);
}

/** No more homes than this have all of the features; of a single feature, exactly so many. */
function atMostInAll(features: readonly Sharing[], row: number): number {
	return Math.min(...features.map(({ rows }) => rows.size - (rows.has(row) ? 1 : 0)));
}

/** How many homes have all of the features, but for the one that is recommended. */
function countInAll(features: readonly Sharing[], row: number): number {
	if (features.length < 2) return atMostInAll(features, row);
	const [fewest, ...others] = [...features].sort((a, b) => a.rows.size - b.rows.size);
	let count = 0;
	for (const home of fewest?.rows ?? [])
		if (home !== row && others.every(({ rows }) => rows.has(home))) count++;
	return count;
}

/** Homes that have all of the features, but for the one that is recommended. */
function inAll(features: readonly Sharing[], row: number): number[] {
	const [fewest, ...others] = [...features].sort((a, b) => a.rows.size - b.rows.size);
	return [...(fewest?.rows ?? [])].filter(
		(home) => home !== row && others.every(({ rows }) => rows.has(home)),
	);
}

function alsoOf(
	sharing: readonly Sharing[],
	named: readonly Sharing[],
	homes: readonly number[],
): Reason['also'] {
	const groups = new Set(named.map(({ feature }) => feature.group));
	let best: { readonly count: number; readonly feature: FeatureName } | undefined;
	let highest = 0;
	for (const { feature, rows, value } of sharing) {
		// Homes are counted only where as many as could be would do.
		if (groups.has(feature.group) || Math.min(homes.length, rows.size) * value <= highest) continue;
		let shared = 0;
		for (const home of homes) if (rows.has(home)) shared++;
		if (shared < 2 || shared * value <= highest) continue;
		highest = shared * value;
		best = { count: shared, feature };
	}
	return best;
}
