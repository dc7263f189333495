import { autoEts, mstl, prophet } from '$workers/learners/forecasting';
import { FAR, weekly } from './forecasting-series';

const answers = [autoEts(), mstl(), prophet()].map(async (method) => {
	try {
		return [method.name, { mean: await method.forecast(weekly, FAR) }] as const;
	} catch (error) {
		return [method.name, { error: String(error) }] as const;
	}
});
self.postMessage(Object.fromEntries(await Promise.all(answers)));
