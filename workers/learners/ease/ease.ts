import type { Device } from '$workers/device/device';
import { Pacer } from '../boosted-trees/pause';
import type { Estimator, Run } from '../contract';
import type { Interactions, ItemQuery, RankedItems } from '../interactions';
import { checkInteractions } from '../rank-items';
import { FittedEase } from './fitted';
import { gramOf } from './gram';
import { inversionWork, invert } from './inverse';
import { EASE_DEFAULTS, type EaseParams, checkParams, denoising } from './params';

/** The share of the time that counting takes, roughly. */
const COUNTING = 0.1;

export interface Ease extends Estimator<Interactions, ItemQuery, RankedItems> {
	fit(train: Interactions, run: Run): Promise<FittedEase>;
}

/**
 * EASE: item-to-item weights that best tell each act of a history from the others, in closed form
 * (Steck 2019, "Embarrassingly shallow autoencoders for sparse data"); with `dropout`, its denoising
 * variant (Steck 2020, "Autoencoders that don't overfit towards the identity").
 *
 * The Gram matrix takes 4 bytes for each pair of items: 49 MB for 3,500. Parameters outside of their
 * ranges, and interactions that are negative or no numbers, throw a RangeError.
 */
export function ease(params: Partial<EaseParams>, device: Device): Ease {
	const all = { ...EASE_DEFAULTS, ...params };
	checkParams(all);
	return { name: 'ease', params: { ...all }, fit: (train, run) => fit(train, all, device, run) };
}

async function fit(train: Interactions, params: EaseParams, device: Device, run: Run) {
	checkInteractions(train);
	if (train.width === 0) throw new RangeError('EASE: there are no items');
	const pacer = new Pacer(run);
	const { width } = train;
	const { values, diagonal } = await gramOf(train, params.activityPower, (rows) =>
		pacer.pace(() => (COUNTING * rows) / width),
	);
	const share = denoising(params);
	for (let item = 0; item < width; item++)
		values[item * (width + 1)] = (diagonal[item] as number) * (1 + share) + params.ridge;
	const work = Math.max(1, inversionWork(width));
	// A GPU that was lost begins anew; what is told never goes back.
	let furthest = 0;
	const inverse = await device.use((session) =>
		invert(values, width, session, async (done) => {
			furthest = Math.max(furthest, done / work);
			await pacer.pace(() => COUNTING + (1 - COUNTING) * furthest);
		}),
	);
	pacer.check();
	run.onProgress({ done: 1, total: 1 });
	return new FittedEase({ inverse, diagonal }, params);
}
