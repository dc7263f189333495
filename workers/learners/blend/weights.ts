/**
 * Weights of a blend of scores (stacking: Wolpert 1992; at least 0, after Breiman 1996): least loss
 * of `intercept + Σ weight × score` on rows that the scores' learners have not seen, drawn towards
 * equal weights. The intercept and the sum of the weights calibrate the blend as a logistic line does.
 */
export interface BlendWeights {
	readonly intercept: number;
	readonly weights: Float64Array;
}

const ROUNDS = 50;
const SWEEPS = 20;
/** Rows that equal weights count for. */
const PRIOR_ROWS = 20;
const ENOUGH = 1e-8;

/**
 * @param scores one array a member, a value a row
 * @param loss `logistic` for targets of 0 and 1, else `squared`
 */
export function blendWeights(
	scores: readonly Float64Array[],
	targets: Float64Array,
	rowWeights: Float64Array,
	loss: 'logistic' | 'squared',
): BlendWeights {
	const equal = 1 / scores.length;
	const solution = new Float64Array(scores.length + 1).fill(equal);
	solution[0] = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const before = solution.slice();
		newtonStep(solution, scores, targets, rowWeights, loss, equal);
		const moved = solution.reduce(
			(most, value, i) => Math.max(most, Math.abs(value - (before[i] as number))),
			0,
		);
		if (moved < ENOUGH) break;
	}
	return { intercept: solution[0] as number, weights: solution.slice(1) };
}

/** One quadratic step, solved by coordinates with the bound at 0. */
function newtonStep(
	solution: Float64Array,
	scores: readonly Float64Array[],
	targets: Float64Array,
	rowWeights: Float64Array,
	loss: 'logistic' | 'squared',
	equal: number,
): void {
	const size = solution.length;
	const hessian = new Float64Array(size * size);
	const gradient = new Float64Array(size);
	const inputs = new Float64Array(size);
	inputs[0] = 1;
	for (let row = 0; row < targets.length; row++) {
		for (let i = 1; i < size; i++) inputs[i] = (scores[i - 1] as Float64Array)[row] as number;
		const score = inputs.reduce((sum, input, i) => sum + input * (solution[i] as number), 0);
		const value = loss === 'logistic' ? 1 / (1 + Math.exp(-score)) : score;
		const weight = rowWeights[row] as number;
		const curve = weight * (loss === 'logistic' ? Math.max(1e-6, value * (1 - value)) : 1);
		const slope = weight * (value - (targets[row] as number));
		for (let i = 0; i < size; i++) {
			const input = inputs[i] as number;
			gradient[i] = (gradient[i] as number) + slope * input;
			for (let j = 0; j < size; j++)
				hessian[i * size + j] =
					(hessian[i * size + j] as number) + curve * input * (inputs[j] as number);
		}
	}
	for (let i = 1; i < size; i++) {
		const own = ((hessian[i * size + i] as number) / targets.length) * PRIOR_ROWS + ENOUGH;
		hessian[i * size + i] = (hessian[i * size + i] as number) + own;
		gradient[i] = (gradient[i] as number) + own * ((solution[i] as number) - equal);
	}
	const step = new Float64Array(size);
	for (let sweep = 0; sweep < SWEEPS * size; sweep++)
		for (let i = 0; i < size; i++) {
			let slope = gradient[i] as number;
			for (let j = 0; j < size; j++)
				slope += (hessian[i * size + j] as number) * (step[j] as number);
			const wanted = (step[i] as number) - slope / (hessian[i * size + i] as number);
			step[i] = i === 0 ? wanted : Math.max(-(solution[i] as number), wanted);
		}
	step.forEach((by, i) => (solution[i] = (solution[i] as number) + by));
}
