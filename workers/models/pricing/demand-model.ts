import type { Run } from '$workers/learners/contract';
import { boostedTrees, type FittedTrees } from '$workers/learners/boosted-trees';
import { takeMatrixRows, takeValues, type Matrix } from '$workers/table/matrix';
import type { Panel } from './panel';

/** Demand at the usual price: whether a night is let, or how many arrive. */
export function demandLearner(kind: Panel['kind']) {
	return boostedTrees({
		loss: kind === 'nights' ? 'logistic' : 'poisson',
		rounds: 120,
		learningRate: 0.08,
		maxDepth: 4,
		minChildWeight: 5,
		lambda: 5,
		subsample: 0.8,
		columnsByTree: 0.8,
	});
}

export async function fitDemand(
	kind: Panel['kind'],
	rows: Matrix,
	targets: Float64Array,
	run: Run,
	offsets?: Float64Array,
): Promise<FittedTrees> {
	return demandLearner(kind).fit({ rows, targets, ...(offsets && { offsets }) }, run);
}

/** Scores of rows by models that did not see them: `fold` says which part a row belongs to. */
export async function outOfFoldScores(
	kind: Panel['kind'],
	rows: Matrix,
	targets: Float64Array,
	fold: Uint8Array,
	folds: number,
	run: Run,
): Promise<Float64Array> {
	const scores = new Float64Array(rows.count);
	for (let part = 0; part < folds; part++) {
		const others = placesWhere(fold, (own) => own !== part);
		const held = placesWhere(fold, (own) => own === part);
		const fitted = await fitDemand(
			kind,
			takeMatrixRows(rows, others),
			takeValues(targets, others),
			run,
		);
		const predicted = await fitted.predict(takeMatrixRows(rows, held));
		held.forEach((row, i) => (scores[row] = predicted.scores[i] as number));
		fitted.dispose();
	}
	return scores;
}

export function placesWhere(
	values: ArrayLike<number>,
	wanted: (value: number) => boolean,
): Uint32Array {
	const places: number[] = [];
	for (let i = 0; i < values.length; i++) if (wanted(values[i] as number)) places.push(i);
	return Uint32Array.from(places);
}
