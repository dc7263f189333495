import { nameAt } from '$workers/table/column';
import type { HolidayTable } from '$workers/table/bookings';
import type { Method, Series } from './contract';
import { autoregression } from './autoregression';
import { putTogether, takeApart } from './seasonal';

/** Which WASM file of `@bsull/augurs` is wanted. */
export type AugursModule = 'ets' | 'mstl' | 'prophet';

/**
 * Hands over the bytes of a WASM file where it cannot be fetched (Node). Left out in a browser: there
 * each module finds its file beside itself, at our own origin, as the build put it.
 */
export type WasmBytes = (module: AugursModule) => Promise<BufferSource>;

const SECONDS_OF_A_DAY = 86_400;
/**
 * Exponential smoothing without seasons of any form (Hyndman, Koehler, Ord and Snyder 2008), chosen by
 * AICc, by augurs, on what our decomposition leaves; its own seasonal forms are not there yet. Loaded
 * when first used.
 */
export function autoEts(wasm?: WasmBytes): Method {
	return {
		name: 'ETS',
		async forecast({ values, periods }, horizon) {
			const { AutoETS } = await load('ets', () => import('@bsull/augurs/ets'), wasm);
			const { rest, parts } = takeApart(values, periods);
			const forecast = guarded('ETS', () => {
				const model = new AutoETS(1, 'ZZN');
				return released(model, () => {
					model.fit(rest);
					return model.predict(horizon).point;
				});
			});
			return putTogether(forecast, parts, values.length);
		},
	};
}

/**
 * Trend by ETS and several seasons by repeated STL (Bandara, Hyndman and Bergmeir 2021); by augurs.
 * Needs two full seasons: without them, autoregression stands in.
 */
export function mstl(wasm?: WasmBytes): Method {
	return {
		name: 'MSTL',
		async forecast(series, horizon) {
			const { values, periods } = series;
			const seen = periods.filter((period) => period > 1 && 2 * period <= values.length);
			if (seen.length === 0) return autoregression.forecast(series, horizon);
			const { MSTL } = await load('mstl', () => import('@bsull/augurs/mstl'), wasm);
			return guarded('MSTL', () => {
				const model = MSTL.ets([...seen]);
				return released(model, () => {
					model.fit(values);
					return model.predict(horizon).point;
				});
			});
		},
	};
}

/**
 * Prophet (Taylor and Letham 2018): a trend that bends, seasons of the week and year, holidays; seasons
 * multiply where all values are positive. By augurs, with Prophet's own Stan model in WASM;
 * a RangeError where that breaks down.
 */
export function prophet(wasm?: WasmBytes): Method {
	return {
		name: 'Prophet',
		async forecast(series, horizon) {
			const { Prophet } = await load('prophet', () => import('@bsull/augurs/prophet'), wasm);
			const { optimizer } = await import('@bsull/augurs-prophet-wasmstan');
			const { values } = series;
			const fitWith = (seasonalityMode: 'multiplicative' | 'additive') =>
				guarded('Prophet', () => {
					const model = new Prophet({
						optimizer,
						seasonalityMode,
						// Intervals come from rolling origins.
						uncertaintySamples: 0,
						...(series.holidays && { holidays: holidayEffects(series.holidays) }),
					});
					return released(model, () => {
						model.fit({ ds: instants(series, 0, values.length), y: values }, { seed: 1 });
						return model.predict({ ds: instants(series, values.length, horizon) }).yhat.point;
					});
				});
			if (!values.every((value) => value > 0)) return fitWith('additive');
			try {
				return fitWith('multiplicative');
			} catch {
				// Stan breaks down on some series of some lengths: seasons that add are worth a second try.
				return fitWith('additive');
			}
		},
	};
}

/** UTC seconds. */
function instants({ start, every }: Series, from: number, count: number): number[] {
	return Array.from({ length: count }, (_, i) =>
		Math.round((start + (from + i) * every) * SECONDS_OF_A_DAY),
	);
}

function holidayEffects({ count, columns }: HolidayTable) {
	const effects = new Map<string, { occurrences: { start: number; end: number }[] }>();
	for (let row = 0; row < count; row++) {
		const name = nameAt(columns.name, row);
		const start = (columns.day.values[row] as number) * SECONDS_OF_A_DAY;
		const effect = effects.get(name) ?? { occurrences: [] };
		effect.occurrences.push({ start, end: start + SECONDS_OF_A_DAY });
		effects.set(name, effect);
	}
	return effects;
}

interface Loadable {
	default(from?: { module_or_path: BufferSource }): Promise<unknown>;
}

/** Modules whose WASM is there, or on its way. */
const ready = new Map<AugursModule, Promise<unknown>>();

async function load<Module extends Loadable>(
	name: AugursModule,
	importModule: () => Promise<Module>,
	wasm?: WasmBytes,
): Promise<Module> {
	const module = await importModule();
	if (!ready.has(name)) {
		const loading = wasm
			? wasm(name).then((bytes) => module.default({ module_or_path: bytes }))
			: module.default();
		ready.set(name, loading);
		// One that failed may be tried again.
		loading.catch(() => ready.delete(name));
	}
	await ready.get(name);
	return module;
}

/** What comes from WASM is not always an Error. */
function guarded(name: string, forecast: () => Float64Array): Float64Array {
	try {
		return forecast();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new RangeError(`${name} cannot forecast this series (${reason}): use another method`, {
			cause: error,
		});
	}
}

/** WASM memory is not collected with the object. */
function released(model: { free(): void }, forecast: () => number[]): Float64Array {
	try {
		return Float64Array.from(forecast());
	} finally {
		model.free();
	}
}
