import { seededRandom } from '$workers/math/random';

/** A line with a week in it. */
export const LENGTH = 140;
export const FAR = 7;
export const valueAt = (t: number) => 100 + 0.1 * t + 15 * Math.sin((2 * Math.PI * t) / 7);

const random = seededRandom('forecasting series');
/** ... and a little noise. */
export const weekly = {
	values: Float64Array.from({ length: LENGTH }, (_, t) => valueAt(t) + random.normal()),
	start: 19_000,
	every: 1,
	periods: [7],
};
