import { denoised } from './denoised';

/** However rarely two homes were chosen together, the odds are never below this part of the usual. */
const LEAST_LIFT = 0.2;
/** Of the Laplace distribution: how widely squares of its draws spread. */
const KURTOSIS = 6;

/** What cells may be off by. */
export interface CellNoise {
	/** Variance of a cell's noise. */
	readonly noise: number;
	/** What one guest counts for in a cell: chance alone has the variance of so large steps. */
	readonly step: number;
}

/**
 * How many times more often than usual, from all cells at once. What is beyond the usual is told in
 * standard deviations of its noise and chance, `denoised`, and turned back. Where a cell expects less
 * than most it is trusted less: its lift would be noise over next to nothing.
 *
 * @param counts a symmetric square of cells
 * @param usual shares of the sum of all cells, up to a factor; 0 on the diagonal and nowhere else
 */
export function liftsTogether(
	counts: Float64Array,
	usual: Float64Array,
	homes: number,
	{ noise, step }: CellNoise,
): Float64Array {
	const expected = expectedOf(counts, usual);
	const deviations = expected.map((mean) => Math.sqrt(noise + step * mean));
	const strength = expected.map((mean, cell) =>
		mean === 0 ? 0 : (mean / (deviations[cell] as number)) ** 2,
	);
	const middling = sum(strength) / (homes * (homes - 1));
	if (!(middling > 0)) return usual.map(() => 1);
	const standard = expected.map((mean, cell) =>
		mean === 0 ? 0 : ((counts[cell] as number) - mean) / (deviations[cell] as number),
	);
	const kept = denoised(standard, homes);
	return expected.map((mean, cell) => {
		if (mean === 0) return 1;
		const trust = Math.min(1, (strength[cell] as number) / middling);
		const beyond = (kept[cell] as number) * (deviations[cell] as number);
		return Math.max(LEAST_LIFT, 1 + (trust * beyond) / mean);
	});
}

/**
 * How many times more often than usual, each cell by itself: drawn towards 1 by how much of it can be
 * noise and chance, against how far lifts differ from 1 over all cells, less some standard errors
 * (empirical Bayes: Efron and Morris 1973).
 *
 * @param errors so many standard errors of how far lifts differ from 1 are taken for noise
 */
export function liftsByCell(
	counts: Float64Array,
	usual: Float64Array,
	{ noise, step }: CellNoise,
	errors: number,
): Float64Array {
	const expected = expectedOf(counts, usual);
	const variance = (mean: number) => noise + step * mean;
	let apart = 0;
	let squares = 0;
	let spread = 0;
	expected.forEach((mean, cell) => {
		if (mean === 0) return;
		apart += ((counts[cell] as number) - mean) ** 2 - variance(mean);
		squares += mean ** 2;
		spread += (KURTOSIS - 1) * variance(mean) ** 2;
	});
	const differ = squares > 0 ? Math.max(0, (apart - errors * Math.sqrt(spread)) / squares) : 0;
	return expected.map((mean, cell) => {
		const signal = differ * mean ** 2;
		if (signal === 0) return 1;
		const trust = signal / (signal + variance(mean));
		return Math.max(LEAST_LIFT, 1 + trust * ((counts[cell] as number) / mean - 1));
	});
}

function expectedOf(counts: Float64Array, usual: Float64Array): Float64Array {
	const scale = Math.max(0, sum(counts)) / sum(usual);
	return usual.map((share) => share * scale);
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
