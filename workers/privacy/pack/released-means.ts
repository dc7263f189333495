import type { ExactNoise } from '../noise/exact-noise';
import { varianceOf } from './noise-size';
import { OF_HELD_OUT, scaleOf } from './split';

/** Figures between 0 and 1 are counted in thousandths. */
const GRID = 1_000;
/** Fewer than so many, and a mean is nobody's. */
const LEAST = 1;

/** Means of the same guests, with what noise and chance make of them. */
export interface ReleasedMeans {
	readonly means: readonly number[];
	/** Of each: no smaller than what sampling and noise come to. */
	readonly standardErrors: readonly number[];
	/** With noise. */
	readonly guests: number;
}

/**
 * Means of figures between 0 and 1 over guests who were held out: sums with noise, over a count with
 * noise. A guest changes all sums together by at most as many units as there are figures.
 *
 * @param figures one row a guest, all of the same length
 */
export function releasedMeans(
	figures: readonly (readonly number[])[],
	columns: number,
	thousandths: number,
	noise: ExactNoise,
): ReleasedMeans {
	const ofCount = scaleOf(1, thousandths, OF_HELD_OUT.asked);
	const ofSums = scaleOf(columns * GRID, thousandths, OF_HELD_OUT.metrics);
	const guests = Math.max(LEAST, figures.length + Number(noise.laplace(ofCount)));
	const means = Array.from({ length: columns }, (_, column) => {
		const sum = figures.reduce((all, row) => all + onGrid(row[column] as number), 0);
		return clamp((sum + Number(noise.laplace(ofSums))) / GRID / guests);
	});
	const noiseOfSum = varianceOf(ofSums) / GRID ** 2;
	return {
		means,
		guests,
		// Of all figures between 0 and 1 with a mean, those that are 0 or 1 vary most.
		standardErrors: means.map((mean) =>
			Math.min(
				1,
				Math.sqrt(
					(mean * (1 - mean)) / guests +
						(noiseOfSum + mean ** 2 * varianceOf(ofCount)) / guests ** 2,
				),
			),
		),
	};
}

const onGrid = (value: number): number => Math.round(clamp(value) * GRID);
const clamp = (value: number): number => Math.min(1, Math.max(0, value));
