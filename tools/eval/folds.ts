import { FittedBlend } from '$workers/learners/blend';
import type { Examples, FittedTabular } from '$workers/learners/tabular';
import type { Run } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import { requireDisjoint } from '$workers/metrics';
import { takeMatrixRows, takeValues } from '$workers/table/matrix';
import type { Split } from '$workers/table/splits';

/** What a fit said of rows that it had not seen. */
export interface Tested {
	readonly truth: Float64Array;
	readonly scores: Float64Array;
	readonly values: Float64Array;
	/** Of fitting alone. */
	readonly seconds: number;
	/** Said of the fit, for the table. */
	readonly fitted?: FittedTabular;
}

/** Fits on the training rows of each split and predicts its test rows. */
export async function testEach<Train extends Examples>(
	whole: Train,
	splits: readonly Split[],
	fit: (train: Train, run: Run, rows: Uint32Array) => Promise<FittedTabular>,
	seed: number,
): Promise<Tested[]> {
	const tested: Tested[] = [];
	for (const [fold, { train, test }] of splits.entries()) {
		requireDisjoint(train, test);
		const run: Run = {
			cancelled: () => false,
			random: seededRandom(`${seed}/fold/${fold}`),
			onProgress: () => {},
		};
		const examples = {
			...whole,
			rows: takeMatrixRows(whole.rows, train),
			targets: takeValues(whole.targets, train),
		};
		const started = performance.now();
		const fitted = await fit(examples, run, train);
		const seconds = (performance.now() - started) / 1000;
		const predicted = await fitted.predict(takeMatrixRows(whole.rows, test));
		tested.push({ truth: takeValues(whole.targets, test), ...predicted, seconds, fitted });
		fitted.dispose();
	}
	return tested;
}

/** The mean of a figure over folds. */
export const meanOver = (tested: readonly Tested[], figure: (of: Tested) => number): number =>
	tested.reduce((sum, each) => sum + figure(each), 0) / tested.length;

export const secondsOf = (tested: readonly Tested[]): number =>
	tested.reduce((sum, { seconds }) => sum + seconds, 0);

/** What the last fit chose, where it was a blend. */
export function choicesOf(tested: readonly Tested[]): string {
	const fitted = tested.at(-1)?.fitted;
	if (!(fitted instanceof FittedBlend)) return '';
	const weights = Object.entries(fitted.weights);
	const { leftOut, halfLife } = fitted.choices;
	return [
		...weights.map(([name, weight]) => `${name} ${weight.toFixed(2)}`),
		...(leftOut.length > 0 ? [`without ${leftOut.join(', ')}`] : []),
		...(halfLife ? [`half-life ${halfLife} days`] : []),
	].join(', ');
}
