import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boostedTrees } from '$workers/learners/boosted-trees';
import { seededRandom } from '$workers/math/random';
import { matrix, numberColumn, type Matrix } from '$workers/table/matrix';
import type { Figure, Measure } from './figure';
import { median, takeTurns } from './timing';

export const ROWS = 80_000;
export const COLUMNS = 30;
const TREES = 100;
const DEPTH = 6;
const RATE = 0.1;
const ROUNDS = 3;
/** Of our time to that of XGBoost's `hist` on one thread. */
const RATIO_BUDGET = { atMost: 1 };

type Loss = 'squared' | 'logistic';

/** Training 100 trees, ours in Node and XGBoost's in turns, on the same drawn rows. */
export const boostedTreesMeasure: Measure = {
	name: 'boosted-trees',
	async run({ say }) {
		const python = pythonWithXgboost();
		if (!python) say('no python3 here imports xgboost: ours is measured alone');
		const figures: Figure[] = [];
		for (const loss of ['squared', 'logistic'] as const)
			figures.push(...(await measure(loss, python)));
		return figures;
	},
};

async function measure(loss: Loss, python: string | undefined): Promise<Figure[]> {
	const train = draw(loss, 'train');
	const test = draw(loss, 'test');
	const what = `${TREES} trees, depth ${DEPTH}, ${ROWS} × ${COLUMNS}, ${loss}`;
	const estimator = boostedTrees({ loss, rounds: TREES, maxDepth: DEPTH, learningRate: RATE });
	const fit = () => estimator.fit(train, quietRun());
	if (!python) {
		const { ours } = await takeTurns(ROUNDS, { ours: fit });
		const missing = { what: `${what}: no xgboost here to compare`, figure: NaN, unit: '' };
		return [{ what: `${what}: ours`, figure: median(ours) / 1000, unit: 's' }, missing];
	}
	const rival = startRival(python, loss, train, test);
	try {
		const theirs: number[] = [];
		// Its process starts and reads outside of its own clock.
		const their = () => theirs.push(rival.fit().seconds);
		const { ours } = await takeTurns(ROUNDS, { ours: fit, their });
		const seconds = median(ours) / 1000;
		const rivalSeconds = median(theirs.slice(1));
		const { values } = await (await fit()).predict(test.rows);
		return [
			{ what: `${what}: ours`, figure: seconds, unit: 's' },
			{ what: `${what}: XGBoost hist, 1 thread`, figure: rivalSeconds, unit: 's' },
			{ what: `${what}: ratio`, figure: seconds / rivalSeconds, unit: '', budget: RATIO_BUDGET },
			{ what: `${loss} test loss: ours`, figure: lossOf(loss, values, test.targets), unit: '' },
			{ what: `${loss} test loss: XGBoost`, figure: rival.fit().loss, unit: '' },
		];
	} finally {
		rival.close();
	}
}

interface Drawn {
	readonly rows: Matrix;
	readonly targets: Float64Array;
}

/** Twenty normal columns, six of twelve numbers, four of two; the answer bends and interacts. */
function draw(loss: Loss, seed: string): Drawn {
	const random = seededRandom(`boosted-trees/${seed}`);
	const value = (column: number) =>
		column < 20 ? random.normal() : random.integer(column < 26 ? 12 : 2);
	const columns = Array.from({ length: COLUMNS }, (_, column) =>
		Float64Array.from({ length: ROWS }, () => Math.fround(value(column))),
	);
	const targets = Float64Array.from({ length: ROWS }, (_, row) => {
		const x = (column: number) => columns[column]?.[row] ?? 0;
		const score =
			x(0) + Math.sin(2 * x(1)) + 0.7 * x(2) * x(3) + (x(20) > 5 ? 0.5 : -0.5) * x(4) + 0.3 * x(26);
		if (loss === 'squared') return score + random.normal() / 2;
		return random.next() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
	});
	return { rows: matrix(columns.map((v, i) => numberColumn(`x${i}`, v))), targets };
}

function lossOf(loss: Loss, values: Float64Array, targets: Float64Array): number {
	const sum = values.reduce((total, value, row) => {
		const target = targets[row] as number;
		if (loss === 'squared') return total + (value - target) ** 2;
		return total - Math.log(target === 1 ? value : 1 - value);
	}, 0);
	return loss === 'squared' ? Math.sqrt(sum / values.length) : sum / values.length;
}

const quietRun = () => ({
	cancelled: () => false,
	random: seededRandom('bench'),
	onProgress: () => {},
});

/** The first python3 that has the package; one beside the system's own often has not. */
function pythonWithXgboost(): string | undefined {
	return ['python3', '/usr/bin/python3', '/usr/local/bin/python3', 'python'].find(
		(name) => spawnSync(name, ['-c', 'import xgboost, numpy']).status === 0,
	);
}

const SCRIPT = `
import json, sys, time
import numpy as np, xgboost as xgb
folder, loss, rows, columns, trees, depth, rate = sys.argv[1:8]
def read(name, shape):
    return np.fromfile(folder + '/' + name, dtype=np.float64).reshape(shape)
def matrix(name):
    x = np.ascontiguousarray(read(name + '-rows', (int(columns), int(rows))).T.astype(np.float32))
    return x, read(name + '-targets', (int(rows),))
x, y = matrix('train')
start = time.perf_counter()
data = xgb.DMatrix(x, label=y, nthread=1)
fitted = xgb.train(dict(objective='reg:squarederror' if loss == 'squared' else 'binary:logistic',
    tree_method='hist', nthread=1, max_depth=int(depth), eta=float(rate)), data, int(trees))
seconds = time.perf_counter() - start
x, y = matrix('test')
p = fitted.predict(xgb.DMatrix(x, nthread=1)).astype(np.float64)
value = np.sqrt(np.mean((p - y) ** 2)) if loss == 'squared' else -np.mean(np.log(np.where(y == 1, p, 1 - p)))
print(json.dumps(dict(seconds=seconds, loss=float(value))))
`;

function startRival(python: string, loss: Loss, train: Drawn, test: Drawn) {
	const folder = mkdtempSync(join(tmpdir(), 'bench-trees-'));
	for (const [name, { rows, targets }] of Object.entries({ train, test })) {
		const whole = new Float64Array(ROWS * COLUMNS);
		rows.columns.forEach(({ values }, i) => whole.set(values, i * ROWS));
		writeFileSync(join(folder, `${name}-rows`), new Uint8Array(whole.buffer));
		writeFileSync(join(folder, `${name}-targets`), new Uint8Array(targets.buffer));
	}
	const numbers = [ROWS, COLUMNS, TREES, DEPTH, RATE].map(String);
	return {
		fit: () =>
			JSON.parse(
				execFileSync(python, ['-c', SCRIPT, folder, loss, ...numbers], { encoding: 'utf8' }),
			) as { readonly seconds: number; readonly loss: number },
		close: () => rmSync(folder, { recursive: true }),
	};
}
