import type { Matrix } from '$workers/table/matrix';
import { decodePlain, encodePlain } from '$workers/table/plain';
import { CancelledError } from '../contract';
import { partOfRun, requireExamples } from '../examples';
import type { FittedTabular, TabularEstimator } from '../tabular';
import type { FittedTransform, Transform } from '../transform';

/**
 * Steps and a learner as one learner: `fit` fits each step on the training rows as the step before
 * left them, then the learner on what the last one left; `predict` sends rows the same way. What is
 * explained are the columns that the learner sees, after the last step.
 */
export function pipeline(
	steps: readonly Transform[],
	estimator: TabularEstimator,
): TabularEstimator {
	return {
		name: `pipeline to ${estimator.name}`,
		params: { ...estimator.params, ...paramsOf(steps) },
		async fit(train, run) {
			requireExamples(train);
			const parts = steps.length + 1;
			const fitted: FittedTransform[] = [];
			let { rows } = train;
			for (const [part, step] of steps.entries()) {
				if (run.cancelled()) throw new CancelledError();
				const done = await step.fit({ ...train, rows }, partOfRun(run, part, parts));
				fitted.push(done.fitted);
				rows = done.train;
			}
			if (run.cancelled()) throw new CancelledError();
			const last = partOfRun(run, steps.length, parts);
			return fittedPipeline(fitted, await estimator.fit({ ...train, rows }, last));
		},
	};
}

/**
 * The inverse of `toBuffer`: `transforms` brings steps back by their name (`cleaningSteps` of
 * `cleaning/` knows all of its own), `estimatorFrom` the learner. A RangeError for other bytes.
 */
export async function pipelineFrom(
	buffer: ArrayBuffer,
	transforms: Readonly<Record<string, (state: unknown) => FittedTransform>>,
	estimatorFrom: (buffer: ArrayBuffer) => FittedTabular | Promise<FittedTabular>,
): Promise<FittedTabular> {
	const { steps, learner } = requireStored(decodePlain(buffer));
	const fitted = steps.map(({ name, state }) => {
		const from = Object.hasOwn(transforms, name) ? transforms[name] : undefined;
		if (!from) throw new RangeError(`hand in what brings back a step ${name}`);
		return from(state);
	});
	return fittedPipeline(fitted, await estimatorFrom(learner.slice().buffer));
}

function fittedPipeline(steps: readonly FittedTransform[], inner: FittedTabular): FittedTabular {
	const apply = (query: Matrix) => steps.reduce((rows, step) => step.apply(rows), query);
	const { explain } = inner;
	return {
		predict: (query) => inner.predict(apply(query)),
		...(explain && { explain: (query: Matrix) => explain.call(inner, apply(query)) }),
		toBuffer: () =>
			encodePlain({
				pipeline: 1,
				steps: steps.map(({ name, state }) => ({ name, state })),
				learner: new Uint8Array(inner.toBuffer()),
			}),
		dispose: () => inner.dispose(),
	};
}

interface Stored {
	readonly pipeline: 1;
	readonly steps: readonly { readonly name: string; readonly state: unknown }[];
	readonly learner: Uint8Array<ArrayBuffer>;
}

function requireStored(value: unknown): Stored {
	const { pipeline: version, steps, learner } = (value ?? {}) as Record<string, unknown>;
	const isWhole =
		version === 1 &&
		learner instanceof Uint8Array &&
		Array.isArray(steps) &&
		steps.every((step: unknown) => typeof (step as { name?: unknown } | null)?.name === 'string');
	if (!isWhole) throw new RangeError('the bytes are not those of a pipeline');
	return value as Stored;
}

/** `1 impute.by` is the parameter `by` of the first step. */
function paramsOf(steps: readonly Transform[]): Transform['params'] {
	const entries = steps.flatMap(({ name, params }, i) =>
		Object.entries(params).map(([param, value]): [string, number | string | boolean] => [
			`${i + 1} ${name}.${param}`,
			value,
		]),
	);
	return Object.fromEntries(entries);
}
