import { gamma as drawGamma } from '$workers/math/draw';
import type { Random } from '$workers/math/random';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { Fitted } from '../contract';
import { type SpendParameters, type Spending, checkSpending } from './spending';
import { drawNormal } from './uncertainty';

/** For each customer, in the order of the query. */
export interface SpendForecast {
	/** Mean amount of a purchase to come, in money. */
	readonly mean: Float64Array;
}

interface State {
	/** Logarithms of p, q − 1 and gamma. */
	readonly logs: Float64Array;
	/** See `curvatureFactor`. */
	readonly factor: Float64Array;
}

/** A fitted gamma-gamma model: three parameters and how sure they are. */
export class FittedSpend implements Fitted<Spending, SpendForecast> {
	readonly #state: State;

	constructor(state: State) {
		this.#state = state;
	}

	get parameters(): SpendParameters {
		const [p = 1, above = 1, gamma = 1] = this.#state.logs.map(Math.exp);
		return { p, q: 1 + above, gamma };
	}

	async predict(query: Spending): Promise<SpendForecast> {
		return this.forecast(query);
	}

	/** p (γ + x m̄) / (p x + q − 1): between the customer's own mean and that of all. */
	forecast(query: Spending): SpendForecast {
		checkSpending(query);
		const { p, q, gamma } = this.parameters;
		const mean = query.count.map((x, row) => {
			const spent = x > 0 ? x * (query.mean[row] as number) : 0;
			return (p * (gamma + spent)) / (p * x + q - 1);
		});
		return { mean };
	}

	/** The same model with parameters as far from the best as the data leave open. */
	redraw(random: Random): FittedSpend {
		const { logs, factor } = this.#state;
		return new FittedSpend({ logs: drawNormal(logs, factor, random), factor });
	}

	/** One future of each customer: the money spent at a number of purchases to come. */
	simulate({ count, mean }: Spending, purchases: Uint32Array, random: Random): Float64Array {
		const { p, q, gamma } = this.parameters;
		return Float64Array.from(purchases, (bought, row) => {
			if (bought === 0) return 0;
			const x = count[row] as number;
			const rest = gamma + (x > 0 ? x * (mean[row] as number) : 0);
			const rate = drawGamma(p * x + q, random) / rest;
			return drawGamma(p * bought, random) / rate;
		});
	}

	toBuffer(): ArrayBuffer {
		return encodeTensors({ arrays: { ...this.#state }, metadata: { learner: 'gamma-gamma' } });
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this learner. */
	static from(buffer: ArrayBuffer): FittedSpend {
		const { arrays, metadata } = decodeTensors(buffer);
		const { logs, factor } = arrays;
		if (
			metadata['learner'] !== 'gamma-gamma' ||
			!(logs instanceof Float64Array && logs.length === 3) ||
			!(factor instanceof Float64Array && factor.length === 9)
		)
			throw new RangeError('the bytes are not those of a spend model');
		return new FittedSpend({ logs: logs.slice(), factor: factor.slice() });
	}

	dispose(): void {
		// Holds numbers alone.
	}
}
