import { nelderMead, numericHessian } from '$workers/math/nelder-mead';
import { CancelledError, type Estimator, type Run } from '../contract';
import {
	type PurchaseKind,
	type PurchaseParameters,
	logLikelihoodOfCount,
	logLikelihoodOfTimes,
} from './dropout';
import { FittedPurchases } from './fitted-purchases';
import {
	type Histories,
	type HistoryQuery,
	type PurchaseForecast,
	checkHistories,
} from './histories';
import { curvatureFactor } from './uncertainty';

export interface PurchaseOptions {
	/**
	 * Precision of a normal prior around 0 on the logarithms of the parameters (of `alpha`: over the
	 * mean age), so that there is a maximum where nobody leaves; .02 if left out, which moves no
	 * likelihood by a tenth.
	 */
	readonly ridge?: number;
}

const DEFAULT_RIDGE = 0.02;
const MOST_EVALUATIONS = 3000;

/**
 * BG/NBD and MBG/NBD (see `dropout.ts`), fitted by maximum likelihood on the logarithms of their four
 * parameters. Fitting draws no random numbers. At least one customer must have bought again.
 */
export function purchaseModel(
	kind: PurchaseKind,
	{ ridge = DEFAULT_RIDGE }: PurchaseOptions = {},
): Estimator<Histories, HistoryQuery, PurchaseForecast> & {
	fit(train: Histories, run: Run): Promise<FittedPurchases>;
} {
	return {
		name: kind,
		params: { ridge },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			checkHistories(train);
			if (!train.frequency.some((x) => x > 0))
				throw new RangeError('nobody bought again: there is nothing to learn from');
			const unit = train.age.reduce((sum, age) => sum + age, 0) / train.age.length;
			const counted = countEqual(train);
			const loss = (logs: Float64Array) => {
				if (run.cancelled()) throw new CancelledError();
				return penalty(logs, ridge) - logLikelihood(kind, parametersOf(logs, unit), counted);
			};
			const minimum = nelderMead(loss, START, { maxEvaluations: MOST_EVALUATIONS });
			run.onProgress({ done: 1, total: 1 });
			const parameters = parametersOf(minimum.point, unit);
			const { r, alpha, a, b } = parameters;
			return new FittedPurchases({
				kind,
				logs: Float64Array.of(r, alpha, a, b).map(Math.log),
				factor: curvatureFactor(numericHessian(loss, minimum.point), START.length),
				logLikelihood: logLikelihood(kind, parameters, counted),
			});
		},
	};
}

/** Logarithms of r, alpha over the mean age, a and b. */
const START = [-0.7, -1, 0, 0.5];
/** Outside, powers overflow; no data is described by such numbers. */
const FURTHEST = 15;

function parametersOf(logs: Float64Array, unit: number): PurchaseParameters {
	const [r = 1, alpha = 1, a = 1, b = 1] = logs.map(Math.exp);
	return { r, alpha: alpha * unit, a, b };
}

function penalty(logs: Float64Array, ridge: number): number {
	if (logs.some((log) => Math.abs(log) > FURTHEST)) return Number.POSITIVE_INFINITY;
	return (ridge / 2) * logs.reduce((sum, log) => sum + log * log, 0);
}

/** Customers of one frequency together: its gammas are computed once. */
type Counted = readonly { readonly frequency: number; readonly times: readonly Times[] }[];
interface Times {
	readonly recency: number;
	readonly age: number;
	readonly customers: number;
}

function countEqual({ frequency, recency, age }: Histories): Counted {
	const groups = new Map<number, Map<string, Times>>();
	frequency.forEach((x, row) => {
		const times = groups.get(x) ?? new Map<string, Times>();
		groups.set(x, times);
		const [last, whole] = [recency[row] as number, age[row] as number];
		const key = `${last} ${whole}`;
		const customers = (times.get(key)?.customers ?? 0) + 1;
		times.set(key, { recency: last, age: whole, customers });
	});
	return Array.from(groups, ([x, times]) => ({ frequency: x, times: [...times.values()] }));
}

function logLikelihood(kind: PurchaseKind, parameters: PurchaseParameters, counted: Counted) {
	let sum = 0;
	for (const { frequency, times } of counted) {
		const ofCount = logLikelihoodOfCount(kind, parameters, frequency);
		for (const { recency, age, customers } of times)
			sum +=
				customers * (ofCount + logLikelihoodOfTimes(kind, parameters, frequency, recency, age));
	}
	return sum;
}
