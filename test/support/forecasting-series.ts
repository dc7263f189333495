/** A series without noise: a line with a week in it. */
export const LENGTH = 140;
export const FAR = 7;
export const valueAt = (t: number) => 100 + 0.1 * t + 15 * Math.sin((2 * Math.PI * t) / 7);
export const weekly = {
	values: Float64Array.from({ length: LENGTH }, (_, t) => valueAt(t)),
	start: 19_000,
	every: 1,
	periods: [7],
};
