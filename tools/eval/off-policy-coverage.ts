import { seededRandom } from '$workers/math/random';
import { type Estimated, type OffPolicyOptions, RunningMeans } from '$workers/metrics';
import { estimate, estimatedPolicy, type Policy, type ShownLog } from './logged-policies';

/** How often each estimator's intervals held what was planted. */
export interface Coverage {
	readonly repeats: number;
	/** What the target is worth in the planted world. */
	readonly value: number;
	readonly held: Readonly<Record<'ips' | 'snips' | 'doublyRobust', Held>>;
}

interface Held {
	readonly resampling: number;
	readonly betting: number;
}

const ESTIMATORS = ['ips', 'snips', 'doublyRobust'] as const;

/**
 * Whether the intervals hold at the size, the weights and the rarity of rewards of one log: draws
 * logs of as many rows, in which items are shown as this log showed them on average and are worth
 * what they were worth in it, and counts how often the worth of the target was held.
 */
export function coverageOf(
	log: ShownLog,
	target: Policy,
	items: number,
	{ repeats, seed, ...options }: OffPolicyOptions & { readonly repeats: number },
): Coverage {
	const logging = estimatedPolicy(log, items);
	const worth = worthOf(log, items);
	const value = meanOver(log.places, (place) => sumOf(target(place), worth));
	const held = { ips: none(), snips: none(), doublyRobust: none() };
	for (let repeat = 0; repeat < repeats; repeat++) {
		const drawn = drawnLog(log, logging, worth, `${seed}/${repeat}`);
		const found = estimate(drawn, target, items, { seed, ...options });
		for (const name of ESTIMATORS) {
			held[name].resampling += holds(found[name].bootstrap, value) / repeats;
			held[name].betting += holds(found[name].bound, value) / repeats;
		}
	}
	return { repeats, value, held };
}

const none = () => ({ resampling: 0, betting: 0 });

const holds = ({ low, high }: Estimated['bound'], value: number) =>
	Number(low <= value && value <= high);

/** What each item was worth, drawn to the mean of all. */
function worthOf({ items, rewards }: ShownLog, count: number): Float64Array {
	const means = new RunningMeans(count);
	items.forEach((item, row) => means.learn(item, rewards[row] as number));
	return means.expected();
}

function drawnLog(log: ShownLog, policy: Policy, worth: Float64Array, seed: string): ShownLog {
	const random = seededRandom(seed);
	const draw = (chances: Float64Array) => {
		let left = random.next();
		const item = chances.findIndex((chance) => (left -= chance) < 0);
		// By rounding, the chances may sum to a little less than 1.
		return item < 0 ? chances.findLastIndex((chance) => chance > 0) : item;
	};
	const items = Uint32Array.from(log.places, (place) => draw(policy(place)));
	return {
		items,
		places: log.places,
		rewards: Float64Array.from(items, (item) => Number(random.next() < (worth[item] as number))),
		propensities: Float64Array.from(
			items,
			(item, row) => policy(log.places[row] as string)[item] as number,
		),
	};
}

function meanOver(places: readonly string[], of: (place: string) => number): number {
	const counts = new Map<string, number>();
	for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
	return [...counts].reduce((sum, [place, count]) => sum + (count / places.length) * of(place), 0);
}

const sumOf = (chances: Float64Array, values: Float64Array) =>
	chances.reduce((sum, chance, i) => sum + chance * (values[i] as number), 0);
