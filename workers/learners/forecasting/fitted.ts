import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { type FittedForecaster, type ForecastOutput, type Horizon, LEVELS } from './contract';

const FORMAT = 'forecast 1';

/** A forecast for every step up to the horizon, ready to be read. */
export class FittedForecast implements FittedForecaster {
	/** Share that each method has in the forecast, by name. */
	readonly weights: Readonly<Record<string, number>>;
	readonly #all: ForecastOutput;

	/** `notNegative`: the series never was, so the forecast is not either. */
	constructor(
		{ mean, intervals }: ForecastOutput,
		weights: Readonly<Record<string, number>>,
		notNegative: boolean,
	) {
		const bounded = (values: Float64Array) =>
			notNegative ? values.map((value) => Math.max(0, value)) : values;
		this.weights = weights;
		this.#all = {
			mean: bounded(mean),
			intervals: intervals.map(({ level, lower, upper }) => ({
				level,
				lower: bounded(lower),
				upper: bounded(upper),
			})),
		};
	}

	get horizon(): number {
		return this.#all.mean.length;
	}

	/** A RangeError for a step that is not from 1 to the horizon. */
	async predict({ steps }: Horizon): Promise<ForecastOutput> {
		if (!steps.every((step) => step >= 1 && step <= this.horizon))
			throw new RangeError(`this forecast reaches ${this.horizon} steps: fit one for more`);
		const pick = (values: Float64Array) =>
			Float64Array.from(steps, (step) => values[step - 1] as number);
		const { mean, intervals } = this.#all;
		return {
			mean: pick(mean),
			intervals: intervals.map(({ level, lower, upper }) => ({
				level,
				lower: pick(lower),
				upper: pick(upper),
			})),
		};
	}

	toBuffer(): ArrayBuffer {
		const { mean, intervals } = this.#all;
		const bounds = intervals.flatMap(({ level, lower, upper }) => [
			[`lower ${level}`, lower],
			[`upper ${level}`, upper],
		]);
		return encodeTensors({
			arrays: { mean, ...Object.fromEntries(bounds) },
			metadata: { format: FORMAT, weights: JSON.stringify(this.weights) },
		});
	}

	/** The inverse of `toBuffer`; a RangeError for a buffer that is none of ours, or damaged. */
	static from(buffer: ArrayBuffer): FittedForecast {
		const { arrays, metadata } = decodeTensors(buffer);
		if (metadata['format'] !== FORMAT) throw new RangeError('this buffer holds no forecast');
		const mean = arrays['mean'];
		const read = (name: string): Float64Array => {
			const values = arrays[name];
			if (!(values instanceof Float64Array) || values.length !== mean?.length)
				throw new RangeError('this forecast is damaged: fit it again');
			return values.slice();
		};
		const intervals = LEVELS.map((level) => ({
			level,
			lower: read(`lower ${level}`),
			upper: read(`upper ${level}`),
		}));
		return new FittedForecast({ mean: read('mean'), intervals }, readWeights(metadata), false);
	}

	dispose(): void {}
}

function readWeights({ weights = '' }: Readonly<Record<string, string>>): Record<string, number> {
	try {
		return JSON.parse(weights) as Record<string, number>;
	} catch {
		throw new RangeError('this forecast is damaged: fit it again');
	}
}
