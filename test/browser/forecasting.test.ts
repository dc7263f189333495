import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAR, LENGTH, valueAt } from '../support/forecasting-series';

/** Fits in a worker, as the app does; what comes back are forecasts by name, or why there is none. */
type Answer = Record<string, { mean: Float64Array } | { error: string }>;

let worker: Worker;
let answer: Answer;
beforeAll(async () => {
	worker = new Worker(new URL('../support/forecasting.worker.ts', import.meta.url), {
		type: 'module',
	});
	answer = await new Promise<Answer>((resolve, reject) => {
		worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
		worker.onerror = ({ message }) => reject(new Error(message));
	});
});
afterAll(() => worker.terminate());

describe('the forecasters that come as WASM', () => {
	it.each(['ETS', 'MSTL', 'Prophet'])('%s fits and forecasts in a worker', (name) => {
		const found = answer[name];
		expect(found).not.toHaveProperty('error');
		const { mean } = found as { mean: Float64Array };
		expect(mean).toHaveLength(FAR);
		mean.forEach((value, h) => {
			const truth = valueAt(LENGTH + h);
			expect(Math.abs(value - truth) / truth).toBeLessThan(0.1);
		});
	});
});
