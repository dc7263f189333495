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
} from './dropout';
import { type HistoryQuery, type PurchaseForecast, checkHistories } from './histories';
import { drawNormal } from './uncertainty';

interface State {
	readonly kind: PurchaseKind;
	/** Logarithms of r, alpha, a and b. */
	readonly logs: Float64Array;
	/** See `curvatureFactor`. */
	readonly factor: Float64Array;
	readonly logLikelihood: number;
}

/** A fitted BG/NBD or MBG/NBD: four parameters and how sure they are. */
export class FittedPurchases implements Fitted<HistoryQuery, PurchaseForecast> {
	readonly #state: State;

	constructor(state: State) {
		this.#state = state;
	}

	get kind(): PurchaseKind {
		return this.#state.kind;
	}

	get parameters(): PurchaseParameters {
		return parametersOf(this.#state.logs);
	}

	/** Of the training data, without the ridge. */
	get logLikelihood(): number {
		return this.#state.logLikelihood;
	}

	async predict(query: HistoryQuery): Promise<PurchaseForecast> {
		return this.forecast(query);
	}

	forecast(query: HistoryQuery): PurchaseForecast {
		checkHistories(query);
		if (!(query.horizon >= 0)) throw new RangeError('a horizon must be 0 or more');
		const { frequency, recency, age, horizon } = query;
		const { kind, parameters } = this;
		const alive = new Float64Array(frequency.length);
		const expected = new Float64Array(frequency.length);
		const ifAlive = remember((x: number, whole: number) =>
			expectedIfAlive(beliefIfAlive(kind, parameters, x, whole), horizon),
		);
		frequency.forEach((x, row) => {
			const whole = age[row] as number;
			alive[row] = chanceAlive(kind, parameters, x, recency[row] as number, whole);
			expected[row] = (alive[row] as number) * ifAlive(x, whole);
		});
		return { expected, alive };
	}

	/** The same model with parameters as far from the best as the data leave open. */
	redraw(random: Random): FittedPurchases {
		const { logs, factor } = this.#state;
		return new FittedPurchases({ ...this.#state, logs: drawNormal(logs, factor, random) });
	}

	/** One future of each customer: the purchases within the horizon. */
	simulate({ frequency, recency, age, horizon }: HistoryQuery, random: Random): Uint32Array {
		const { kind, parameters } = this;
		return Uint32Array.from(frequency, (x, row) => {
			const whole = age[row] as number;
			const alive = chanceAlive(kind, parameters, x, recency[row] as number, whole);
			if (random.next() >= alive) return 0;
			return drawPurchases(beliefIfAlive(kind, parameters, x, whole), horizon, random);
		});
	}

	toBuffer(): ArrayBuffer {
		const { kind, logs, factor, logLikelihood } = this.#state;
		return encodeTensors({
			arrays: { logs, factor, logLikelihood: Float64Array.of(logLikelihood) },
			metadata: { learner: 'purchases', kind },
		});
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this learner. */
	static from(buffer: ArrayBuffer): FittedPurchases {
		const { arrays, metadata } = decodeTensors(buffer);
		const { logs, factor, logLikelihood } = arrays;
		const kind = metadata['kind'];
		if (
			metadata['learner'] !== 'purchases' ||
			(kind !== 'bgnbd' && kind !== 'mbgnbd') ||
			!(logs instanceof Float64Array && logs.length === 4) ||
			!(factor instanceof Float64Array && factor.length === 16) ||
			!(logLikelihood instanceof Float64Array && logLikelihood.length === 1)
		)
			throw new RangeError('the bytes are not those of a purchase model');
		return new FittedPurchases({
			kind,
			logs: logs.slice(),
			factor: factor.slice(),
			logLikelihood: logLikelihood[0] as number,
		});
	}

	dispose(): void {
		// Holds numbers alone.
	}
}

function parametersOf(logs: Float64Array): PurchaseParameters {
	const [r = 1, alpha = 1, a = 1, b = 1] = logs.map(Math.exp);
	return { r, alpha, a, b };
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

/** Many customers share frequency and age; the series is summed once for each pair. */
function remember(compute: (x: number, age: number) => number) {
	const known = new Map<number, Map<number, number>>();
	return (x: number, age: number): number => {
		let row = known.get(x);
		if (!row) known.set(x, (row = new Map()));
		let value = row.get(age);
		if (value === undefined) row.set(age, (value = compute(x, age)));
		return value;
	};
}
