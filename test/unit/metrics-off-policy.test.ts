import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { bettingInterval, crossFittedMeans, FOLDS, offPolicyValue } from '$workers/metrics';

const ACTIONS = 6;
const WORTH = [0.02, 0.05, 0.1, 0.15, 0.3, 0.4];
const LOGGED = [0.3, 0.25, 0.2, 0.1, 0.1, 0.05];
const TARGET = [0.05, 0.05, 0.1, 0.2, 0.3, 0.3];
/** The planted value of the target. */
const VALUE = TARGET.reduce((sum, chance, action) => sum + chance * WORTH[action]!, 0);

/** What a bandit of known worth showed, and what came of it. */
function plantedLog(rows: number, seed: string, logged = LOGGED) {
	const random = seededRandom(seed);
	const draw = () => {
		let left = random.next();
		return Math.max(
			0,
			logged.findIndex((chance) => (left -= chance) < 0),
		);
	};
	const actions = Array.from({ length: rows }, draw);
	const rewards = actions.map((action) => Number(random.next() < WORTH[action]!));
	return { actions, rewards, propensities: actions.map((action) => logged[action]!) };
}

function evaluated(log: ReturnType<typeof plantedLog>, target: readonly number[], samples = 200) {
	const models = crossFittedMeans(log.rewards, log.actions, ACTIONS);
	return offPolicyValue(
		{ ...log, targets: log.actions.map((action) => target[action]!) },
		{
			shown: log.actions.map((action, row) => models[row % FOLDS]![action]!),
			target: log.actions.map((_, row) =>
				models[row % FOLDS]!.reduce((sum, worth, action) => sum + target[action]! * worth, 0),
			),
		},
		{ seed: 1, samples },
	);
}

describe('an off-policy value', () => {
	it('is the mean of the rewards where the target chose as the log did', () => {
		const log = plantedLog(500, 'same');
		const mean = log.rewards.reduce((sum, reward) => sum + reward, 0) / 500;
		const { ips, snips, shown, effectiveRows, meanWeight } = evaluated(log, LOGGED);
		expect(ips.value).toBeCloseTo(mean, 12);
		expect(snips.value).toBeCloseTo(mean, 12);
		expect(shown.value).toBeCloseTo(mean, 12);
		expect(effectiveRows).toBeCloseTo(500, 9);
		expect(meanWeight).toBeCloseTo(1, 12);
	});

	it('is that of IPS by doubly robust where the model expects nothing', () => {
		const log = plantedLog(300, 'nothing expected');
		const targets = log.actions.map((action) => TARGET[action]!);
		const none = new Float64Array(300);
		const value = offPolicyValue(
			{ ...log, targets },
			{ shown: none, target: none },
			{ seed: 1, samples: 20 },
		);
		expect(value.doublyRobust.value).toBeCloseTo(value.ips.value, 12);
	});

	it('has intervals that hold the planted value about as often as they say', () => {
		const repeats = 150;
		const held = { ips: 0, snips: 0, doublyRobust: 0, ipsBound: 0, snipsBound: 0 };
		for (let repeat = 0; repeat < repeats; repeat++) {
			const value = evaluated(plantedLog(600, `planted ${repeat}`), TARGET);
			const within = (interval?: { low: number; high: number }) =>
				Number(interval!.low <= VALUE && VALUE <= interval!.high);
			for (const name of ['ips', 'snips', 'doublyRobust'] as const)
				held[name] += within(value[name].bootstrap);
			held.ipsBound += within(value.ips.bound);
			held.snipsBound += within(value.snips.bound);
		}
		// 95 % of 150 with three standard deviations of a count (8) below.
		for (const name of ['ips', 'snips', 'doublyRobust'] as const)
			expect(held[name], name).toBeGreaterThanOrEqual(0.95 * repeats - 8);
		expect(held.ipsBound).toBeGreaterThanOrEqual(0.95 * repeats);
		expect(held.snipsBound).toBeGreaterThanOrEqual(0.95 * repeats);
	}, 60_000);

	it('varies less by doubly robust than by IPS where items differ much', () => {
		const { ips, doublyRobust } = evaluated(plantedLog(3000, 'spread'), TARGET);
		expect(doublyRobust.bootstrap.standardError).toBeLessThan(ips.bootstrap.standardError);
	});

	it('shows by its mean weight what the log could not have shown', () => {
		const never = [0.5, 0.5, 0, 0, 0, 0];
		const { meanWeight } = evaluated(plantedLog(2000, 'never', never), TARGET);
		expect(meanWeight).toBeCloseTo(0.1, 1);
	});

	it('counts no weight above the bound it is given', () => {
		const log = { rewards: [1, 0], propensities: [0.01, 1], targets: [1, 1] };
		const none = { shown: [0, 0], target: [0, 0] };
		const value = offPolicyValue(log, none, { seed: 1, samples: 20, mostWeight: 10 });
		expect(value.ips.value).toBe(5);
		expect(value.largestWeight).toBe(10);
	});

	it.each([
		['a propensity of 0', { rewards: [1], propensities: [0], targets: [1] }],
		['a propensity that is not a number', { rewards: [1], propensities: [NaN], targets: [1] }],
		['a reward that is not a number', { rewards: [NaN], propensities: [1], targets: [1] }],
		['a reward above 1', { rewards: [2], propensities: [1], targets: [1] }],
		['a chance above 1', { rewards: [1], propensities: [1], targets: [1.1] }],
		['nothing', { rewards: [], propensities: [], targets: [] }],
		['a target that the log never showed', { rewards: [1], propensities: [1], targets: [0] }],
	])('is refused of %s', (_, log) => {
		const none = log.rewards.map(() => 0);
		expect(() => offPolicyValue(log, { shown: none, target: none }, { seed: 1 })).toThrow(
			RangeError,
		);
	});
});

