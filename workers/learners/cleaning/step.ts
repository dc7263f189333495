import type { Matrix } from '$workers/table/matrix';
import type { Run } from '../contract';
import { requireExamples } from '../examples';
import type { Examples } from '../tabular';
import type { FittedTransform, Transform } from '../transform';
import type { Shape } from './shape';

/** What all fitted steps of a kind share: their name and what they do with what was learned. */
export interface StepKind<State> {
	readonly name: string;
	readonly isState: Shape<State>;
	apply(state: State, rows: Matrix): Matrix;
}

export function fittedStep<State>(kind: StepKind<State>, state: State): FittedTransform {
	return { name: kind.name, state, apply: (rows) => kind.apply(state, rows) };
}

/** From the `state` of a fitted step; a RangeError where it is none of this kind. */
export function stepFrom<State>(kind: StepKind<State>): (state: unknown) => FittedTransform {
	return (state) => {
		if (!kind.isState(state)) throw new RangeError(`the state of a step ${kind.name} is damaged`);
		return fittedStep(kind, state);
	};
}

/** A step that does the same with training rows as with all others. */
export function step<State>(
	kind: StepKind<State>,
	params: Transform['params'],
	learn: (train: Examples, run: Run) => State | Promise<State>,
): Transform {
	return {
		name: kind.name,
		params,
		async fit(train, run) {
			requireExamples(train);
			const state = await learn(train, run);
			return { fitted: fittedStep(kind, state), train: kind.apply(state, train.rows) };
		},
	};
}
