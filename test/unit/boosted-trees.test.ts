import { describe, expect, it } from 'vitest';
import {
	type BoostedExamples,
	type BoostedTreesSettings,
	boostedTrees,
	boostedTreesFrom,
} from '$workers/learners/boosted-trees';
import type { Examples } from '$workers/learners/tabular';
import { type Random, seededRandom } from '$workers/math/random';
import { categoryColumn, matrix, numberColumn, takeMatrixRows } from '$workers/table/matrix';
import { plainRun } from '../conformance/learner';
import { mixedExamples } from '../support/mixed-examples';

const fit = (examples: BoostedExamples, settings: Partial<BoostedTreesSettings>, seed = 1) =>
	boostedTrees(settings).fit(examples, plainRun(seed));

/** Columns x0, x1 ... drawn evenly from -1 to 1, and targets made of them. */
function drawn(
	rows: number,
	columns: number,
	target: (x: readonly number[], random: Random) => number,
	seed = 'drawn',
): Examples {
	const random = seededRandom(seed);
	const values = Array.from({ length: columns }, () =>
		Float64Array.from({ length: rows }, () => 2 * random.next() - 1),
	);
	const targets = Float64Array.from({ length: rows }, (_, row) =>
		target(
			values.map((column) => column[row] as number),
			random,
		),
	);
	return { rows: matrix(values.map((column, i) => numberColumn(`x${i}`, column))), targets };
}

const rootMeanSquare = (left: Float64Array, right: Float64Array) =>
	Math.sqrt(left.reduce((sum, v, i) => sum + (v - (right[i] as number)) ** 2, 0) / left.length);

const bytes = (fitted: { toBuffer(): ArrayBuffer }) => new Uint8Array(fitted.toBuffer());

describe('boosted trees learn', () => {
	it('a sum of functions of columns', async () => {
		const truth = ([a = 0, b = 0, c = 0]: readonly number[]) =>
			2 * a + Math.sin(3 * b) + (c > 0 ? 1 : 0);
		const fitted = await fit(drawn(3000, 5, truth), { rounds: 200 });
		const fresh = drawn(500, 5, truth, 'fresh');
		const { values } = await fitted.predict(fresh.rows);
		expect(rootMeanSquare(values, fresh.targets)).toBeLessThan(0.08);
		const { values: shares, names } = await fitted.explain(fresh.rows);
		const noise = names.indexOf('x4');
		expect(Math.max(...shares.filter((_, i) => i % names.length === noise))).toBeLessThan(0.1);
		expect((fitted.gains().get('x4') ?? 1) < 0.01).toBe(true);
	});

	it('what only two columns together tell (XOR)', async () => {
		const truth = ([a = 0, b = 0]: readonly number[]) => Number(a > 0 !== b > 0);
		const fitted = await fit(drawn(2000, 2, truth), { loss: 'logistic', rounds: 60 });
		const fresh = drawn(500, 2, truth, 'fresh');
		const { values } = await fitted.predict(fresh.rows);
		const right = values.filter((chance, row) => chance > 0.5 === (fresh.targets[row] === 1));
		expect(right.length / 500).toBeGreaterThan(0.97);
	});

	it('where a missing value belongs', async () => {
		const values = Float64Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? NaN : i % 7));
		const targets = values.map((value) => (Number.isNaN(value) ? 5 : value > 3 ? 5 : 1));
		const examples = { rows: matrix([numberColumn('a', values)]), targets };
		const fitted = await fit(examples, { rounds: 1, maxDepth: 1, learningRate: 1, lambda: 0 });
		const query = matrix([numberColumn('a', Float64Array.of(NaN, 6, 0))]);
		const { values: found } = await fitted.predict(query);
		expect(Array.from(found, (value) => Number(value.toFixed(9)))).toEqual([5, 5, 1]);
	});

	it('the quantile that it is asked for', async () => {
		const noisy = drawn(4000, 1, ([a = 0], random) => a + random.normal() * (1.5 + a));
		const settings = { loss: 'quantile', quantile: 0.9, rounds: 80, minChildWeight: 50 } as const;
		const { values } = await (await fit(noisy, settings)).predict(noisy.rows);
		const below = noisy.targets.filter((target, row) => target <= (values[row] as number));
		expect(below.length / 4000).toBeCloseTo(0.9, 1.7);
	});

	it('rates of counts from exposure', async () => {
		const random = seededRandom('exposure');
		const exposure = Float64Array.from({ length: 2000 }, () => 1 + random.integer(20));
		const group = Float64Array.from(exposure, () => random.integer(2));
		const targets = exposure.map((days, row) => days * (group[row] === 1 ? 0.6 : 0.2));
		const examples = { rows: matrix([numberColumn('group', group)]), targets };
		const fitted = await fit(
			{ ...examples, offsets: exposure.map(Math.log) },
			{ loss: 'poisson', rounds: 200, lambda: 0 },
		);
		const query = matrix([numberColumn('group', Float64Array.of(0, 1))]);
		const { values } = await fitted.predict(query);
		expect(values[0]).toBeCloseTo(0.2, 6);
		expect(values[1]).toBeCloseTo(0.6, 6);
	});

	it.each(['poisson', 'gamma', 'tweedie', 'absolute', 'huber'] as const)(
		'with %s loss better than a constant does',
		async (loss) => {
			const examples = drawn(1000, 2, ([a = 0], random) => Math.exp(a + random.normal() / 5));
			const log = await fit(examples, { loss, rounds: 50, validationShare: 0.3 });
			expect(log.history[49] as number).toBeLessThan(log.history[0] as number);
			const { values } = await log.predict(examples.rows);
			expect(rootMeanSquare(values, examples.targets)).toBeLessThan(0.4);
		},
	);
});