describe('a model of rewards', () => {
	it('says nothing of a row by that row: every fold leaves its own out', () => {
		const cells = [0, 0, 0, 0, 0];
		const tables = crossFittedMeans([1, 0, 0, 0, 0], cells, 1, 5);
		expect(tables[0]![0]).toBe(0);
		for (const fold of [1, 2, 3, 4]) expect(tables[fold]![0]).toBeCloseTo(0.25, 12);
	});
});

describe('a betting interval', () => {
	it('holds the mean of rare successes at least 95 times in 100, though 46 in 10,000 are few', () => {
		let held = 0;
		for (let repeat = 0; repeat < 60; repeat++) {
			const random = seededRandom(`rare ${repeat}`);
			const clicks = Array.from({ length: 4000 }, () => Number(random.next() < 0.0046));
			const { low, high } = bettingInterval(clicks);
			held += Number(low <= 0.0046 && 0.0046 <= high);
		}
		expect(held).toBeGreaterThanOrEqual(57);
	}, 30_000);

	it('is not empty and not certain where nothing succeeded', () => {
		const { low, high } = bettingInterval(new Float64Array(10));
		expect(low).toBe(0);
		expect(high).toBeGreaterThan(0.2);
		expect(high).toBeLessThan(1);
	});

	it('mirrors: what is said of failures is what is said of successes', () => {
		const values = [0.2, 0.9, 0.4, 0.4, 1, 0.7, 0.1, 0.6];
		const own = bettingInterval(values);
		const turned = bettingInterval(values.map((value) => 1 - value));
		expect(turned.low).toBeCloseTo(1 - own.high, 6);
		expect(turned.high).toBeCloseTo(1 - own.low, 6);
	});

	it('refuses a NaN and what is out of bounds', () => {
		expect(() => bettingInterval([NaN])).toThrow(RangeError);
		expect(() => bettingInterval([1.5])).toThrow(RangeError);
		expect(() => bettingInterval([0.5], [0.4])).toThrow(RangeError);
	});
});
