import { beta, exponential, gamma } from '$workers/math/draw';
import type { Random } from '$workers/math/random';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { Fitted } from '../contract';
import {
	type PurchaseKind,
	type PurchaseParameters,
	beliefIfAlive,
	chanceAlive,
	expectedIfAlive,
	parametersOf,
} from './dropout';
import {
	type Histories,
	type HistoryQuery,
	type PurchaseForecast,
	checkHistories,
} from './histories';
import { type TraitScale, logRatesOf, standardise } from './traits';
import { drawNormal } from './uncertainty';

/** Before the weights of traits. */
const PARAMETERS = 4;

interface State {
	readonly kind: PurchaseKind;
	/** Logarithms of r, alpha, a and b, and a weight for each trait. */
	readonly coefficients: Float64Array;
	/** See `curvatureFactor`. */
	readonly factor: Float64Array;
	readonly scale: TraitScale;
	readonly logLikelihood: number;
}

/** A fitted BG/NBD or MBG/NBD: four parameters, weights of traits, and how sure they are. */
export class FittedPurchases implements Fitted<HistoryQuery, PurchaseForecast> {
	readonly #state: State;

	constructor(state: State) {
		this.#state = state;
	}

	get kind(): PurchaseKind {
		return this.#state.kind;
	}

	get parameters(): PurchaseParameters {
		return parametersOf(this.#state.coefficients);
	}

	/** Of the training data, without the ridge. */
	get logLikelihood(): number {
		return this.#state.logLikelihood;
	}

	async predict(query: HistoryQuery): Promise<PurchaseForecast> {
		return this.forecast(query);
	}

	forecast(query: HistoryQuery): PurchaseForecast {
		if (!(query.horizon >= 0)) throw new RangeError('a horizon must be 0 or more');
		const { kind, parameters } = this;
		const rates = this.rates(query);
		const alive = new Float64Array(rates.length);
		const expected = new Float64Array(rates.length);
		const ifAlive = remember((x = 0, age = 0, horizon = 0) =>
			expectedIfAlive(beliefIfAlive(kind, parameters, x, age), horizon),
		);
		query.frequency.forEach((x, row) => {
			const rate = rates[row] as number;
			const recency = rate * (query.recency[row] as number);
			const age = rate * (query.age[row] as number);
			alive[row] = chanceAlive(kind, parameters, x, recency, age);
			expected[row] = (alive[row] as number) * ifAlive(x, age, rate * query.horizon);
		});
		return { expected, alive };
	}

	/** How many times the usual rate each customer's traits stand for; 1 without traits. */
	rates(histories: Histories): Float64Array {
		checkHistories(histories);
		const { coefficients, scale } = this.#state;
		const traits = standardise(histories, scale);
		return logRatesOf(traits, coefficients.subarray(PARAMETERS), histories.age.length).map(
			Math.exp,
		);
	}

	/** The same model with parameters as far from the best as the data leave open. */
	redraw(random: Random): FittedPurchases {
		const { coefficients, factor } = this.#state;
		return new FittedPurchases({
			...this.#state,
			coefficients: drawNormal(coefficients, factor, random),
		});
	}

	/** One future of each customer: the purchases within the horizon. */
	simulate(query: HistoryQuery, random: Random): Uint32Array {
		const { kind, parameters } = this;
		const rates = this.rates(query);
		return Uint32Array.from(query.frequency, (x, row) => {
			const rate = rates[row] as number;
			const recency = rate * (query.recency[row] as number);
			const age = rate * (query.age[row] as number);
			if (random.next() >= chanceAlive(kind, parameters, x, recency, age)) return 0;
			const belief = beliefIfAlive(kind, parameters, x, age);
			return drawPurchases(belief, rate * query.horizon, random);
		});
	}

	toBuffer(): ArrayBuffer {
		const { kind, coefficients, factor, scale, logLikelihood } = this.#state;
		return encodeTensors({
			arrays: { coefficients, factor, ...scale, logLikelihood: Float64Array.of(logLikelihood) },
			metadata: { learner: 'purchases', kind },
		});
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this learner. */
	static from(buffer: ArrayBuffer): FittedPurchases {
		const { arrays, metadata } = decodeTensors(buffer);
		const kind = metadata['kind'];
		if (metadata['learner'] !== 'purchases' || (kind !== 'bgnbd' && kind !== 'mbgnbd'))
			throw new RangeError('the bytes are not those of a purchase model');
		const read = (name: string, length?: number): Float64Array => {
			const array = arrays[name];
			if (!(array instanceof Float64Array) || (length !== undefined && array.length !== length))
				throw new RangeError(`purchase model: ${name} is missing or of another length`);
			return array.slice();
		};
		const means = read('means');
		const size = PARAMETERS + means.length;
		return new FittedPurchases({
			kind,
			coefficients: read('coefficients', size),
			factor: read('factor', size * size),
			scale: { means, deviations: read('deviations', means.length) },
			logLikelihood: read('logLikelihood', 1)[0] as number,
		});
	}

	dispose(): void {
		// Holds numbers alone.
	}
}

/** Lives through the horizon of somebody who is there: buys, and may leave after each purchase. */
function drawPurchases({ r, alpha, a, b }: PurchaseParameters, horizon: number, random: Random) {
	const rate = gamma(r, random) / alpha;
	const leaves = beta(a, b, random);
	let at = exponential(random) / rate;
	let count = 0;
	while (at < horizon) {
		count++;
		if (random.next() < leaves) break;
		at += exponential(random) / rate;
	}
	return count;
}

/** Many customers are alike; the series is summed once for them. */
function remember(compute: (...key: readonly number[]) => number) {
	const known = new Map<string, number>();
	return (...key: readonly number[]): number => {
		const name = key.join(' ');
		let value = known.get(name);
		if (value === undefined) known.set(name, (value = compute(...key)));
		return value;
	};
}