describe('categories', () => {
	const LEVELS = Array.from({ length: 300 }, (_, i) => `agent ${i}`);
	const column = (codes: Float64Array, levels = LEVELS) =>
		matrix([categoryColumn('agent', codes, levels)]);

	it('of many levels are parted by what they mean', async () => {
		const codes = Float64Array.from({ length: 6000 }, (_, i) => i % 40);
		const targets = codes.map((code) => ((code * 7) % 3 === 0 ? 1 : 0));
		const settings = { rounds: 1, learningRate: 1, maxDepth: 1, lambda: 0 };
		const fitted = await fit({ rows: column(codes), targets }, settings);
		const { values } = await fitted.predict(column(codes));
		expect(rootMeanSquare(values, targets)).toBeLessThan(1e-9);
	});

	it('of many levels that say nothing are not learned by heart', async () => {
		const random = seededRandom('agents');
		const draw = (below: number) =>
			Float64Array.from({ length: 3000 }, () => random.integer(below));
		const examples = { rows: column(draw(300)), targets: draw(2) };
		const fitted = await fit(examples, { loss: 'logistic', rounds: 100 });
		const { values } = await fitted.predict(column(draw(300)));
		const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - 0.5) ** 2, 0) / 3000);
		expect(spread).toBeLessThan(0.12);
	});

	it('are known by name, whatever their order', async () => {
		const examples = mixedExamples(400, false);
		const fitted = await fit(examples, { rounds: 20 });
		const kind = examples.rows.columns[2];
		if (!kind) throw new Error('there is no third column');
		const turned = {
			...kind,
			levels: kind.levels.toReversed(),
			values: kind.values.map((code) => kind.levels.length - 1 - code),
		};
		const [size, nights] = examples.rows.columns;
		const query = matrix([turned, nights, size].filter((c) => c !== undefined));
		const { scores } = await fitted.predict(examples.rows);
		expect((await fitted.predict(query)).scores).toEqual(scores);
	});

	it('that training did not know are as if missing', async () => {
		const fitted = await fit(mixedExamples(400, false), { rounds: 20 });
		const row = (code: number) =>
			matrix([
				numberColumn('size', Float64Array.of(1)),
				numberColumn('nights', Float64Array.of(3)),
				categoryColumn('kind', Float64Array.of(code), ['castle']),
			]);
		const missing = await fitted.predict(row(NaN));
		expect((await fitted.predict(row(0))).scores).toEqual(missing.scores);
	});
});

describe('constraints', () => {
	it.each([1, -1] as const)('hold for the whole model (%i)', async (constraint) => {
		const truth = ([a = 0, b = 0]: readonly number[], random: Random) =>
			Math.sin(4 * a) + a * b + random.normal() / 2;
		for (const settings of [
			{},
			{ growth: 'leaf', maxDepth: 0, maxLeaves: 31 },
			{ loss: 'absolute' },
		] as const) {
			const monotone = { x0: constraint };
			const fitted = await fit(drawn(600, 3, truth), { rounds: 20, monotone, ...settings });
			const steps = Float64Array.from({ length: 200 }, (_, i) => i / 100 - 1);
			for (const others of [-0.7, 0.1, 0.8]) {
				const same = new Float64Array(200).fill(others);
				const query = matrix([
					numberColumn('x0', steps),
					numberColumn('x1', same),
					numberColumn('x2', same),
				]);
				const { scores } = await fitted.predict(query);
				const along = constraint > 0 ? scores : scores.toReversed();
				expect(along).toEqual(along.toSorted());
			}
		}
	});

	it('are refused for what has no order or is not there', async () => {
		const examples = mixedExamples(50, false);
		await expect(fit(examples, { monotone: { kind: 1 } })).rejects.toThrow('kind');
		await expect(fit(examples, { monotone: { price: 1 } })).rejects.toThrow('price');
	});
});

