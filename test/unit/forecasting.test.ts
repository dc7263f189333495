import { describe, expect, it } from 'vitest';
import { CancelledError, type Run } from '$workers/learners/contract';
import {
	FittedForecast,
	type PlainMethod,
	autoregression,
	combination,
	croston,
	dampedTrend,
	deseasonalised,
	drift,
	dynamicTheta,
	findPeriods,
	forecastSet,
	forecaster,
	holt,
	naive,
	naive2,
	seasonalAutoregression,
	seasonalNaive,
	seasonalShift,
	simpleSmoothing,
	teunter,
	theta,
} from '$workers/learners/forecasting';
import { seededRandom } from '$workers/math/random';

const series = (length: number, valueAt: (t: number) => number) =>
	Float64Array.from({ length }, (_, t) => valueAt(t));
const next = (method: PlainMethod, values: Float64Array, horizon: number, periods: number[] = []) =>
	Array.from(method.forecast({ values, periods }, horizon));
const run = (change: Partial<Run> = {}): Run => ({
	cancelled: () => false,
	random: seededRandom(1),
	onProgress: () => {},
	...change,
});

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, share: number) {
	expect(actual.length).toBe(expected.length);
	Array.from(expected, (value, i) =>
		expect(Math.abs((actual[i] as number) - value) / Math.abs(value), `step ${i + 1}`).toBeLessThan(
			share,
		),
	);
}

describe('plain methods', () => {
	it('carry the last value, the last season or the line on', () => {
		const values = Float64Array.of(1, 5, 2, 6, 3, 7);
		expect(next(naive, values, 2)).toEqual([7, 7]);
		expect(next(seasonalNaive, values, 3, [2])).toEqual([3, 7, 3]);
		expect(next(seasonalNaive, values, 2, [52])).toEqual([7, 7]);
		expect(next(drift(), Float64Array.of(1, 2, 3), 2)).toEqual([4, 5]);
		expect(next(drift(2), Float64Array.of(9, 2, 3), 2)).toEqual([4, 5]);
	});

	it.each([holt, autoregression, drift()])('$name goes on along a line', (method) => {
		const line = series(60, (t) => 50 + 2 * t);
		expectClose(next(method, line, 5), [170, 172, 174, 176, 178], 0.02);
	});

	it('halve the slope of a line in theta, as Hyndman and Billah (2003) show', () => {
		const line = series(400, (t) => 1000 + 2 * t);
		const [first = 0, second = 0] = next(theta, line, 2);
		expect(second - first).toBeCloseTo(1, 6);
	});

	it.each([simpleSmoothing, dampedTrend, dynamicTheta, holt, autoregression, theta])(
		'$name stays where nothing moves',
		(method) => {
			expectClose(next(method, new Float64Array(40).fill(12), 4), [12, 12, 12, 12], 1e-6);
		},
	);

	it('smooth noise towards its mean', () => {
		const random = seededRandom(4);
		const noise = series(300, () => 100 + 5 * random.normal());
		expectClose(next(simpleSmoothing, noise, 3), [100, 100, 100], 0.03);
	});

	it('flatten a damped trend', () => {
		const values = next(
			dampedTrend,
			series(60, (t) => 50 + 2 * t),
			60,
		);
		const changes = values.slice(1).map((value, i) => value - (values[i] as number));
		expect(changes.at(-1)).toBeLessThan(changes[0] as number);
		expect(changes.every((change) => change > 0)).toBe(true);
	});

	it('find the process of an autoregression', () => {
		const random = seededRandom(2);
		const changes = [0];
		for (let t = 1; t < 3000; t++) changes.push(0.7 * (changes[t - 1] as number) + random.normal());
		// A value that is not positive keeps the series on its own scale.
		let level = -5;
		const values = Float64Array.from(changes, (change) => (level += change));
		const [first = 0, second = 0] = next(autoregression, values, 2);
		expect((second - first) / (first - level)).toBeCloseTo(0.7, 0);
	});
});

