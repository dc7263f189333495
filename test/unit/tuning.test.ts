import { describe, expect, it } from 'vitest';
import { logistic } from '$workers/learners/logistic';
import type { Examples } from '$workers/learners/tabular';
import {
	GaussianProcess,
	type Proposer,
	type SearchOptions,
	type SettingSpace,
	type Settings,
	bayesianSearch,
	expectedImprovement,
	gridSearch,
	randomSearch,
	search,
	tune,
} from '$workers/learners/tuning';
import { seededRandom } from '$workers/math/random';
import { auc, logloss } from '$workers/metrics';
import { moduloFolds } from '$workers/table/splits';
import { plainRun } from '../conformance/learner';
import { smallClasses } from '../support/small-table';

/** Branin's function (Dixon and Szegö 1978): three minima of 0.397887. */
const plane: SettingSpace = {
	x: { kind: 'number', from: -5, to: 10, scale: 'linear' },
	y: { kind: 'number', from: 0, to: 15, scale: 'linear' },
};
function branin({ x, y }: Settings): number {
	const [a, b] = [x as number, y as number];
	const bowl = b - (5.1 / (4 * Math.PI ** 2)) * a ** 2 + (5 / Math.PI) * a - 6;
	return bowl ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10;
}

const options: SearchOptions = {
	objective: 'loss',
	better: 'lower',
	budget: { trials: 25 },
	now: () => 0,
};
const least = async (propose: Proposer, change: Partial<SearchOptions> = {}) =>
	search(
		propose,
		async (settings) => ({ loss: branin(settings) }),
		{ ...options, ...change },
		plainRun(),
	);

describe('Bayesian search', () => {
	it("comes nearer to the least of Branin's function than random search, on average", async () => {
		const seeds = Array.from({ length: 8 }, (_, i) => `seed ${i}`);
		const mean = async (of: (seed: string) => Proposer) => {
			let sum = 0;
			for (const seed of seeds) sum += (await least(of(seed))).best.loss;
			return sum / seeds.length;
		};
		const bayesian = await mean((seed) => bayesianSearch(plane, seededRandom(seed)));
		const random = await mean((seed) => randomSearch(plane, seededRandom(seed)));
		expect(bayesian).toBeLessThan(1);
		expect(bayesian).toBeLessThan(random / 2);
	});

	it('finds the one of many combinations that is best, and none twice', async () => {
		const space: SettingSpace = {
			depth: { kind: 'number', from: 1, to: 8, scale: 'linear', whole: true },
			rate: { kind: 'number', from: 1e-4, to: 1, scale: 'log' },
			growth: { kind: 'choice', options: ['leaf', 'level', 'none'] },
		};
		const loss = ({ depth, rate, growth }: Settings) =>
			Math.abs((depth as number) - 6) +
			Math.abs(Math.log10(rate as number) + 2) +
			(growth === 'level' ? 0 : 3);
		const { best, trials } = await search(
			bayesianSearch(space, seededRandom(1)),
			async (settings) => ({ loss: loss(settings) }),
			{ ...options, budget: { trials: 40 } },
			plainRun(),
		);
		expect(best.settings).toMatchObject({ depth: 6, growth: 'level' });
		expect(best.loss).toBeLessThan(0.3);
		expect(new Set(trials.map(({ settings }) => JSON.stringify(settings))).size).toBe(40);
	});

	it('goes on when settings do not work', async () => {
		const { trials, best } = await search(
			bayesianSearch(plane, seededRandom(2)),
			async (settings) => {
				if ((settings['x'] as number) > 5) throw new RangeError('too far');
				return { loss: (settings['x'] as number) < -2 ? Number.NaN : branin(settings) };
			},
			options,
			plainRun(),
		);
		expect(trials).toHaveLength(25);
		expect(Number.isFinite(best.loss)).toBe(true);
	});
});

describe('a Gaussian process', () => {
	const points = [[0], [0.2], [0.5], [0.9], [1]];
	const values = points.map(([x = 0]) => Math.sin(5 * x));
	const process = new GaussianProcess(points, values);

	it('passes near what it has seen, and is unsure far from it', () => {
		points.forEach((point, i) =>
			expect(process.at(point).mean).toBeCloseTo(values[i] as number, 1),
		);
		expect(process.at([0.7]).deviation).toBeGreaterThan(process.at([0.9]).deviation);
	});
	it('expects to gain 0.399 deviations where the mean is the least so far', () => {
		expect(expectedImprovement({ mean: 3, deviation: 2 }, 3)).toBeCloseTo(2 * 0.3989423, 6);
		expect(expectedImprovement({ mean: 0, deviation: 1e-3 }, 3)).toBeCloseTo(3, 6);
		expect(expectedImprovement({ mean: 9, deviation: 0 }, 3)).toBe(0);
	});
});

