/** So many civil days from one on. */
export const daysIn = (from: number, count: number): number[] =>
	Array.from({ length: count }, (_, i) => from + i);
