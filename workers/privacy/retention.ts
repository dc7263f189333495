const DAY = 86_400_000;

/** Acts are kept for two years: long enough for a second move, short enough to be forgotten. */
export const ACTS_KEPT_DAYS = 730;

/** Acts from before this instant (UTC milliseconds) are to be removed. */
export const actsExpireBefore = (now: number): number => now - ACTS_KEPT_DAYS * DAY;
