import { describe, expect, it } from 'vitest';
import {
	accuracy,
	auc,
	averagePrecision,
	bootstrapInterval,
	brier,
	calibrationBins,
	confusionMatrix,
	ece,
	f1,
	logloss,
	macroF1,
	multiclassAccuracy,
	precision,
	recall,
	requireDisjoint,
} from '$workers/metrics';
import { seededRandom } from '$workers/math/random';

const truth = [0, 1, 1, 0, 1, 0, 0, 1, 1, 0];
const chances = [0.1, 0.9, 0.8, 0.3, 0.3, 0.5, 0.2, 0.6, 0.5, 0.5];

describe('figures of a classifier equal those of scikit-learn 1.2.1', () => {
	it('auc: roc_auc_score(truth, chances)', () => expect(auc(truth, chances)).toBeCloseTo(0.86, 12));
	it('averagePrecision: average_precision_score(truth, chances)', () =>
		expect(averagePrecision(truth, chances)).toBeCloseTo(0.8583333333333332, 12));
	it('logloss: log_loss(truth, chances), and log_loss([0, 1, 1], [0, 1, 0]) where it clips', () => {
		expect(logloss(truth, chances)).toBeCloseTo(0.4807923047654567, 12);
		expect(logloss([0, 1, 1], [0, 1, 0])).toBeCloseTo(12.014551129705717, 8);
	});
	it('brier: brier_score_loss(truth, chances)', () =>
		expect(brier(truth, chances)).toBeCloseTo(0.159, 12));
	it('accuracy_score, precision_score, recall_score, f1_score, confusion_matrix at 0.5', () => {
		const matrix = confusionMatrix(truth, chances);
		expect(matrix).toEqual({
			truePositives: 4,
			falsePositives: 2,
			trueNegatives: 3,
			falseNegatives: 1,
		});
		expect(accuracy(matrix)).toBeCloseTo(0.7, 12);
		expect(precision(matrix)).toBeCloseTo(0.6666666666666666, 12);
		expect(recall(matrix)).toBeCloseTo(0.8, 12);
		expect(f1(matrix)).toBeCloseTo(0.7272727272727272, 12);
	});
	it("more classes: accuracy_score and f1_score(..., average='macro')", () => {
		const many = [0, 1, 2, 2, 1, 0, 3, 1];
		const said = [0, 2, 2, 1, 1, 0, 1, 1];
		expect(multiclassAccuracy(many, said)).toBeCloseTo(0.625, 12);
		expect(macroF1(many, said)).toBeCloseTo(0.5178571428571429, 12);
	});
});

describe('calibration', () => {
	it('equals sums over numpy.array_split(argsort(chances), 4)', () => {
		const untied = [0.02, 0.97, 0.81, 0.33, 0.28, 0.55, 0.21, 0.64, 0.48, 0.52];
		expect(ece(truth, untied, 4)).toBeCloseTo(0.123, 12);
		expect(calibrationBins(truth, untied, 4).map(({ count }) => count)).toEqual([3, 3, 2, 2]);
	});
	it('does not depend on the order of rows of equal chance', () => {
		const same = new Array<number>(30).fill(0.4);
		const sorted = same.map((_, row) => (row < 12 ? 1 : 0));
		expect(ece(sorted, same)).toBeCloseTo(0, 12);
		expect(ece(sorted.toReversed(), same)).toBeCloseTo(0, 12);
	});
	it('has no more bins than rows', () =>
		expect(calibrationBins([0, 1], [0.2, 0.7])).toHaveLength(2));
});

describe('what no figure may be made of is refused', () => {
	const figures = { auc, averagePrecision, logloss, brier, ece, confusionMatrix, macroF1 };
	for (const [name, figure] of Object.entries(figures))
		it(`${name} refuses a NaN, nothing, and columns of different lengths`, () => {
			expect(() => figure([0, 1], [0.5, Number.NaN])).toThrow(RangeError);
			expect(() => figure([0, Number.NaN], [0.5, 0.5])).toThrow(RangeError);
			expect(() => figure([], [])).toThrow(RangeError);
			expect(() => figure([0, 1], [0.5])).toThrow(RangeError);
		});
	it('one class has no auc and no average precision', () => {
		expect(() => auc([1, 1], [0.2, 0.3])).toThrow('one class');
		expect(() => averagePrecision([0, 0], [0.2, 0.3])).toThrow('one class');
	});
	it('a chance beyond 0 and 1, or a class beyond 0 and 1', () => {
		expect(() => logloss([0, 1], [0.2, 1.3])).toThrow(RangeError);
		expect(() => auc([0, 2], [0.2, 0.3])).toThrow(RangeError);
	});
	it('rows that stand in train and in test', () => {
		expect(() => requireDisjoint([1, 2, 3], [4, 3])).toThrow(RangeError);
		expect(() => requireDisjoint([1, 2, 3], [4, 5])).not.toThrow();
	});
});

describe('the bootstrap', () => {
	it('gives the standard error of a mean', () => {
		const random = seededRandom('bootstrap');
		const values = Float64Array.from({ length: 400 }, () => random.normal());
		const mean = (rows: Uint32Array) =>
			rows.reduce((sum, row) => sum + (values[row] as number), 0) / rows.length;
		const { standardError, low, high } = bootstrapInterval(400, mean, random, 500);
		expect(standardError).toBeCloseTo(1 / 20, 2);
		expect(high - low).toBeCloseTo((2 * 1.96) / 20, 1);
	});
	it('draws again where a draw has one class', () => {
		const figure = (rows: Uint32Array) =>
			auc(
				Array.from(rows, (row) => (row === 0 ? 1 : 0)),
				Array.from(rows, (row) => -row),
			);
		expect(bootstrapInterval(4, figure, seededRandom(1), 20).low).toBe(1);
	});
});
