import type { FeatureKind } from '$workers/features';

/** What the personal head is set to. */
export interface HeadSettings {
	/** Prior deviation of the weights of each kind of feature. */
	readonly deviations: Readonly<Record<FeatureKind, number>>;
	/** Weight of the catalogue at large as observations of no interest. */
	readonly backgroundWeight: number;
	/** An act this old counts half. */
	readonly halfLifeDays: number;
	/** What popularity (log of 1 + its count, less the mean) adds to a fit. */
	readonly popularityWeight: number;
}

/**
 * Chosen by folds over the reviewers of `npm run eval -- histories`, each half of them judged by the
 * settings that the other half chose; the app and the evaluation use the same.
 */
export const headSettings: HeadSettings = {
	deviations: {
		neighbourhood: 0.5,
		'place-wide': 1,
		'place-near': 1,
		'cell-wide': 1,
		'cell-near': 0.12,
		price: 0.6,
		'price-relative': 0.3,
		'room-type': 1,
		'property-type': 0.25,
		size: 0.3,
		amenity: 0.6,
		'amenity-rare': 0.25,
		words: 1,
		host: 1,
		stay: 0.3,
		looks: 0.5,
	},
	backgroundWeight: 250,
	halfLifeDays: 1460,
	popularityWeight: 0.15,
};