describe('seasons', () => {
	const week = (t: number) => (1 + 0.3 * Math.sin((2 * Math.PI * t) / 7)) * (100 + 0.5 * t);
	const truth = series(14, (h) => week(140 + h));
	const values = series(140, week);

	it.each([
		deseasonalised(dampedTrend),
		deseasonalised(autoregression, 5),
		seasonalAutoregression,
		seasonalShift(4),
	])('$name carries a growing week on', (method) => {
		expectClose(next(method, values, 14, [7]), truth, 0.05);
	});

	it('are put together from several lengths', () => {
		const both = (t: number) =>
			100 *
			(1 + 0.2 * Math.sin((2 * Math.PI * t) / 5)) *
			(1 + 0.3 * Math.sin((2 * Math.PI * t) / 35));
		const method = deseasonalised(simpleSmoothing);
		const found = next(method, series(350, both), 35, [5, 35]);
		expectClose(
			found,
			series(35, (h) => both(350 + h)),
			0.02,
		);
	});

	it('are tested before naive2 takes them out', () => {
		expect(next(naive2, values, 2, [7])).not.toEqual(next(naive, values, 2));
		expect(
			next(
				naive2,
				series(40, (t) => (t * 7919) % 13),
				2,
				[7],
			),
		).toHaveLength(2);
		expect(next(naive2, values, 2, [1])).toEqual(next(naive, values, 2));
	});

	it('of the calendar are found where changes come back', () => {
		const random = seededRandom(3);
		const noisy = () =>
			series(400, (t) => 100 + 20 * Math.sin((2 * Math.PI * t) / 52) + random.normal());
		const saw = () => series(400, (t) => 100 + 20 * Number(t % 24 < 8) + random.normal());
		expect(findPeriods([saw()], [])).toContain(24);
		expect(findPeriods([noisy()], [7])[0]).toBe(7);
		expect(findPeriods([series(300, () => 50 + random.normal())], [])).toEqual([]);
	});
});

describe('intermittent demand', () => {
	it('is forecast by its rate', () => {
		const values = series(200, (t) => (t % 4 === 3 ? 8 : 0));
		expectClose(next(croston, values, 2), [2, 2], 0.1);
		expect(next(teunter, new Float64Array(20), 2)).toEqual([0, 0]);
	});

	it('sinks while nothing comes, by Teunter and others alone', () => {
		const values = series(200, (t) => (t < 100 && t % 4 === 3 ? 8 : 0));
		const [sunk = 0] = next(teunter, values, 1);
		const [kept = 0] = next(croston, values, 1);
		expect(sunk).toBeLessThan(kept);
	});
});

describe('the combination', () => {
	const random = seededRandom(9);
	const values = series(
		300,
		(t) => 200 + 40 * Math.sin((2 * Math.PI * t) / 7) + 4 * random.normal(),
	);
	const daily = { values, start: 19_000, every: 1, periods: [7] };
	const all = Uint32Array.from({ length: 14 }, (_, h) => h + 1);

	it('prefers what did well before, and says how much', async () => {
		const fitted = await combination({ horizon: 14 }).fit(daily, run());
		const { weights } = fitted as FittedForecast;
		const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
		expect(total).toBeCloseTo(1, 10);
		const seasonal = Object.entries(weights).filter(([name]) => name.includes('(7)'));
		expect(seasonal.reduce((sum, [, weight]) => sum + weight, 0)).toBeGreaterThan(0.9);
	});

	it('has intervals that hold and that widen from 50 to 80 %', async () => {
		let inside = 0;
		for (let back = 1; back <= 8; back++) {
			const from = values.length - back * 14;
			const past = { ...daily, values: values.slice(0, from) };
			const fitted = await combination({ horizon: 14 }).fit(past, run());
			const [narrow, wide] = (await fitted.predict({ steps: all })).intervals;
			all.forEach((_, h) => {
				const value = values[from + h] as number;
				const low = wide?.lower[h] as number;
				const high = wide?.upper[h] as number;
				expect(narrow?.lower[h]).toBeGreaterThanOrEqual(low);
				expect(narrow?.upper[h]).toBeLessThanOrEqual(high);
				inside += Number(value >= low && value <= high);
			});
		}
		expect(inside / (8 * 14)).toBeGreaterThan(0.68);
		expect(inside / (8 * 14)).toBeLessThan(0.92);
	});

	it('goes on without a method that fails on a series', async () => {
		const failing = {
			name: 'failing',
			forecast: () => Promise.reject(new RangeError('not this series')),
		};
		const fitted = await combination({ horizon: 14 }, [failing]).fit(daily, run());
		expect((fitted as FittedForecast).weights['failing']).toBe(0);
		expect((await fitted.predict({ steps: all })).mean.every(Number.isFinite)).toBe(true);
		const alone = forecaster(failing, { horizon: 14 }).fit(daily, run());
		await expect(alone).rejects.toThrow(RangeError);
	});

	it('is never below zero where the series was not', async () => {
		const falling = { ...daily, values: series(60, (t) => Math.max(0, 30 - t)) };
		const fitted = await combination({ horizon: 14 }).fit(falling, run());
		const { mean, intervals } = await fitted.predict({ steps: all });
		expect(
			Math.min(...mean, ...intervals.flatMap(({ lower }) => [...lower])),
		).toBeGreaterThanOrEqual(0);
	});

	it.each([2, 5, 12, 30])('makes do with %i values', async (length) => {
		const short = { ...daily, values: values.slice(0, length) };
		const fitted = await combination({ horizon: 14 }).fit(short, run());
		const { mean, intervals } = await fitted.predict({ steps: all });
		const numbers = [...mean, ...intervals.flatMap(({ lower, upper }) => [...lower, ...upper])];
		expect(numbers.every(Number.isFinite)).toBe(true);
	});

	it('refuses one value, a gap, and steps beyond its horizon', async () => {
		const learner = combination({ horizon: 14 });
		const one = { ...daily, values: Float64Array.of(1) };
		await expect(learner.fit(one, run())).rejects.toThrow(RangeError);
		const fitted = await learner.fit(daily, run());
		await expect(fitted.predict({ steps: Uint32Array.of(15) })).rejects.toThrow(RangeError);
		await expect(fitted.predict({ steps: Uint32Array.of(0) })).rejects.toThrow(RangeError);
	});

	it('refuses a damaged buffer', async () => {
		const fitted = await forecaster(naive, { horizon: 3 }).fit(daily, run());
		const buffer = fitted.toBuffer();
		expect(() => FittedForecast.from(buffer.slice(0, buffer.byteLength - 8))).toThrow(RangeError);
		expect(() => FittedForecast.from(new ArrayBuffer(4))).toThrow(RangeError);
	});
});

