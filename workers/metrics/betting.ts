import { requireFinite } from './check';

/** Never more than this share of what may be lost is staked. */
const STAKE = 0.9;
/** Half the money is staked as if gains varied as much as their bounds allow, half as if less. */
const BOLDNESS = [1, 2];
const STEPS = 50;

/** What is bet on, row by row. */
export interface Bets {
	/** Up to 1 a row, which is what is taken where left out: the figure is the mean of the gains then. */
	readonly scales?: ArrayLike<number>;
	/** A row's least gain and its most, known before the row: 0 and its scale where left out. */
	readonly floors?: ArrayLike<number>;
	readonly ceilings?: ArrayLike<number>;
	/** What scales are on average, known before all rows: 1 where left out. A wrong one makes wider, not wrong. */
	readonly meanScale?: number;
	readonly confidence?: number;
}

type Rows = Readonly<Record<'gains' | 'scales' | 'floors' | 'ceilings', ArrayLike<number>>>;

/**
 * Where a figure from 0 to 1 lies for which `gains` less `figure` times `scales` is 0 on average, at
 * least `confidence` of the time, however few rows there are: the values that no bettor would have
 * grown rich against by the last row (Waudby-Smith and Ramdas 2024). It assumes no shape of what is
 * measured, only bounds. Long tails make it wide, never wrong.
 *
 * Stakes are fixed before the first row, and money is counted after the last alone. So the figure may
 * be an average of rows that differ, as of somebody whose taste becomes known: of factors that
 * average 1, the product is at most 1. Stakes that follow the rows, or the most money on the way,
 * hold only where every row has the same average.
 *
 * @param gains a row's contribution
 */
export function bettingInterval(
	gains: ArrayLike<number>,
	{
		scales = new Float64Array(gains.length).fill(1),
		floors = new Float64Array(gains.length),
		ceilings = new Float64Array(gains.length).fill(1),
		meanScale = 1,
		confidence = 0.95,
	}: Bets = {},
): { readonly low: number; readonly high: number } {
	const rows = { gains, scales, floors, ceilings };
	requireFinite(...Object.values(rows));
	requireBounds(rows);
	const rich = 2 / (1 - confidence);
	const richAgainst = (figure: number, side: 1 | -1) => {
		const varied = gains.length * meanScale * figure * (1 - figure);
		const usual = Math.sqrt((2 * Math.log(rich)) / varied);
		const money = BOLDNESS.map((bold) => moneyAfter(rows, bold * usual, figure, side));
		return money.reduce((sum, each) => sum + each, 0) / money.length >= rich;
	};
	return {
		low: boundary((figure) => richAgainst(figure, 1), 0, 1),
		high: boundary((figure) => richAgainst(figure, -1), 1, 0),
	};
}

/** What 1 has become, staked on a figure above (1) or below (-1) at every row. */
function moneyAfter(
	{ gains, scales, floors, ceilings }: Rows,
	stake: number,
	figure: number,
	side: 1 | -1,
): number {
	let grown = 0;
	for (let row = 0; row < gains.length; row++) {
		const excess = (gains[row] as number) - (scales[row] as number) * figure;
		const lost = side === 1 ? figure - (floors[row] as number) : (ceilings[row] as number) - figure;
		const most = STAKE / Math.max(Number.EPSILON, lost);
		grown += Math.log1p(side * Math.min(stake, most) * excess);
	}
	return Math.exp(grown);
}

/** The last figure that is refused, from one that may be towards one that is not. */
function boundary(refused: (figure: number) => boolean, from: number, to: number): number {
	if (!refused(from)) return from;
	let [out, kept] = [from, to];
	for (let step = 0; step < STEPS; step++) {
		const middle = (out + kept) / 2;
		if (refused(middle)) out = middle;
		else kept = middle;
	}
	return out;
}

/** A stake may lose no more than it is taken to: of all figures up to 1. */
function requireBounds({ gains, scales, floors, ceilings }: Rows): void {
	for (let row = 0; row < gains.length; row++) {
		const [gain, scale] = [gains[row] as number, scales[row] as number];
		const [floor, ceiling] = [floors[row] as number, ceilings[row] as number];
		if (!(scale >= 0 && scale <= 1 && floor <= 0 && ceiling >= 1))
			throw new RangeError('a scale is not between 0 and 1, or a bound lies inside 0 to 1');
		if (!(gain >= floor && gain <= ceiling - 1 + scale))
			throw new RangeError('a gain is beyond its bounds');
	}
}
