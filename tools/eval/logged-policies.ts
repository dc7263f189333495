import { modelledByCell, type OffPolicyOptions, offPolicyValue } from '$workers/metrics';
import { EvaluationError } from './evaluation';

/** A log of what was shown in which place, with what chance, and what came of it. */
export interface ShownLog {
	/** Number of the item, from 0 in the order of all logs' names. */
	readonly items: Uint32Array;
	readonly places: readonly string[];
	readonly rewards: Float64Array;
	readonly propensities: Float64Array;
}

/** The chance of each item in a place. */
export type Policy = (place: string) => Float64Array;

/** The value of a policy from a log, by all estimators. */
export function estimate(log: ShownLog, policy: Policy, items: number, options: OffPolicyOptions) {
	const modelled = modelledByCell(log.rewards, log.items, items, (row, expected) =>
		product(policy(log.places[row] as string), expected),
	);
	return offPolicyValue(
		{
			rewards: log.rewards,
			propensities: log.propensities,
			targets: log.rewards.map(
				(_, row) => policy(log.places[row] as string)[log.items[row] as number] as number,
			),
		},
		modelled,
		options,
	);
}

function product(chances: Float64Array, values: Float64Array): number {
	return chances.reduce((sum, chance, i) => sum + chance * (values[i] as number), 0);
}

/**
 * The way a log was made: the chance of an item in a place is its rows over the sum of 1/propensity,
 * which is the mean of a chance that changed over time (the mean of the propensities themselves would
 * favour when it was high); then all of a place sum to 1.
 */
export function estimatedPolicy(log: ShownLog, items: number): Policy {
	const shown = new Map<string, { rows: Float64Array; inverse: Float64Array }>();
	log.places.forEach((place, row) => {
		const item = log.items[row] as number;
		const sums = shown.get(place) ?? {
			rows: new Float64Array(items),
			inverse: new Float64Array(items),
		};
		sums.rows[item] = (sums.rows[item] as number) + 1;
		sums.inverse[item] = (sums.inverse[item] as number) + 1 / (log.propensities[row] as number);
		shown.set(place, sums);
	});
	const policies = new Map(
		[...shown].map(([place, { rows, inverse }]) => {
			const chances = rows.map((count, item) =>
				count > 0 ? count / (inverse[item] as number) : 0,
			);
			const whole = chances.reduce((sum, chance) => sum + chance, 0);
			return [place, chances.map((chance) => chance / whole)] as const;
		}),
	);
	return (place) => {
		const policy = policies.get(place);
		if (!policy) throw new EvaluationError(`the target's log shows nothing in place ${place}`);
		return policy;
	};
}
