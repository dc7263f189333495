import type { Random } from '$workers/math/random';

export interface BootstrapInterval {
	readonly standardError: number;
	/** The 2.5 and 97.5 per cent quantiles of the figure over resamples. */
	readonly low: number;
	readonly high: number;
}

/**
 * How much a figure would vary with other rows: `figure` of rows drawn with replacement, by the
 * percentile method (Efron and Tibshirani 1993, chapter 13). A draw of which the figure cannot be
 * made (RangeError, such as one class) is drawn again, a hundred times `samples` at most.
 */
export function bootstrapInterval(
	count: number,
	figure: (rows: Uint32Array) => number,
	random: Random,
	samples = 200,
): BootstrapInterval {
	if (!(count > 0 && samples > 1)) throw new RangeError('a bootstrap needs rows and two samples');
	const figures = new Float64Array(samples);
	let misses = 0;
	for (let sample = 0; sample < samples;) {
		try {
			const rows = Uint32Array.from({ length: count }, () => random.integer(count));
			figures[sample] = figure(rows);
			sample++;
		} catch (error) {
			if (!(error instanceof RangeError) || ++misses > 100 * samples) throw error;
		}
	}
	return summary(figures.sort());
}

function summary(sorted: Float64Array): BootstrapInterval {
	const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
	const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
	return {
		standardError: Math.sqrt(squares / (sorted.length - 1)),
		low: at(0.025),
		high: at(0.975),
	};
}
