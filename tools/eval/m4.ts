import { naive2, forecastSet } from '$workers/learners/forecasting';
import { seededRandom } from '$workers/math/random';
import { mase, owa, smape, type ForecastErrors } from '$workers/metrics';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { readSeriesRows } from './series-file';

const DEFAULT_SEED = 1;

interface Competition {
	readonly train: readonly Float64Array[];
	readonly test: readonly Float64Array[];
	readonly horizon: number;
	readonly period: number;
}

/** Forecasts a set of series by themselves, measured as the M4 competition was. */
export const m4: Task = {
	required: ['train', 'test', 'period'],
	optional: ['seed'],
	async run({ train = '', test = '', period = '', seed }: Options): Promise<Evaluation> {
		const task = readTask(train, test, wholeNumber('period', period));
		const random = seededRandom(seed ? wholeNumber('seed', seed) : DEFAULT_SEED);
		const started = performance.now();
		const { combined, methods, periods } = await forecastSet(
			task.train,
			{ horizon: task.horizon, periods: [task.period] },
			{ cancelled: () => false, random, onProgress: () => undefined },
		);
		const seconds = (performance.now() - started) / 1000;
		const naive = task.train.map((values) =>
			naive2.forecast({ values, periods: [task.period] }, task.horizon),
		);
		const benchmark = errorsOf(task, naive);
		const figures = (forecasts: readonly Float64Array[]) => {
			const errors = errorsOf(task, forecasts);
			return { ...errors, owa: owa(errors, benchmark) };
		};
		const own = figures(combined);
		return {
			figures: {
				...own,
				naive: { ...benchmark, owa: 1 },
				seconds,
				rows: task.train.length,
				seed: seed ? Number(seed) : DEFAULT_SEED,
			},
			table: [
				`${task.train.length} series, seasons ${periods.join(', ') || 'none'}`,
				line('combination', own),
				line('naive2', { ...benchmark, owa: 1 }),
				...[...methods]
					.filter(([, forecasts]) => forecasts.every(isSound))
					.map(([name, forecasts]) => line(name, figures(forecasts))),
			],
		};
	},
};

function readTask(trainPath: string, testPath: string, period: number): Competition {
	const train = readSeriesRows(trainPath);
	const test = readSeriesRows(testPath);
	const ids = [...train.keys()].filter((id) => test.has(id));
	if (ids.length < train.size || ids.length < test.size)
		throw new EvaluationError(`${testPath}: its ids are not those of ${trainPath}`);
	const truths = ids.map((id) => test.get(id) as Float64Array);
	const horizon = Math.max(...truths.map(({ length }) => length));
	if (horizon < 1) throw new EvaluationError(`${testPath}: there is nothing to forecast`);
	const short = ids.findIndex(
		(id) => (train.get(id) as Float64Array).length <= Math.max(2, period),
	);
	if (short >= 0)
		throw new EvaluationError(`${trainPath}: row ${short + 1} is no longer than a period`);
	return { train: ids.map((id) => train.get(id) as Float64Array), test: truths, horizon, period };
}

/** Means over series, as M4 has them (Mcompetitions/M4-methods, "Benchmarks and Evaluation.R"). */
function errorsOf(
	{ train, test, period }: Competition,
	forecasts: readonly Float64Array[],
): ForecastErrors {
	const of = (measure: (truth: Float64Array, forecast: Float64Array, i: number) => number) =>
		test.reduce((sum, truth, i) => {
			const forecast = (forecasts[i] as Float64Array).subarray(0, truth.length);
			return sum + measure(truth, forecast, i) / test.length;
		}, 0);
	return {
		smape: of(smape),
		mase: of((truth, forecast, i) => mase(truth, forecast, train[i] as Float64Array, period)),
	};
}

const isSound = (forecast: Float64Array) => forecast.every(Number.isFinite);

export function wholeNumber(name: string, text: string): number {
	if (!/^[1-9]\d{0,8}$/.test(text)) throw new EvaluationError(`--${name} is a whole number`);
	return Number(text);
}

function line(
	name: string,
	{ smape: percent, mase: scaled, owa: both }: ForecastErrors & { owa: number },
) {
	return `${name.padEnd(52)} sMAPE ${percent.toFixed(3)}   MASE ${scaled.toFixed(3)}   OWA ${both.toFixed(3)}`;
}