describe('rows', () => {
	it('of weight two count like two rows', async () => {
		const examples = mixedExamples(300, false);
		const weights = Float64Array.from({ length: 300 }, (_, row) => row % 3);
		const repeated = [...weights].flatMap((weight, row) => Array<number>(weight).fill(row));
		const twice = {
			rows: takeMatrixRows(examples.rows, repeated),
			targets: Float64Array.from(repeated, (row) => examples.targets[row] as number),
		};
		const settings = { rounds: 20, maxDepth: 4 };
		const weighted = await fit({ ...examples, weights }, settings);
		const { scores } = await (await fit(twice, settings)).predict(examples.rows);
		expect(rootMeanSquare((await weighted.predict(examples.rows)).scores, scores)).toBeLessThan(
			1e-9,
		);
	});

	it('that cannot be learned from are refused, with the reason', async () => {
		const examples = mixedExamples(50, true);
		const logistic = { loss: 'logistic' } as const;
		const ones = { ...examples, targets: new Float64Array(50).fill(1) };
		await expect(fit(ones, logistic)).rejects.toThrow('one class');
		const none = { rows: takeMatrixRows(examples.rows, []), targets: new Float64Array() };
		await expect(fit(none, logistic)).rejects.toThrow('no rows');
		const unweighed = { ...examples, weights: new Float64Array(50).fill(NaN) };
		await expect(fit(unweighed, logistic)).rejects.toThrow('weight');
		const offsets = { ...examples, offsets: new Float64Array(3) };
		await expect(fit(offsets, logistic)).rejects.toThrow('offsets');
	});

	it('without a column of the model are refused by its name', async () => {
		const fitted = await fit(mixedExamples(50, false), { rounds: 2 });
		const query = matrix([numberColumn('size', Float64Array.of(1))]);
		await expect(fitted.predict(query)).rejects.toThrow(
			new RangeError('the column nights is missing'),
		);
	});
});

describe('a run', () => {
	it('that goes on from a checkpoint ends in the same bytes', async () => {
		const examples = mixedExamples(300, true);
		const estimator = boostedTrees({
			loss: 'logistic',
			rounds: 30,
			subsample: 0.6,
			columnsByTree: 0.7,
			columnsByNode: 0.7,
			validationShare: 0.2,
			earlyStopping: 15,
		});
		const checkpoints: ArrayBuffer[] = [];
		const onCheckpoint = (checkpoint: ArrayBuffer) => checkpoints.push(checkpoint);
		const whole = await estimator.fit(examples, {
			...plainRun(),
			onCheckpoint,
			checkpointEvery: 4,
		});
		expect(checkpoints.length).toBeGreaterThan(2);
		for (const resumeFrom of checkpoints) {
			const resumed = await estimator.fit(examples, { ...plainRun(), resumeFrom });
			expect(bytes(resumed)).toEqual(bytes(whole));
		}
		const other = { ...plainRun(2), resumeFrom: checkpoints[1] as ArrayBuffer };
		expect(bytes(await estimator.fit(examples, other))).toEqual(
			bytes(await estimator.fit(examples, plainRun(2))),
		);
	});

	it('stops early and keeps the best trees', async () => {
		const noise = drawn(400, 4, (_, random) => random.normal());
		const fitted = await fit(noise, { rounds: 300, validationShare: 0.3, earlyStopping: 10 });
		const best = fitted.history.indexOf(Math.min(...fitted.history)) + 1;
		expect(fitted.history.length).toBe(best + 10);
		expect(fitted.trees).toBe(best);
	});

	it('looks at the validation rows that it is handed', async () => {
		const truth = ([a = 0]: readonly number[]) => a;
		const validation = drawn(100, 2, truth, 'aside');
		const fitted = await fit({ ...drawn(300, 2, truth), validation }, { rounds: 15 });
		const { scores } = await fitted.predict(validation.rows);
		expect(fitted.history[14]).toBeCloseTo(rootMeanSquare(scores, validation.targets) ** 2 / 2, 12);
	});
});

describe('a buffer', () => {
	it('that is damaged is refused', async () => {
		const buffer = (await fit(mixedExamples(100, false), { rounds: 3 })).toBuffer();
		expect(() => boostedTreesFrom(buffer.slice(0, 200))).toThrow(RangeError);
		expect(() => boostedTreesFrom(new ArrayBuffer(4))).toThrow(RangeError);
		const random = seededRandom('damage');
		for (let i = 0; i < 300; i++) {
			const damaged = new Uint8Array(buffer.slice(0));
			damaged[random.integer(damaged.length)] = random.integer(256);
			try {
				await boostedTreesFrom(damaged.buffer).predict(mixedExamples(3, false).rows);
			} catch (error) {
				expect(error).toBeInstanceOf(RangeError);
			}
		}
	});
});
