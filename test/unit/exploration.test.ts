/** Linear Thompson sampling: what is drawn, what it costs, and the propensities it states. */
import { describe, expect, it } from 'vitest';
import type { ActKind } from '$lib/contracts';
import { FittedLinear, linearPrior } from '$workers/learners/bayesian-linear';
import { type Random, seededRandom } from '$workers/math/random';
import { catalogueModel, PersonalTaste, type TasteAct } from '$workers/models/recommender';
import {
	DRAWS,
	drawScores,
	EXPLORED_SHARE,
	ExploringPolicy,
	FIRST_KEPT,
	type PoolDraws,
	TasteNoise,
} from '$workers/models/recommender/exploration';
import { sampleTown } from '$workers/sample';
import { rowDot, type SparseRows, sparseRows } from '$workers/table/sparse';

const WIDTH = 12;
const ARMS = 120;
const DAYS = { halfLifeDays: 1e6, asOf: 0 };
const NOISE = 0.4;

/** Homes of a planted world: the first columns are learned together, the last two alone. */
function arms(random: Random): SparseRows {
	const rows = Array.from({ length: ARMS }, () =>
		Array.from({ length: WIDTH }, (_, column) => [column, random.normal()] as const),
	);
	return sparseRows(rows, WIDTH);
}

function headOver(rows: SparseRows): FittedLinear {
	const prior = linearPrior(rows, {
		variances: new Float64Array(WIDTH).fill(1),
		together: Uint32Array.from({ length: WIDTH - 2 }, (_, column) => column),
		backgroundWeight: 0,
	});
	return new FittedLinear(prior, { ...DAYS, noise: NOISE });
}

function observe(head: FittedLinear, rows: SparseRows, row: number, target: number): void {
	const own = Array.from({ length: WIDTH }, (_, column) => [
		column,
		rows.values[row * WIDTH + column]!,
	]) as [number, number][];
	head.update({
		rows: sparseRows([own], WIDTH),
		targets: Float64Array.of(target),
		weights: Float64Array.of(1),
		days: Float64Array.of(0),
	});
}

const everyRow = Uint32Array.from({ length: ARMS }, (_, row) => row);

/** What the policy shows when it always explores, after the places that it does not. */
function explored(pool: PoolDraws, random: Random): number {
	const policy = new ExploringPolicy(pool, random, 1);
	for (let place = 0; place < FIRST_KEPT; place++) policy.place(ARMS + place);
	return policy.place(ARMS + FIRST_KEPT).row;
}

describe('scores drawn from the posterior', () => {
	it('have the mean, the deviation and the covariance of the posterior', () => {
		const random = seededRandom('law');
		const rows = arms(random);
		const head = headOver(rows);
		for (let i = 0; i < 10; i++) observe(head, rows, i, random.normal());
		const fits = head.scores(rows);
		const draws = 40_000;
		const { scores } = drawScores(
			head,
			rows,
			Uint32Array.of(3, 50),
			fits,
			new TasteNoise('law', draws),
		);
		const [left, right] = [scores.subarray(0, draws), scores.subarray(draws)];
		const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value / draws, 0);
		const deviation = (values: Float64Array) => {
			const middle = mean(values);
			return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
		};
		expect(mean(left)).toBeCloseTo(fits[3]!, 1);
		expect(deviation(left) / head.deviation(rows, 3)).toBeCloseTo(1, 1);
		expect(deviation(right) / head.deviation(rows, 50)).toBeCloseTo(1, 1);
		const difference = left.map((value, i) => value - right[i]!);
		expect(deviation(difference) / head.differenceDeviation(rows, 3, 50)).toBeCloseTo(1, 1);
	});

	it('are the same for a home whatever else is in the pool', () => {
		const rows = arms(seededRandom('same'));
		const head = headOver(rows);
		const fits = head.scores(rows);
		const alone = drawScores(head, rows, Uint32Array.of(7), fits, new TasteNoise(5));
		const among = drawScores(head, rows, Uint32Array.of(1, 7, 9), fits, new TasteNoise(5));
		expect(among.scores.subarray(DRAWS, 2 * DRAWS)).toEqual(alone.scores);
	});
});

describe('the propensities', () => {
	const rows = arms(seededRandom('propensities'));
	const head = headOver(rows);
	const pool = drawScores(
		head,
		rows,
		everyRow.subarray(0, 30),
		head.scores(rows),
		new TasteNoise('pool'),
	);

	it('sum to 1 over what could stand in a place, and are met in frequency', () => {
		const random = seededRandom('frequency');
		const runs = 20_000;
		const share = 0.5;
		const counts = new Map<number, { times: number; propensity: number }>();
		for (let run = 0; run < runs; run++) {
			const policy = new ExploringPolicy(pool, random.fork(`${run}`), share);
			// The first places are the order's own; one of them is of the pool, and leaves it.
			for (const row of [4, 200]) expect(policy.place(row).propensity).toBe(1);
			const { row, propensity } = policy.place(5);
			expect(row).not.toBe(4);
			counts.set(row, { times: (counts.get(row)?.times ?? 0) + 1, propensity });
		}
		const stated = [...counts.values()].reduce((sum, { propensity }) => sum + propensity, 0);
		expect(stated).toBeCloseTo(1, 12);
		for (const { propensity, times } of counts.values()) {
			const error = Math.sqrt((propensity * (1 - propensity)) / runs);
			expect(Math.abs(times / runs - propensity)).toBeLessThan(4.5 * error);
		}
	});

	it('are those of the next of the order alone where there is nothing to explore', () => {
		const nothing = { rows: new Uint32Array(), scores: new Float64Array(), draws: DRAWS };
		const policy = new ExploringPolicy(nothing, seededRandom(1));
		for (const row of [1, 2, 3, 4])
			expect(policy.place(row)).toEqual({ row, propensity: 1, exploration: false });
	});
});

