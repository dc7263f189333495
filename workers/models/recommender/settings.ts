import type { FeatureKind } from '$workers/features';

/** What the personal head is set to. */
export interface HeadSettings {
	/** Prior deviation of the weights of each kind of feature. */
	readonly deviations: Readonly<Record<FeatureKind, number>>;
	/** Weight of the catalogue at large as observations of no interest. */
	readonly backgroundWeight: number;
	/** An act this old counts half. */
	readonly halfLifeDays: number;
	/** One standard deviation of what an act says around the fit. */
	readonly noise: number;
	/** What popularity, on its log scale, adds to a fit. */
	readonly popularityWeight: number;
	readonly likeness: LikenessSettings;
}

/** In fits: what a home gains that is as near as can be to one home of the own history, in each kind. */
export interface LikenessSettings {
	readonly place: number;
	readonly price: number;
	/** In how many guests it sleeps. */
	readonly size: number;
	/** Of the same room type. */
	readonly room: number;
}

/**
 * Chosen by folds over the reviewers of `npm run eval -- histories`, each half of them judged by the
 * settings that the other half chose; the app and the evaluation use the same. Popularity and likeness
 * are what the choices of all of them together gave (docs/models/recommender.md has them by folds).
 */
export const headSettings: HeadSettings = {
	deviations: {
		neighbourhood: 0.7,
		place: 1,
		cell: 1,
		price: 0.6,
		'price-relative': 0.3,
		'room-type': 2,
		'property-type': 0.5,
		size: 0.3,
		amenity: 0.5,
		words: 1,
		host: 1,
		stay: 0.6,
		looks: 10,
	},
	backgroundWeight: 250,
	halfLifeDays: 730,
	// Between the residual of the catalogue at large (.08) and of the stays themselves (.53) in that evaluation.
	noise: 0.2,
	popularityWeight: 0.25,
	likeness: { place: 0.5, price: 0.36, size: 0.21, room: 0.16 },
};
