/** A month of a budget: `2026-05`, its first day, and what came in the same month a year before. */
export interface BudgetMonth {
	readonly key: string;
	readonly first: number;
	/** NaN where there is none. */
	readonly lastYear: number;
}

const DAY = 86_400_000;

/** `2026-05` of a civil day. */
export function monthKey(day: number): string {
	return new Date(day * DAY).toISOString().slice(0, 7);
}

/** The twelve months from that of `day` on, each with its year before. */
export function budgetMonths(
	day: number,
	months: { readonly first: ArrayLike<number>; readonly revenue: ArrayLike<number> },
): BudgetMonth[] {
	const known = new Map(
		Array.from(months.first, (first, index) => [monthKey(first), months.revenue[index] ?? NaN]),
	);
	const start = new Date(day * DAY);
	return Array.from({ length: 12 }, (_, index) => {
		const at = (years: number): number =>
			Date.UTC(start.getUTCFullYear() - years, start.getUTCMonth() + index, 1) / DAY;
		return {
			key: monthKey(at(0)),
			first: at(0),
			lastYear: known.get(monthKey(at(1))) ?? NaN,
		};
	});
}

/** Last year and so many per cent, rounded to tens; months without a year before stay as they were. */
export function fromLastYear(
	months: readonly BudgetMonth[],
	budget: Readonly<Record<string, number>>,
	percent: number,
): Record<string, number> {
	const filled = months
		.filter(({ lastYear }) => Number.isFinite(lastYear))
		.map(({ key, lastYear }) => [key, Math.round((lastYear * (1 + percent / 100)) / 10) * 10]);
	return { ...budget, ...Object.fromEntries(filled) };
}
