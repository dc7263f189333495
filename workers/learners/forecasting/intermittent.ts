import { nelderMead } from '$workers/math/nelder-mead';
import type { PlainMethod } from './contract';

/** How much of a new size, and of a new wait or chance, is taken over. */
interface Rates {
	readonly size: number;
	readonly wait: number;
}

const SEARCH = { step: 0.1, tolerance: 1e-5, maxEvaluations: 120 };
const START = [0.1, 0.1];

/**
 * Croston's method (1972) for series that are mostly zero, with the correction of its bias by Syntetos
 * and Boylan (2005): sizes and waits are smoothed apart, and only where something came.
 */
export const croston: PlainMethod = {
	name: 'croston',
	forecast: ({ values }, horizon) => flat(values, horizon, crostonRate),
};

/**
 * The method of Teunter, Syntetos and Babai (2011), which smooths the chance that something comes at
 * every step, so that the forecast sinks while nothing does.
 */
export const teunter: PlainMethod = {
	name: 'teunter, syntetos and babai',
	forecast: ({ values }, horizon) => flat(values, horizon, teunterRate),
};

type Rate = (values: Float64Array, rates: Rates) => { rate: number; squares: number };

/** The same rate at each step, by the smoothing with the least squared error one step ahead. */
function flat(values: Float64Array, horizon: number, rateOf: Rate): Float64Array {
	const rates = ([size = 0, wait = 0]: Float64Array): Rates => ({ size, wait });
	const squares = (at: Float64Array) =>
		at.every((x) => x > 0 && x < 1) ? rateOf(values, rates(at)).squares : Infinity;
	const { rate } = rateOf(values, rates(nelderMead(squares, START, SEARCH).point));
	return new Float64Array(horizon).fill(rate);
}

const crostonRate: Rate = (values, { size: alpha, wait: beta }) => {
	const start = firstOf(values);
	if (!start) return { rate: 0, squares: 0 };
	let { size, wait } = start;
	let since = 1;
	let squares = 0;
	const rate = () => ((1 - beta / 2) * size) / wait;
	for (const value of values) {
		squares += (value - rate()) ** 2;
		if (value === 0) since++;
		else {
			size += alpha * (value - size);
			wait += beta * (since - wait);
			since = 1;
		}
	}
	return { rate: rate(), squares };
};

const teunterRate: Rate = (values, { size: alpha, wait: beta }) => {
	const start = firstOf(values);
	if (!start) return { rate: 0, squares: 0 };
	let { size } = start;
	let chance = 1 / start.wait;
	let squares = 0;
	for (const value of values) {
		squares += (value - chance * size) ** 2;
		chance += beta * (Number(value !== 0) - chance);
		if (value !== 0) size += alpha * (value - size);
	}
	return { rate: chance * size, squares };
};

/** Mean size of what came, and mean wait for it; none where nothing ever came. */
function firstOf(values: Float64Array): { size: number; wait: number } | undefined {
	const came = values.filter((value) => value !== 0);
	if (came.length === 0) return undefined;
	return {
		size: came.reduce((sum, value) => sum + value, 0) / came.length,
		wait: values.length / came.length,
	};
}
