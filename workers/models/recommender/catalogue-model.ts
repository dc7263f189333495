import { type Embeddings, type HomeFeatures, homeFeatures, withLooks } from '$workers/features';
import { type LinearPrior, linearPrior } from '$workers/learners/bayesian-linear';
import { type HomeTable, values } from '$workers/table/homes';
import { type NamedFeature, namedFeatures } from './feature-sets';
import { type LikenessColumns, likenessColumns } from './likeness-to-own';
import { type Familiarity, familiarityOf } from './novelty';
import { type HeadSettings, headSettings } from './settings';

/** What the recommender knows of a catalogue before it knows a person; made once a catalogue. */
export interface CatalogueModel {
	readonly features: HomeFeatures;
	readonly prior: LinearPrior;
	/** What popularity adds to each home's fit; 0 on average. */
	readonly popularity: Float64Array;
	readonly familiarity: Familiarity;
	/** What tells how near homes are to those of a history. */
	readonly likeness: LikenessColumns;
	/** Features that a person can read and change, by key. */
	readonly named: ReadonlyMap<string, NamedFeature>;
	readonly prices: Float64Array;
	/** Of the features `price:under-…`, ascending. */
	readonly priceThresholds: readonly number[];
	readonly neighbourhoods: Uint16Array;
	readonly settings: HeadSettings;
}

export interface CatalogueModelOptions {
	/** From the listing encoder, once it is trained. */
	readonly embeddings?: Embeddings;
	/** How often each home was chosen by anybody of late; estimated from the catalogue where left out. */
	readonly popularity?: ArrayLike<number>;
	readonly settings?: HeadSettings;
}

/** Of a home's reviews, about this share is of the last three months: the catalogue does not date them. */
const RECENT_SHARE = 0.08;
/** One review stands for so many stays: most leave none. */
const STAYS_A_REVIEW = 2;

export function catalogueModel(
	homes: HomeTable,
	{ embeddings, popularity, settings = headSettings }: CatalogueModelOptions = {},
): CatalogueModel {
	const plain = homeFeatures(homes);
	const features = embeddings ? withLooks(plain, embeddings) : plain;
	const columns = [...features.sharing.keys()];
	const prior = linearPrior(features.rows, {
		variances: Float64Array.from(features.kinds, (kind) => settings.deviations[kind] ** 2),
		together: Uint32Array.from(columns.filter((i) => features.sharing[i] === 'together')),
		backgroundWeight: settings.backgroundWeight,
	});
	const chosen = popularity ?? recentReviews(homes);
	return {
		features,
		prior,
		popularity: popularityFits(chosen, settings.popularityWeight),
		familiarity: familiarityOf(chosen),
		likeness: likenessColumns(homes),
		named: namedFeatures(features, prior.means),
		priceThresholds: features.features.flatMap(({ group, to }) =>
			group === 'price' && to !== undefined ? [to] : [],
		),
		prices: Float64Array.from(values(homes, 'price')),
		neighbourhoods: homes.columns.neighbourhood.codes,
		settings,
	};
}

function recentReviews(homes: HomeTable): Float64Array {
	return Float64Array.from(values(homes, 'reviews'), (count) => RECENT_SHARE * count);
}

/** Popularity as a share of the fit: on a log scale, 0 on average; unknown counts as none. */
export function popularityFits(counts: ArrayLike<number>, weight: number): Float64Array {
	const logs = Float64Array.from(
		counts,
		(count) => weight * Math.log1p(count > 0 ? STAYS_A_REVIEW * count : 0),
	);
	const mean = logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length);
	return logs.map((value) => value - mean);
}
