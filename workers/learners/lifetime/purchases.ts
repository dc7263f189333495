import { numericHessian } from '$workers/math/nelder-mead';
import { CancelledError, type Estimator, type Run } from '../contract';
import {
	type PurchaseKind,
	type CountTerms,
	logLikelihoodOf,
	parametersOf,
	termsOfCount,
} from './dropout';
import { FittedPurchases } from './fitted-purchases';
import {
	type Histories,
	type HistoryQuery,
	type PurchaseForecast,
	checkHistories,
} from './histories';
import { type TraitScale, logRatesOf, scaleOf, standardise } from './traits';
import { minimise } from './minimise';
import { curvatureFactor, ridgeLoss } from './uncertainty';

export interface PurchaseModel extends Estimator<Histories, HistoryQuery, PurchaseForecast> {
	fit(train: Histories, run: Run): Promise<FittedPurchases>;
}

export interface PurchaseOptions {
	/**
	 * Precision of a normal prior around 0 on the logarithms of the parameters (of `alpha`: over the
	 * mean age), so that there is a maximum where nobody leaves; .02 if left out, which moves no
	 * likelihood by a tenth.
	 */
	readonly ridge?: number;
}

const DEFAULT_RIDGE = 0.02;

/**
 * BG/NBD and MBG/NBD (see `dropout.ts`), fitted by maximum likelihood on the logarithms of their four
 * parameters; a trait multiplies a customer's rate (Fader and Hardie 2007, "Incorporating
 * time-invariant covariates into the Pareto/NBD and BG/NBD models"). Fitting draws no random
 * numbers. At least one customer must have bought again.
 */
export function purchaseModel(
	kind: PurchaseKind,
	{ ridge = DEFAULT_RIDGE }: PurchaseOptions = {},
): PurchaseModel {
	return {
		name: kind,
		params: { ridge },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			checkHistories(train);
			if (!train.frequency.some((x) => x > 0))
				throw new RangeError('nobody bought again: there is nothing to learn from');
			const unit = train.age.reduce((sum, age) => sum + age, 0) / train.age.length;
			const scale = scaleOf(train);
			const logLikelihood = likelihoodOf(kind, train, scale);
			const inUnits = (point: Float64Array) =>
				point.map((value, i) => (i === ALPHA ? value + Math.log(unit) : value));
			const loss = (point: Float64Array) => ridgeLoss(point, ridge) - logLikelihood(inUnits(point));
			const start = [...START, ...scale.means.map(() => 0)];
			const point = await minimise(loss, start, run);
			run.onProgress({ done: 1, total: 1 });
			return new FittedPurchases({
				kind,
				coefficients: inUnits(point),
				factor: curvatureFactor(numericHessian(loss, point), point.length),
				scale,
				logLikelihood: logLikelihood(inUnits(point)),
			});
		},
	};
}

/** Logarithms of r, alpha over the mean age, a and b. */
const START = [-0.7, -1, 0, 0.5];
const ALPHA = 1;

/** Customers of one frequency share its gammas, and without traits many are alike in all. */
interface Alike {
	readonly frequency: number;
	readonly recency: number;
	readonly age: number;
	/** One of them, for the traits. */
	readonly row: number;
	customers: number;
}

/** A function of the coefficients: the logarithms of the four parameters, and weights of traits. */
function likelihoodOf(kind: PurchaseKind, train: Histories, scale: TraitScale) {
	const alike = countAlike(train);
	const traits = standardise(train, scale);
	return (coefficients: Float64Array): number => {
		const parameters = parametersOf(coefficients);
		const logRates = logRatesOf(traits, coefficients.subarray(START.length), train.age.length);
		const known = new Map<number, CountTerms>();
		let sum = 0;
		for (const { frequency, recency, age, row, customers } of alike) {
			let terms = known.get(frequency);
			if (!terms) known.set(frequency, (terms = termsOfCount(kind, parameters, frequency)));
			// Buying `rate` times as often is the same as time that runs as much faster.
			const logRate = logRates[row] as number;
			const rate = Math.exp(logRate);
			const own = logLikelihoodOf(parameters, terms, frequency, rate * recency, rate * age);
			sum += customers * (own + frequency * logRate);
		}
		return sum;
	};
}

function countAlike({ frequency, recency, age, traits = [] }: Histories): Alike[] {
	const found = new Map<string, Alike>();
	frequency.forEach((x, row) => {
		const [last, whole] = [recency[row] as number, age[row] as number];
		const key = [x, last, whole, ...traits.map((trait) => trait[row])].join(' ');
		const same = found.get(key);
		if (same) same.customers++;
		else found.set(key, { frequency: x, recency: last, age: whole, row, customers: 1 });
	});
	return [...found.values()];
}
