import type { PlainMethod } from './contract';
import { Moments } from './ridge';
import { onLogScale } from './scale';
import { seasonalNaive } from './naive';

const WINDOW = 520;
const MOST_LAGS = 8;
const RIDGE = 1e-6;

/**
 * Autoregression of differences, ARIMA(p,1,0) with drift: by least squares, p from 0 to 8 by the
 * corrected criterion of Akaike (Hurvich and Tsai 1989). On the logarithm of positive series.
 */
export const autoregression: PlainMethod = {
	name: 'autoregression',
	forecast: ({ values }, horizon) =>
		onLogScale(values, (scaled) => {
			const changes = differences(scaled.subarray(-WINDOW), 1);
			let at = scaled.at(-1) as number;
			return extend(changes, horizon).map((change) => (at += change));
		}),
};

/** The same for differences from a season ago, SARIMA(p,0,0)(0,1,0) with drift. */
export const seasonalAutoregression: PlainMethod = {
	name: 'seasonal autoregression',
	forecast({ values, periods }, horizon) {
		const period = periods.at(-1) ?? 1;
		if (values.length < period + 4) return seasonalNaive.forecast({ values, periods }, horizon);
		return onLogScale(values, (scaled) => {
			const changes = differences(scaled.subarray(-WINDOW - period), period);
			return onTopOfLastSeason(scaled, period, extend(changes, horizon));
		});
	},
};

/** The last season again, moved by how far the last `count` values lie from the season before. */
export function seasonalShift(count: number): PlainMethod {
	return {
		name: `seasonal shift ${count}`,
		forecast({ values, periods }, horizon) {
			const period = periods.at(-1) ?? 1;
			if (values.length < period + count)
				return seasonalNaive.forecast({ values, periods }, horizon);
			return onLogScale(values, (scaled) => {
				const changes = differences(scaled.subarray(-count - period), period);
				const shift = changes.reduce((sum, change) => sum + change, 0) / count;
				return onTopOfLastSeason(scaled, period, new Float64Array(horizon).fill(shift));
			});
		},
	};
}

function onTopOfLastSeason(values: Float64Array, period: number, changes: Float64Array) {
	const known = [...values.subarray(-period)];
	return changes.map((change, h) => {
		const next = (known[h] as number) + change;
		known.push(next);
		return next;
	});
}

function differences(values: Float64Array, lag: number): Float64Array {
	return values.subarray(lag).map((value, i) => value - (values[i] as number));
}

/** The next values of a stationary series, by its own past. */
function extend(values: Float64Array, horizon: number): Float64Array {
	const { coefficients, lags } = fit(values);
	const known = [...values];
	return Float64Array.from({ length: horizon }, () => {
		let next = coefficients[0] as number;
		for (let lag = 1; lag <= lags; lag++)
			next += (coefficients[lag] as number) * (known.at(-lag) as number);
		known.push(next);
		return next;
	});
}

interface Fit {
	readonly coefficients: Float64Array;
	readonly lags: number;
	readonly criterion: number;
}

function fit(values: Float64Array): Fit {
	const most = Math.max(0, Math.min(MOST_LAGS, Math.floor(values.length / 6)));
	const moments = new Moments(most + 1);
	const row = new Float64Array(most + 1).fill(1);
	for (let t = most; t < values.length; t++) {
		for (let lag = 1; lag <= most; lag++) row[lag] = values[t - lag] as number;
		moments.add(row, values[t] as number);
	}
	let best: Fit = { coefficients: new Float64Array(1), lags: 0, criterion: Infinity };
	for (let lags = 0; lags <= most; lags++) {
		const { coefficients, rest } = moments.solve(RIDGE, lags + 1);
		const criterion = correctedAkaike(rest, moments.count, lags + 2);
		if (criterion < best.criterion) best = { coefficients, lags, criterion };
	}
	return best;
}

function correctedAkaike(rest: number, count: number, parameters: number): number {
	const correction = (2 * parameters * (parameters + 1)) / Math.max(1, count - parameters - 1);
	return count * Math.log(rest / count + 1e-12) + 2 * parameters + correction;
}
