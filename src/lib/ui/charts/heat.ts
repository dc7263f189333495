/** The five grounds of heat with the ink that can be read on each. */
export const HEAT = [
	'bg-heat-0 text-ink',
	'bg-heat-1 text-ink',
	'bg-heat-2 text-ink',
	'bg-heat-3 text-heat-3-ink',
	'bg-heat-4 text-accent-ink',
] as const;

/** Bounds of a chance of being let: under 38 %, to 50, to 65, to 80, above. */
export const CHANCE_BOUNDS: readonly number[] = [0.38, 0.5, 0.65, 0.8];

/** Bounds of the share of units let. */
export const OCCUPANCY_BOUNDS: readonly number[] = [0.2, 0.4, 0.6, 0.8];
