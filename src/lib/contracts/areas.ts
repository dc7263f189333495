/** What the catalogue itself says of one neighbourhood, against all of its homes. */
export interface AreaPortrait {
	readonly neighbourhood: string;
	readonly homes: number;
	/** Of the homes here, in the catalogue's currency and period; NaN where none tells its price. */
	readonly price: Quartiles;
	/** What homes that are alike in room and bedrooms ask here, over what they ask everywhere: .9 is a tenth less. NaN where too few are alike. */
	readonly priceOfAlike: number;
	/** The most frequent kinds of home, most frequent first. */
	readonly kinds: readonly AreaShare[];
	/** Amenities that are clearly more frequent here than elsewhere, the most telling first. */
	readonly more: readonly AreaShare[];
	readonly fewer: readonly AreaShare[];
	/** The nearest others by their middles, nearest first. */
	readonly nearest: readonly { readonly neighbourhood: string; readonly away: number }[];
}

export interface Quartiles {
	readonly quarter: number;
	readonly middle: number;
	readonly threeQuarters: number;
}

/** How many homes have something, as shares. */
export interface AreaShare {
	/** As the catalogue names it. */
	readonly value: string;
	readonly here: number;
	readonly elsewhere: number;
}
