import {
	FittedForecast,
	type ForecastOutput,
	type Horizon,
	type Series,
	candidates,
	combination,
	forecaster,
} from '$workers/learners/forecasting';
import { seededRandom } from '$workers/math/random';
import { type LearnerCase, conforms } from './learner';

const HORIZON = 12;
const FAR = 9;

function series(): Series {
	const random = seededRandom(7);
	const values = Float64Array.from(
		{ length: 120 },
		(_, t) => 50 + 0.2 * t + 8 * Math.sin((2 * Math.PI * t) / 7) + 2 * random.normal(),
	);
	return { values, start: 19_000, every: 1, periods: [7] };
}

function poisoned(): Series {
	const { values, ...rest } = series();
	values[3] = Number.NaN;
	return { ...rest, values };
}

/** A row of a query is a step ahead. */
const shape = {
	from: (buffer: ArrayBuffer) => FittedForecast.from(buffer),
	train: series,
	poisoned,
	query: (): Horizon => ({ steps: Uint32Array.from({ length: FAR }, (_, i) => i + 1) }),
	pick: ({ steps }: Horizon, rows: readonly number[]): Horizon => ({
		steps: Uint32Array.from(rows, (row) => steps[row] as number),
	}),
	rows: ({ mean, intervals }: ForecastOutput) =>
		Array.from(mean, (value, i) => [
			value,
			...intervals.flatMap(({ lower, upper }) => [lower[i] as number, upper[i] as number]),
		]),
} satisfies Omit<LearnerCase<Series, Horizon, ForecastOutput>, 'estimator'>;

conforms('the combination of forecasts', () => ({
	estimator: combination({ horizon: HORIZON }),
	...shape,
}));

for (const method of candidates([7]))
	conforms(`the forecaster ${method.name}`, () => ({
		estimator: forecaster(method, { horizon: HORIZON }),
		...shape,
	}));
