import { numericHessian } from '$workers/math/nelder-mead';
import { logGamma } from '$workers/math/special';
import { CancelledError, type Estimator, type Run } from '../contract';
import { FittedSpend, type SpendForecast } from './fitted-spend';
import { type SpendParameters, type Spending, checkSpending } from './spending';
import { minimise } from './minimise';
import { curvatureFactor, ridgeLoss } from './uncertainty';

export interface SpendModel extends Estimator<Spending, Spending, SpendForecast> {
	fit(train: Spending, run: Run): Promise<FittedSpend>;
}

export interface SpendOptions {
	/** As of `purchaseModel`; of `gamma`: over the mean amount. */
	readonly ridge?: number;
}

const DEFAULT_RIDGE = 0.02;

/**
 * Gamma-gamma model of spend (Fader and Hardie 2013, "The gamma-gamma model of monetary value"), by
 * maximum likelihood on log p, log(q − 1) and log gamma. It takes spend to be independent of how
 * often somebody buys. Customers with a count of 0 say nothing; at least two others are needed.
 */
export function gammaGamma({ ridge = DEFAULT_RIDGE }: SpendOptions = {}): SpendModel {
	return {
		name: 'gamma-gamma',
		params: { ridge },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			const known = knownRows(train);
			const unit = known.reduce((sum, { mean }) => sum + mean, 0) / known.length;
			const loss = (logs: Float64Array) =>
				ridgeLoss(logs, ridge) - logLikelihood(parametersOf(logs, unit), known);
			const point = await minimise(loss, START, run);
			run.onProgress({ done: 1, total: 1 });
			const { p, q, gamma } = parametersOf(point, unit);
			return new FittedSpend({
				logs: Float64Array.of(p, q - 1, gamma).map(Math.log),
				factor: curvatureFactor(numericHessian(loss, point), START.length),
			});
		},
	};
}

const START = [1, 1, 0];

interface Known {
	readonly count: number;
	readonly mean: number;
	readonly logMean: number;
}

function knownRows(spending: Spending): Known[] {
	checkSpending(spending);
	const known = Array.from(spending.count, (count, row) => {
		const mean = spending.mean[row] as number;
		return { count, mean, logMean: Math.log(mean) };
	}).filter(({ count }) => count > 0);
	if (known.length < 2)
		throw new RangeError('the spend of at least two customers must be known to learn from it');
	return known;
}

function parametersOf(logs: Float64Array, unit: number) {
	const [p = 1, above = 1, gamma = 1] = logs.map(Math.exp);
	return { p, q: 1 + above, gamma: gamma * unit };
}

/** Fader and Hardie 2013, equation 1a. */
function logLikelihood({ p, q, gamma }: SpendParameters, known: readonly Known[]): number {
	const ofAll = q * Math.log(gamma) - logGamma(q);
	const ofCount = new Map<number, number>();
	let sum = 0;
	for (const { count, mean, logMean } of known) {
		const shape = p * count;
		if (!ofCount.has(count))
			ofCount.set(count, ofAll + logGamma(shape + q) - logGamma(shape) + shape * Math.log(count));
		sum +=
			(ofCount.get(count) as number) +
			(shape - 1) * logMean -
			(shape + q) * Math.log(gamma + count * mean);
	}
	return sum;
}
