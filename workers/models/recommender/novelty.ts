/**
 * At an end of the dial, one deviation of how well a home is known weighs so many deviations of the
 * fits: more than what popularity adds to them, so that the dial can turn it round.
 */
const MOST_TILT = 2;
/** The dial in its middle leaves the order as it is. */
const MIDDLE = 0.5;

/** How well known each home of a catalogue is. */
export interface Familiarity {
	/** Self-information of being chosen, -log2 of its share: mean 0, deviation 1 over the catalogue. */
	readonly surprise: Float64Array;
	/** 1 for the homes that are chosen no oftener than the middle one. */
	readonly littleKnown: Uint8Array;
}

/**
 * Novelty as self-information (Zhou et al. 2010, "Solving the apparent diversity-accuracy dilemma"):
 * the rarer a home is chosen, the more it tells that it is shown.
 *
 * @param counts how often each home was chosen; what is unknown counts as never
 */
export function familiarityOf(counts: ArrayLike<number>): Familiarity {
	const known = Float64Array.from(counts, (count) => (count > 0 ? count : 0));
	const total = known.reduce((sum, count) => sum + count + 1, 0);
	const middle = known.slice().sort()[Math.floor(known.length / 2)] ?? 0;
	return {
		surprise: standardised(known.map((count) => -Math.log2((count + 1) / total))),
		littleKnown: Uint8Array.from(known, (count) => (count <= middle ? 1 : 0)),
	};
}

/**
 * The fits as the list weighs them: towards well-known homes, or away from them. They are changed in
 * place.
 *
 * @param novelty 0: well-known homes, 1: less chosen ones, .5: as they come
 */
export function tilt(fits: Float64Array, { surprise }: Familiarity, novelty: number): void {
	const share = 2 * (Math.min(1, Math.max(0, novelty)) - MIDDLE);
	if (share === 0) return;
	const strength = MOST_TILT * share * deviationOf(fits);
	for (let row = 0; row < fits.length; row++)
		fits[row] = (fits[row] as number) + strength * (surprise[row] as number);
}

function standardised(values: Float64Array): Float64Array {
	const mean = meanOf(values);
	const deviation = deviationOf(values);
	return values.map((value) => (deviation > 0 ? (value - mean) / deviation : 0));
}

function deviationOf(values: Float64Array): number {
	const mean = meanOf(values);
	let squares = 0;
	for (const value of values) squares += (value - mean) ** 2;
	return Math.sqrt(squares / Math.max(1, values.length));
}

function meanOf(values: Float64Array): number {
	let sum = 0;
	for (const value of values) sum += value;
	return sum / Math.max(1, values.length);
}