describe('what exploring costs', () => {
	/** Regret over the rounds, of somebody who is shown one home a round and says what they feel. */
	function regret(
		seed: number,
		choose: (head: FittedLinear, rows: SparseRows, r: Random) => number,
	) {
		const random = seededRandom(`world/${seed}`);
		const rows = arms(random);
		const truth = Float64Array.from({ length: WIDTH }, () => random.normal());
		const worth = Array.from(everyRow, (row) => rowDot(rows, row, truth));
		const best = Math.max(...worth);
		const head = headOver(rows);
		let lost = 0;
		for (let round = 0; round < 80; round++) {
			const row = choose(head, rows, random.fork(`choice/${round}`));
			lost += best - worth[row]!;
			observe(head, rows, row, worth[row]! + NOISE * random.normal());
		}
		return lost;
	}
	const mean = (choose: Parameters<typeof regret>[1]) => {
		const worlds = Array.from({ length: 12 }, (_, seed) => regret(seed, choose));
		return worlds.reduce((sum, lost) => sum + lost, 0) / worlds.length;
	};
	const byThompson = (head: FittedLinear, rows: SparseRows, random: Random) => {
		const noise = new TasteNoise(random.next(), 8);
		return explored(drawScores(head, rows, everyRow, head.scores(rows), noise), random);
	};
	/** The rule before: by how unsure the model is, whatever it expects. */
	const byDoubt = (head: FittedLinear, rows: SparseRows, random: Random) => {
		const chances = Array.from(everyRow, (row) => head.deviation(rows, row) ** 6);
		let left = random.next() * chances.reduce((sum, chance) => sum + chance, 0);
		return Math.max(
			0,
			chances.findIndex((chance) => (left -= chance) < 0),
		);
	};
	const uniform = (_: FittedLinear, __: SparseRows, random: Random) => random.integer(ARMS);

	it('is far less by drawn tastes than by doubt alone or by chance', () => {
		const [thompson, doubt, chance] = [byThompson, byDoubt, uniform].map(mean);
		expect(thompson!).toBeLessThan(0.4 * doubt!);
		expect(thompson!).toBeLessThan(0.4 * chance!);
	});
});

describe('For you', () => {
	const NOW = Date.UTC(2026, 10, 22);
	const DAY = 86_400_000;
	const model = catalogueModel(sampleTown({ seed: 'exploration', homes: 600 }).homes);
	let sequence = 0;
	const act = (kind: ActKind, row: number): TasteAct => ({
		sequence: ++sequence,
		kind,
		row,
		instant: NOW - DAY,
	});
	/** How often a home is explored over many visits. */
	const timesExplored = (acts: readonly TasteAct[], visits: number) => {
		const taste = new PersonalTaste(model, NOW);
		taste.observe(acts);
		const times = new Map<number, number>();
		for (let seed = 0; seed < visits; seed++) {
			const list = taste.forYou({ count: 24, variety: 0, novelty: 0.5, now: NOW, seed });
			for (const { exploration, row } of list.homes)
				if (exploration) times.set(row, (times.get(row) ?? 0) + 1);
		}
		return times;
	};

	it('explores a home less that was passed over often', () => {
		const before = timesExplored([], 60);
		const [favourite, times] = [...before].sort(([, a], [, b]) => b - a)[0]!;
		const passedOver = Array.from({ length: 5 }, () => act('impression', favourite));
		expect(timesExplored(passedOver, 60).get(favourite) ?? 0).toBeLessThan(times);
	});

	it('states a propensity of at most what the order or a single draw can have', () => {
		const taste = new PersonalTaste(model, NOW);
		for (let seed = 0; seed < 20; seed++)
			taste
				.forYou({ count: 24, variety: 0.4, novelty: 0.5, now: NOW, seed })
				.homes.forEach(({ exploration, propensity }, place) => {
					if (place < FIRST_KEPT) expect(propensity).toBe(1);
					else if (exploration) expect(propensity).toBeLessThanOrEqual(EXPLORED_SHARE);
					else expect(propensity).toBeGreaterThanOrEqual(1 - EXPLORED_SHARE);
					expect(propensity).toBeGreaterThan(0);
				});
	});
});