describe('a search', () => {
	it('tries the whole grid in order', async () => {
		const space: SettingSpace = {
			a: { kind: 'number', from: 1, to: 100, scale: 'log' },
			b: { kind: 'choice', options: [true, false] },
		};
		const seen: Settings[] = [];
		const { stopped } = await search(
			gridSearch(space, 3),
			async (settings) => {
				seen.push(settings);
				return { loss: 1 };
			},
			options,
			plainRun(),
		);
		expect(stopped).toBe('exhausted');
		expect(seen.map(({ a, b }) => [Math.round(a as number), b])).toEqual([
			[1, true],
			[1, false],
			[10, true],
			[10, false],
			[100, true],
			[100, false],
		]);
	});

	it('stops when its trials, its seconds or its patience are spent', async () => {
		const propose = () => randomSearch(plane, seededRandom(3));
		expect((await least(propose(), { budget: { trials: 4 } })).trials).toHaveLength(4);
		let clock = 0;
		const timed = { budget: { trials: 50, seconds: 10 }, now: () => (clock += 1000) };
		const late = await least(propose(), timed);
		expect(late.stopped).toBe('seconds');
		expect(late.trials.length).toBeLessThan(10);
		const patient = await least(propose(), { budget: { trials: 200, patience: 5 } });
		expect(patient.stopped).toBe('patience');
		expect(patient.trials.length - 1 - patient.best.number).toBe(5);
	});

	it('takes the highest where higher is better, and tells of each trial', async () => {
		const told: number[] = [];
		const { best, trials } = await search(
			randomSearch(plane, seededRandom(4)),
			async ({ x }) => ({ score: x as number }),
			{
				...options,
				objective: 'score',
				better: 'higher',
				onTrial: ({ number }) => told.push(number),
			},
			plainRun(),
		);
		expect(best.metrics['score']).toBe(
			Math.max(...trials.map(({ metrics }) => metrics['score'] ?? 0)),
		);
		expect(told).toEqual(trials.map(({ number }) => number));
	});

	it('stops when cancelled, and refuses a space or settings of which none works', async () => {
		const cancelled = plainRun(1, { cancelled: () => true });
		const evaluate = async () => ({ loss: Number.NaN });
		const propose = randomSearch(plane, seededRandom(5));
		await expect(search(propose, evaluate, options, cancelled)).rejects.toMatchObject({
			name: 'Cancelled',
		});
		await expect(search(propose, evaluate, options, plainRun())).rejects.toThrow('no settings');
		expect(() => gridSearch({})).toThrow(RangeError);
		expect(() => gridSearch({ a: { kind: 'number', from: 0, to: 1, scale: 'log' } })).toThrow('a');
	});
});

describe('tuning a learner', () => {
	const train = smallClasses(60);
	const folds = moduloFolds(60, 3);
	const base = {
		...options,
		space: { l2: { kind: 'number', from: 1e-2, to: 1e3, scale: 'log' } } as SettingSpace,
		recipe: ({ l2 }: Settings) => logistic({ l2: l2 as number }),
		folds,
		measure: (said: { scores: Float64Array; values: Float64Array }, held: Examples) => ({
			loss: logloss(held.targets, said.values),
			auc: auc(held.targets, said.scores),
		}),
		budget: { trials: 8 },
	};

	it('chooses by inner folds, the same for the same seed, whichever way it searches', async () => {
		for (const method of ['grid', 'random', 'bayesian'] as const) {
			const first = await tune(train, { ...base, method }, plainRun(7));
			const again = await tune(train, { ...base, method }, plainRun(7));
			expect(again).toEqual(first);
			expect(first.best.loss).toBe(Math.min(...first.trials.map(({ loss }) => loss)));
			expect(Object.keys(first.best.metrics)).toEqual(['loss', 'auc']);
		}
	});

	it('is never shown rows other than those of training, nor measured on rows just learned', async () => {
		const own = new Set(train.rows.columns[0]?.values);
		const fits: Set<number>[] = [];
		const recipe = (settings: Settings) => ({
			...base.recipe(settings),
			fit: (examples: Examples, run: Parameters<ReturnType<typeof logistic>['fit']>[1]) => {
				fits.push(new Set(examples.rows.columns[0]?.values));
				return base.recipe(settings).fit(examples, run);
			},
		});
		await tune(train, { ...base, recipe, method: 'random' }, plainRun());
		expect(fits).toHaveLength(8 * 3);
		for (const seen of fits) {
			expect(seen.size).toBe(40);
			expect([...seen].every((value) => own.has(value))).toBe(true);
		}
	});

	it('refuses folds that overlap or name rows beyond those of training', async () => {
		const overlapping = [{ train: Uint32Array.of(0, 1), test: Uint32Array.of(1) }];
		const beyond = [{ train: Uint32Array.of(0, 1), test: Uint32Array.of(60) }];
		for (const odd of [overlapping, beyond, []])
			await expect(
				tune(train, { ...base, folds: odd, method: 'grid' }, plainRun()),
			).rejects.toThrow(RangeError);
	});
});
