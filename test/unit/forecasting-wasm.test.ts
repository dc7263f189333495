import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { autoEts, combination, forecaster, mstl, prophet } from '$workers/learners/forecasting';
import type { WasmBytes } from '$workers/learners/forecasting';
import { holidaysOf } from '$workers/table/calendar';
import { plainRun } from '../conformance/learner';
import { FAR, LENGTH, valueAt, weekly } from '../support/forecasting-series';

const wasm: WasmBytes = async (module) =>
	new Uint8Array(await readFile(`node_modules/@bsull/augurs/${module}_bg.wasm`));
const truth = Array.from({ length: FAR }, (_, h) => valueAt(LENGTH + h));

function errorOf(forecast: ArrayLike<number>): number {
	return Math.max(...truth.map((value, h) => Math.abs((forecast[h] as number) / value - 1)));
}

describe('the forecasters that come as WASM', () => {
	it.each([autoEts(wasm), mstl(wasm), prophet(wasm)])('$name carries a week on', async (method) => {
		expect(errorOf(await method.forecast(weekly, FAR))).toBeLessThan(0.1);
	});

	it.each([autoEts(wasm), mstl(wasm), prophet(wasm)])(
		'$name has intervals as a learner, and forecasts the same twice',
		async (method) => {
			const learner = forecaster(method, { horizon: FAR });
			const first = await learner.fit(weekly, plainRun());
			const second = await learner.fit(weekly, plainRun());
			expect(new Uint8Array(second.toBuffer())).toEqual(new Uint8Array(first.toBuffer()));
			const { intervals } = await first.predict({ steps: Uint32Array.of(1, FAR) });
			expect(intervals.map(({ level }) => level)).toEqual([0.5, 0.8]);
		},
	);

	it('combine with the others', async () => {
		const fitted = await combination({ horizon: FAR }, [mstl(wasm)]).fit(weekly, plainRun());
		const { mean } = await fitted.predict({ steps: Uint32Array.from(truth, (_, h) => h + 1) });
		expect(errorOf(mean)).toBeLessThan(0.05);
	});

	it('make do without a full season in MSTL', async () => {
		const short = { ...weekly, values: weekly.values.slice(0, 13), periods: [7] };
		expect(await mstl(wasm).forecast(short, FAR)).toHaveLength(FAR);
	});

	it('learn what holidays do in Prophet', async () => {
		const start = weekly.start;
		const holidays = holidaysOf('PT', start, start + LENGTH + FAR);
		const days = new Set(holidays.columns.day.values);
		const values = weekly.values.map((value, t) => (days.has(start + t) ? 1.5 * value : value));
		const forecast = await prophet(wasm).forecast({ ...weekly, values, holidays }, FAR);
		expect(forecast.every(Number.isFinite)).toBe(true);
	});

	it('say by an Error what they cannot forecast', async () => {
		const broken = { ...weekly, values: new Float64Array(40).fill(Number.NaN) };
		await expect(mstl(wasm).forecast(broken, FAR)).rejects.toThrow(RangeError);
	});
});
