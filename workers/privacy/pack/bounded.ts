/** Homes of one guest that count: the last ones chosen. */
export const MOST_HOMES = 6;

/**
 * What a guest shares out in each statistic, as a whole number: it divides evenly over 1 to 6 homes,
 * over their 1, 3, 6, 10 or 15 pairs and their 1 to 5 steps.
 */
export const UNIT = 60;

/** The different homes that a guest chose, in the order of the first time; at most `MOST_HOMES`. */
export type Choices = readonly number[];

/** Of homes in the order in which they were chosen, those that count. */
export function boundedChoices(homes: readonly number[]): Choices {
	return [...new Set(homes)].slice(-MOST_HOMES);
}
