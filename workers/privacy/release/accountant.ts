import type { YearBudget } from '$lib/contracts';

/**
 * The budget of privacy. It is counted for each guest and year of data, never for a time on the
 * clock: what was once told about the guests of 2025 stays told.
 *
 * Epsilon is counted in thousandths, as whole numbers, so that sums are exact.
 */

/** What something that left has cost a year of data. */
export interface Charge {
	readonly year: number;
	readonly epsilon: number;
	/** 0 where the bound of epsilon always holds. */
	readonly delta: number;
}

/** The most that one release may cost. */
export const MOST_A_RELEASE = 1_000;
/** The most that all releases about one year may cost together. */
export const MOST_A_YEAR = 4_000;
/** The chance, over all releases about one year, that the bound of epsilon does not hold. */
export const DELTA_A_YEAR = 1e-6;

/** The part of the year's delta that a release takes: as large as its part of the epsilon. */
export const deltaOf = (thousandths: number): number => (DELTA_A_YEAR * thousandths) / MOST_A_YEAR;

/** Epsilon as the person wrote it, in thousandths; NaN for what no release may cost. */
export function thousandthsOf(epsilon: number): number {
	const thousandths = Math.round(epsilon * 1_000);
	const sound = Math.abs(thousandths - epsilon * 1_000) < 1e-6;
	return sound && thousandths >= 1 && thousandths <= MOST_A_RELEASE ? thousandths : Number.NaN;
}

/**
 * Whether a release can be paid. Releases about the same guests add up, whatever they are grouped by
 * (sequential composition: Dwork and Roth 2014, theorem 3.16).
 */
export const affords = (spent: readonly number[], asked: number): boolean =>
	sum(spent) + asked <= MOST_A_YEAR;

export const sum = (thousandths: readonly number[]): number =>
	thousandths.reduce((total, each) => total + each, 0);

/** Thousandths of epsilon that was charged to a year, one by one. */
export const spentOn = (charges: readonly Charge[], year: number): readonly number[] =>
	charges.filter((charge) => charge.year === year).map(({ epsilon }) => thousandthsOf(epsilon));

/** What a year's budget is, and what is left of it. */
export function budgetOf(charges: readonly Charge[], year: number): YearBudget {
	const spent = sum(spentOn(charges, year));
	const withDelta = charges.filter(({ delta }) => delta > 0);
	return {
		year,
		epsilonAllowed: MOST_A_YEAR / 1_000,
		epsilonSpent: spent / 1_000,
		deltaAllowed: DELTA_A_YEAR,
		deltaSpent: deltaOf(sum(spentOn(withDelta, year))),
	};
}
