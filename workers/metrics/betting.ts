import { requireFinite } from './check';

/** Never more than this share of what may be lost is staked. */
const STAKE = 0.75;
const STEPS = 50;

/** What is bet on, row by row. */
export interface Bets {
	/** Up to 1 a row, which is what is taken where left out: the figure is the mean of the gains then. */
	readonly scales?: ArrayLike<number>;
	/** A row's least gain and its most, known before the row: 0 and its scale where left out. */
	readonly floors?: ArrayLike<number>;
	readonly ceilings?: ArrayLike<number>;
	readonly confidence?: number;
}

type Rows = Readonly<Record<'gains' | 'scales' | 'floors' | 'ceilings', ArrayLike<number>>>;

/**
 * Where a figure from 0 to 1 lies for which `gains` less `figure` times `scales` is 0 on average, at
 * least `confidence` of the time, however few rows there are: the values that no bettor could have
 * grown rich against (Waudby-Smith and Ramdas 2024, the hedged capital with predictable stakes). It
 * assumes no shape of what is measured, only bounds and that each row's average, given those before
 * it, is the figure. Long tails make it wide, never wrong.
 *
 * @param gains a row's contribution
 */
export function bettingInterval(
	gains: ArrayLike<number>,
	{
		scales = new Float64Array(gains.length).fill(1),
		floors = new Float64Array(gains.length),
		ceilings = new Float64Array(gains.length).fill(1),
		confidence = 0.95,
	}: Bets = {},
): { readonly low: number; readonly high: number } {
	const rows = { gains, scales, floors, ceilings };
	requireFinite(...Object.values(rows));
	requireBounds(rows);
	const stakes = predictableStakes(rows, 1 - confidence);
	const richAgainst = (figure: number, side: 1 | -1) =>
		growsRich(rows, stakes, figure, side, 1 - confidence);
	return {
		low: boundary((figure) => richAgainst(figure, 1), 0, 1),
		high: boundary((figure) => richAgainst(figure, -1), 1, 0),
	};
}

/** Stakes of a row, from the rows before it alone: large where the gains hardly vary. */
function predictableStakes({ gains, scales }: Rows, error: number): Float64Array {
	const stakes = new Float64Array(gains.length);
	let [gained, scaled, squares] = [0.5, 1, 0.25];
	for (let row = 0; row < gains.length; row++) {
		const variance = squares / (row + 1);
		stakes[row] = Math.sqrt((2 * Math.log(2 / error)) / (gains.length * variance));
		gained += gains[row] as number;
		scaled += scales[row] as number;
		squares += ((gains[row] as number) - (scales[row] as number) * (gained / scaled)) ** 2;
	}
	return stakes;
}

/** Whether half the money, staked on a figure above (1) or below (-1), ever grew by 1/error. */
function growsRich(
	{ gains, scales, floors, ceilings }: Rows,
	stakes: Float64Array,
	figure: number,
	side: 1 | -1,
	error: number,
): boolean {
	const rich = Math.log(2 / error);
	let money = 0;
	for (let row = 0; row < gains.length; row++) {
		const excess = (gains[row] as number) - (scales[row] as number) * figure;
		const lost = side === 1 ? figure - (floors[row] as number) : (ceilings[row] as number) - figure;
		const most = STAKE / Math.max(Number.EPSILON, lost);
		money += Math.log1p(side * Math.min(stakes[row] as number, most) * excess);
		if (money >= rich) return true;
	}
	return false;
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
