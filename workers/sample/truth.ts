/**
 * What the bookings were really made from. Models are held against these numbers in tests and
 * evaluations; no model reads them.
 */
export type GuestType = 'leisure' | 'business';

export const DEMAND = {
	/**
	 * Coefficient of the logarithm of price over usual price in the choice among homes (multinomial
	 * logit, McFadden 1974). A home's own elasticity is minus this, times one less its share of
	 * the choice.
	 */
	priceSensitivity: { leisure: 2.6, business: 1.2 } satisfies Record<GuestType, number>,
	/** Utility of a home of middling appeal at its usual price; finding nothing has 0. */
	booking: -0.4,
	/** Standard deviation of homes' appeal that no column shows. */
	appeal: 0.35,
	perRatingPoint: 0.8,
	/** Per bed more than the party needs. */
	perSpareBed: -0.22,
	/** Of a home in which the guest has stayed. */
	loyalty: 1.3,
	/** New guests a year: growth of their number, continuous. */
	growth: 0.1,
	/** Share of guests who travel for work. */
	business: 0.24,
} as const;

/**
 * Guests are of a few kinds, homes of as many characters, and each kind likes one character best. No
 * column says who is of which kind, and the catalogue shows a home's character only in part: what one
 * chose tells what others of the kind will choose, and their attributes alone do not.
 */
export const TASTE = {
	kinds: 4,
	/** Share of homes whose character follows from the neighbourhood; the others' shows nowhere. */
	shown: 0.4,
	/** The odds of a home are times this. Over the kinds, each as frequent, the mean is 1. */
	own: 3.25,
	other: 0.25,
	/** Chance that a home of another character is not even looked at. */
	passedBy: 0.5,
} as const;

/** Prices asked: the usual price times season, weekend and an experiment that knows nothing of demand. */
export const ASKING = {
	/** Share of the season's logarithm that is passed on. */
	season: 0.2,
	weekend: 0.11,
	/** Standard deviation of the logarithm, drawn for each home and week. */
	experiment: 0.1,
} as const;

/**
 * Who returns (BG/NBD: Fader, Hardie and Lee 2005): trips looked for are Poisson with a rate a year
 * that is gamma over guests, in the season's own time; after each booking a guest leaves for good
 * with a chance that is beta over guests.
 */
export const RETURNING = { shape: 0.9, scale: 4.2, a: 1.2, b: 2.4 } as const;

/** Log-odds that a booking is cancelled. */
export const CANCELLATION = {
	base: -2.25,
	/** Times log(1 + lead time in weeks). */
	perLogWeek: 0.5,
	business: -0.3,
	returning: -0.5,
	channels: { direct: -0.4, 'booking site': 0.35, 'partner site': 0.1, corporate: -0.2 },
	deposits: { none: 0.2, refundable: 0, 'non-refundable': -2 },
	/** Chance that a guest who did not cancel does not come. */
	noShow: 0.012,
} as const;

/** Median days from booking to arrival, and standard deviation of the logarithm. */
export const LEAD_TIME = {
	leisure: { median: 26, spread: 1, most: 330 },
	business: { median: 8, spread: 0.9, most: 120 },
	/** Times this from another continent. */
	far: 1.5,
} as const;
