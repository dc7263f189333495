import type { Random } from '$workers/math/random';
import { type SparseRows, dotAll, takeRows } from '$workers/table/sparse';
import { stratifiedFolds } from '$workers/table/splits';
import { takeValues } from '$workers/table/matrix';
import { fitSigmoid } from '../calibration';
import { CancelledError, type Run } from '../contract';
import { partOfRun, requireClasses, weightsOf } from '../examples';
import {
	FittedLinearTable,
	type LinearEstimator,
	breathing,
	designRows,
	fitDesign,
	weightedMeans,
} from '../linear';
import { type SvmSettings, dualDescent } from './dual-descent';

export interface LinearSvmOptions extends SvmSettings {
	/** Fits besides the final one, for the chances. */
	readonly folds: number;
}

const USUAL: LinearSvmOptions = { c: 0.1, tolerance: 1e-3, passes: 200, folds: 3 };

/**
 * A linear support vector machine with squared hinge loss over standardised numbers and one column a
 * level (see `design.ts`), fitted by dual coordinate descent. `scores` are margins; `values` are
 * chances by Platt's sigmoid (1999) of margins of rows that their fit did not see.
 */
export function linearSvm(options: Partial<LinearSvmOptions> = {}): LinearEstimator {
	const params = { ...USUAL, ...options };
	return {
		name: 'linear-svm',
		params,
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			if (!(params.c > 0)) throw new RangeError('c must be above 0');
			requireClasses(train);
			const { targets } = train;
			const rowWeights = weightsOf(train);
			const design = fitDesign(train.rows, rowWeights);
			const all: Sides = {
				rows: designRows(design, train.rows),
				sides: targets.map((target) => 2 * target - 1),
				rowWeights,
			};
			const margins = await outOfFoldMargins(all, params, run);
			const weights = await fitPart(all, params, partOfRun(run, params.folds, params.folds + 1));
			run.onProgress({ done: 1, total: 1 });
			return new FittedLinearTable('linear-svm', {
				design,
				weights,
				means: weightedMeans(all.rows, rowWeights),
				line: sigmoidOf(margins, targets, rowWeights),
			});
		},
	};
}

/** The inverse of `toBuffer`. A RangeError where the bytes are not those of this machine. */
export const linearSvmFrom = (buffer: ArrayBuffer): FittedLinearTable =>
	FittedLinearTable.from('linear-svm', buffer);

interface Sides {
	readonly rows: SparseRows;
	readonly sides: Float64Array;
	readonly rowWeights: Float64Array;
}

function fitPart({ rows, sides, rowWeights }: Sides, params: SvmSettings, run: Run) {
	return dualDescent(rows, sides, rowWeights, params, run.random, breathing(run));
}

/** The design is that of all training rows: it knows no target. */
async function outOfFoldMargins(
	{ rows, sides, rowWeights }: Sides,
	params: LinearSvmOptions,
	run: Run,
): Promise<Float64Array> {
	const random: Random = run.random.fork('folds');
	const margins = new Float64Array(rows.count);
	for (const [part, split] of stratifiedFolds(sides, params.folds, random).entries()) {
		const train = {
			rows: takeRows(rows, split.train),
			sides: takeValues(sides, split.train),
			rowWeights: takeValues(rowWeights, split.train),
		};
		const weights = await fitPart(train, params, partOfRun(run, part, params.folds + 1));
		const found = dotAll(takeRows(rows, split.test), weights);
		split.test.forEach((row, i) => (margins[row] = found[i] as number));
	}
	return margins;
}

function sigmoidOf(margins: Float64Array, targets: Float64Array, rowWeights: Float64Array) {
	const [slope = 1, offset = 0] = fitSigmoid(margins, targets, rowWeights);
	return { slope, offset };
}
