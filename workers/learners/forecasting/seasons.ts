/** Season by season: what a time of the season is above or below the level around it. */
export interface Seasonality {
	/** Multiplied by the level, or added to it. */
	readonly multiplies: boolean;
	/** For the times of a season in order; the first belongs to the first value of the series. */
	readonly indices: Float64Array;
}

/** Of the normal distribution at 90 %, both sides. */
const CRITICAL = 1.645;

/** Correlation of a series with itself `lag` values earlier. */
export function autocorrelation(values: Float64Array, lag: number): number {
	const mean = meanOf(values);
	let top = 0;
	let bottom = 0;
	for (let i = 0; i < values.length; i++) {
		const here = (values[i] as number) - mean;
		bottom += here * here;
		if (i >= lag) top += here * ((values[i - lag] as number) - mean);
	}
	return bottom > 0 ? top / bottom : 0;
}

/**
 * The test of the M4 competition for a season: autocorrelation at its lag beyond the 90 % limit of
 * Bartlett, in at least three full seasons (Mcompetitions/M4-methods, "Benchmarks and Evaluation.R").
 */
export function isSeasonal(values: Float64Array, period: number): boolean {
	if (period < 2 || values.length < 3 * period) return false;
	let squares = 0;
	for (let lag = 1; lag < period; lag++) squares += autocorrelation(values, lag) ** 2;
	const limit = CRITICAL * Math.sqrt((1 + 2 * squares) / values.length);
	return Math.abs(autocorrelation(values, period)) > limit;
}

/**
 * Classical decomposition: mean share (or difference) of each time of the season against the centred
 * moving average, of the last `seasons` seasons (all if left out). Shares for positive series.
 * Needs two full seasons.
 */
export function seasonality(
	values: Float64Array,
	period: number,
	seasons = Infinity,
	multiplies = values.every((value) => value > 0),
): Seasonality {
	const level = centredAverage(values, period);
	const first = Math.max(0, values.length - seasons * period);
	const sums = new Float64Array(period);
	const counts = new Float64Array(period);
	values.forEach((value, i) => {
		const around = level[i] as number;
		if (i < first || Number.isNaN(around)) return;
		sums[i % period] =
			(sums[i % period] as number) + (multiplies ? value / around : value - around);
		counts[i % period] = (counts[i % period] as number) + 1;
	});
	const none = multiplies ? 1 : 0;
	const raw = sums.map((sum, i) =>
		(counts[i] as number) > 0 ? sum / (counts[i] as number) : none,
	);
	const mean = meanOf(raw);
	return { multiplies, indices: raw.map((index) => (multiplies ? index / mean : index - mean)) };
}

/** Takes seasons out of a series that begins at time `from` of the season. */
export function withoutSeason(
	values: Float64Array,
	{ multiplies, indices }: Seasonality,
	from = 0,
): Float64Array {
	return values.map((value, i) => {
		const index = indices[(from + i) % indices.length] as number;
		return multiplies ? value / index : value - index;
	});
}

/** Puts them back; the inverse of `withoutSeason`. */
export function withSeason(
	values: Float64Array,
	{ multiplies, indices }: Seasonality,
	from = 0,
): Float64Array {
	return values.map((value, i) => {
		const index = indices[(from + i) % indices.length] as number;
		return multiplies ? value * index : value + index;
	});
}

/** NaN where the window does not fit; windows of even length count both ends half. */
function centredAverage(values: Float64Array, period: number): Float64Array {
	const half = Math.floor(period / 2);
	const isEven = period % 2 === 0;
	const sums = new Float64Array(values.length + 1);
	values.forEach((value, i) => (sums[i + 1] = (sums[i] as number) + value));
	return values.map((_, i) => {
		if (i < half || i + half >= values.length) return Number.NaN;
		const sum = (sums[i + half + 1] as number) - (sums[i - half] as number);
		const ends = ((values[i - half] as number) + (values[i + half] as number)) / 2;
		return (isEven ? sum - ends : sum) / period;
	});
}

export function meanOf(values: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i] as number;
	return sum / values.length;
}
