import { nelderMeadSteps } from '$workers/math/nelder-mead';
import { CancelledError, type Run } from '../contract';

/** Further out powers overflow; no data is described by such numbers. */
const FURTHEST = 12;
const MOST_EVALUATIONS = 3000;
/** Milliseconds. */
const BREATH = 100;

/** The point of the least loss; lets others have their turn, and stops when cancelled. */
export async function minimise(
	loss: (point: Float64Array) => number,
	start: ArrayLike<number>,
	run: Run,
): Promise<Float64Array> {
	const within = (point: Float64Array) =>
		point.some((value) => Math.abs(value) > FURTHEST) ? Number.POSITIVE_INFINITY : loss(point);
	const steps = nelderMeadSteps(within, start, { maxEvaluations: MOST_EVALUATIONS });
	let breath = performance.now();
	for (;;) {
		if (run.cancelled()) throw new CancelledError();
		const step = steps.next();
		if (step.done) return step.value.point;
		if (performance.now() - breath < BREATH) continue;
		await new Promise((resolve) => setTimeout(resolve));
		breath = performance.now();
	}
}
