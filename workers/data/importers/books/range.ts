/** The first and the last of some days; infinite where there are none. */
export function range(days: ArrayLike<number>): { from: number; to: number } {
	let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (let i = 0; i < days.length; i++) {
		from = Math.min(from, days[i] as number);
		to = Math.max(to, days[i] as number);
	}
	return { from, to };
}