describe('a set of series', () => {
	const random = seededRandom(5);
	/** Too short to know their own season, but twelve of them share it. */
	const set = Array.from({ length: 12 }, () => {
		const level = 100 + 400 * random.next();
		return series(
			93,
			(t) =>
				level * (1 + 0.4 * Math.sin((2 * Math.PI * t) / 52)) * Math.exp(0.02 * random.normal()),
		);
	});
	const past = set.map((values) => values.slice(0, 80));
	const options = { horizon: 13, periods: [52] };

	it('is forecast better together than by the last value', async () => {
		const { combined } = await forecastSet(past, options, run());
		const error = (forecasts: readonly Float64Array[]) =>
			set.reduce((sum, values, i) => {
				const forecast = forecasts[i] as Float64Array;
				return forecast.reduce((s, f, h) => s + Math.abs(f / (values[80 + h] as number) - 1), sum);
			}, 0);
		const last = past.map((values) => naive.forecast({ values, periods: [] }, 13));
		expect(error(combined)).toBeLessThan(0.4 * error(last));
	});

	it('gives the same twice, and stops when cancelled', async () => {
		const [first, second] = [
			await forecastSet(past, options, run()),
			await forecastSet(past, options, run()),
		];
		expect(second.combined).toEqual(first.combined);
		const cancelled = run({ cancelled: () => true });
		await expect(forecastSet(past, options, cancelled)).rejects.toThrow(CancelledError);
	});

	it('looks back far enough, however short the season', async () => {
		const weeks = past.map((values) =>
			values.map((value, t) => value * (1 + 0.3 * Number(t % 7 < 2))),
		);
		const { methods } = await forecastSet(weeks, { horizon: 20, periods: [7] }, run());
		// A season ago lies in the future where seasons are shorter than the horizon: it would be no number.
		const pooled = methods.get('pooled with seasons') ?? [];
		expect(pooled.every((forecast) => forecast.every(Number.isFinite))).toBe(true);
	});

	it('takes series of every length and sign', async () => {
		const odd = [Float64Array.of(1, 2), series(30, (t) => t - 15), new Float64Array(100), ...past];
		const { combined } = await forecastSet(odd, options, run());
		expect(combined.map(({ length }) => length)).toEqual(odd.map(() => 13));
		expect(combined.every((forecast) => forecast.every(Number.isFinite))).toBe(true);
	});
});
