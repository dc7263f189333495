/** How hard the better ones are preferred: weight = error to the power of minus this. */
const PREFERENCE = 8;
/** A ratio of errors beyond these bounds tells no more. */
const BOUND = Math.log(20);
/** Of what a method's error is taken to be: the share that the other series of its group decide. */
const GROUP_SHARE = 0.3;

/**
 * Logarithm of each method's mean error over that of the first one, on the origins that it could be
 * tried on; NaN where there was none. `errors[origin][method]`, NaN where not tried.
 */
export function errorRatios(errors: readonly (readonly number[])[], methods: number): number[] {
	return Array.from({ length: methods }, (_, method) => {
		let own = 0;
		let first = 0;
		let tried = 0;
		for (const row of errors) {
			if (!Number.isFinite(row[method])) continue;
			own += row[method] as number;
			first += row[0] as number;
			tried++;
		}
		if (tried === 0) return Number.NaN;
		const ratio = Math.log(own / first);
		// Both without error, or only the first one.
		if (Number.isNaN(ratio)) return 0;
		return Math.max(-BOUND, Math.min(BOUND, ratio));
	});
}

/** Mean ratio of each method over the series of a group, NaN where none has one. */
export function groupRatios(ratios: readonly (readonly number[])[]): number[] {
	const methods = ratios[0]?.length ?? 0;
	return Array.from({ length: methods }, (_, method) => {
		const known = ratios.map((row) => row[method] as number).filter((x) => !Number.isNaN(x));
		return known.reduce((sum, x) => sum + x, 0) / known.length;
	});
}

/**
 * Weights that sum to 1, from errors at rolling origins (after Pawlikowski and Chorowska, "Weighted
 * ensemble of statistical models", International Journal of Forecasting 36, 2020, third of the M4
 * competition), a series' own errors drawn towards those of its group. Equal where nothing is known;
 * 0 for methods of no known error beside others.
 */
export function weightsOf(own: readonly number[], group: readonly number[]): Float64Array {
	const expected = own.map((ratio, method) => {
		const usual = group[method] as number;
		if (Number.isNaN(ratio)) return usual;
		return Number.isNaN(usual) ? ratio : (1 - GROUP_SHARE) * ratio + GROUP_SHARE * usual;
	});
	const known = expected.filter((x) => !Number.isNaN(x));
	if (known.length === 0) return new Float64Array(own.length).fill(1 / own.length);
	const best = Math.min(...known);
	const raw = Float64Array.from(expected, (x) =>
		Number.isNaN(x) ? 0 : Math.exp(-PREFERENCE * (x - best)),
	);
	const sum = raw.reduce((total, weight) => total + weight, 0);
	return raw.map((weight) => weight / sum);
}
