import { describe, expect, it } from 'vitest';
import { boostedTrees } from '$workers/learners/boosted-trees';
import { matrix, numberColumn } from '$workers/table/matrix';
import { plainRun } from '../conformance/learner';

/**
 * XGBoost 1.7.4 on the same rows: `xgboost.train(dict(objective=..., tree_method='hist', max_bin=255,
 * max_depth=4, eta=.1, base_score=y.mean(), nthread=1), DMatrix(x, label=y), 60)`, fitted on
 * `draw(1, 2000)` and measured on `draw(2, 1000)`.
 */
const XGBOOST = [
	['squared', 'reg:squarederror', 0.173506],
	['logistic', 'binary:logistic', 0.127214],
	['poisson', 'count:poisson', 0.280604],
] as const;

const ANSWERS = {
	squared: (score: number) => score,
	logistic: (score: number) => Number(score > 0),
	poisson: (score: number) => Math.floor(Math.exp(score / 2)),
};

const LOSSES = {
	squared: (target: number, value: number) => (value - target) ** 2,
	logistic: (target: number, value: number) => -Math.log(target === 1 ? value : 1 - value),
	poisson: (target: number, value: number) => value - target * Math.log(value),
};

/** Four even columns from a congruential generator, and a score of them. */
function draw(seed: number, count: number) {
	let state = seed;
	const columns = [0, 1, 2, 3].map(() => new Float64Array(count));
	for (let i = 0; i < count * 4; i++) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		(columns[i % 4] as Float64Array)[Math.floor(i / 4)] = (state >>> 8) / 2 ** 24;
	}
	const scores = new Float64Array(count).map((_, row) => {
		const [a = 0, b = 0, c = 0, d = 0] = columns.map((column) => column[row]);
		return 4 * a + Math.sin(9 * b) + 3 * Number(c > 0.5) * d - 3;
	});
	return { rows: matrix(columns.map((v, i) => numberColumn(`x${i}`, v))), scores };
}

describe('boosted trees', () => {
	it.each(XGBOOST)('with %s loss are no worse than XGBoost with %s', async (loss, _, theirs) => {
		const [train, test] = [draw(1, 2000), draw(2, 1000)];
		const targets = train.scores.map(ANSWERS[loss]);
		const estimator = boostedTrees({ loss, rounds: 60, maxDepth: 4, learningRate: 0.1 });
		const fitted = await estimator.fit({ rows: train.rows, targets }, plainRun());
		const { values } = await fitted.predict(test.rows);
		const sum = values.reduce((total, value, row) => {
			return total + LOSSES[loss](ANSWERS[loss](test.scores[row] as number), value);
		}, 0);
		const ours = loss === 'squared' ? Math.sqrt(sum / 1000) : sum / 1000;
		expect(ours).toBeLessThan(theirs + 0.03 * Math.abs(theirs));
	});
});
