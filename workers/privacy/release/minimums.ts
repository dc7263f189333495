/** People that a released cell has at least. */
export const MINIMUM_PEOPLE = 20;
/** Homes that a released cell has at least. */
export const MINIMUM_PROPERTIES = 3;
