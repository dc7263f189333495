import { requireFinite } from './check';

/** Never more than this share of what may be lost is staked. */
const STAKE = 0.75;
const STEPS = 50;

/**
 * Where a figure lies for which `gains` less `figure` times `scales` is 0 on average, at least
 * `confidence` of the time, however few rows there are: the values that no bettor could have grown
 * rich against (Waudby-Smith and Ramdas 2024, the hedged capital with predictable stakes). It assumes
 * no shape of what is measured, only bounds and that each row's average, given those before it, is
 * the figure. Long tails make it wide, never wrong.
 *
 * @param gains a row's contribution, from 0 to its scale
 * @param scales up to 1; left out, 1 a row: the figure is the mean of `gains`
 */
export function bettingInterval(
	gains: ArrayLike<number>,
	scales: ArrayLike<number> = new Float64Array(gains.length).fill(1),
	confidence = 0.95,
): { readonly low: number; readonly high: number } {
	requireFinite(gains, scales);
	requireShares(gains, scales);
	const stakes = predictableStakes(gains, scales, 1 - confidence);
	const richAgainst = (figure: number, side: 1 | -1) =>
		growsRich(gains, scales, stakes, figure, side, 1 - confidence);
	return {
		low: boundary((figure) => richAgainst(figure, 1), 0, 1),
		high: boundary((figure) => richAgainst(figure, -1), 1, 0),
	};
}

/** Stakes of a row, from the rows before it alone: large where the gains hardly vary. */
function predictableStakes(
	gains: ArrayLike<number>,
	scales: ArrayLike<number>,
	error: number,
): Float64Array {
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
	gains: ArrayLike<number>,
	scales: ArrayLike<number>,
	stakes: Float64Array,
	figure: number,
	side: 1 | -1,
	error: number,
): boolean {
	const most = STAKE / Math.max(Number.EPSILON, side === 1 ? figure : 1 - figure);
	const rich = Math.log(2 / error);
	let money = 0;
	for (let row = 0; row < gains.length; row++) {
		const excess = (gains[row] as number) - (scales[row] as number) * figure;
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

function requireShares(gains: ArrayLike<number>, scales: ArrayLike<number>): void {
	for (let row = 0; row < gains.length; row++) {
		const [gain, scale] = [gains[row] as number, scales[row] as number];
		if (!(gain >= 0 && gain <= scale && scale <= 1))
			throw new RangeError('a gain is not between 0 and its scale, or a scale is above 1');
	}
}
