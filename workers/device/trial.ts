/** Named arrays of numbers, as a backend read them back or as the reference says they are. */
export type Numbers = Readonly<Record<string, ArrayLike<number>>>;

/**
 * A real piece of the work to come, in its own shapes: backends are timed on it, and none is trusted
 * before its numbers were checked.
 */
export interface Trial {
	/** What the first step must give, by plain loops in float64. */
	expected(): Numbers;
	/** Uploads to the backend in use. */
	begin(): TrialRun;
}

export interface TrialRun {
	/** Queues one step; it may still run on return. */
	step(): void;
	/** Waits for the steps and reads their numbers. */
	read(): Promise<Numbers>;
	dispose(): void;
}

export interface Measurement {
	/** For one step, best of the rounds. */
	readonly milliseconds: number;
	/** See {@link relativeError}; of the first step. */
	readonly error: number;
}

const ROUNDS = 3;
const STEPS = 3;

/** Checks one step on the backend in use, then times some more. */
export async function measure(trial: Trial, expected: Numbers): Promise<Measurement> {
	const run = trial.begin();
	try {
		const error = await checkStep(run, expected);
		let milliseconds = Infinity;
		for (let round = 0; round < ROUNDS; round++) {
			const start = performance.now();
			for (let step = 0; step < STEPS; step++) run.step();
			await run.read();
			milliseconds = Math.min(milliseconds, (performance.now() - start) / STEPS);
		}
		return { milliseconds, error };
	} finally {
		run.dispose();
	}
}

/** Checks one step, without timing. */
export async function check(trial: Trial, expected: Numbers): Promise<number> {
	const run = trial.begin();
	try {
		return await checkStep(run, expected);
	} finally {
		run.dispose();
	}
}

async function checkStep(run: TrialRun, expected: Numbers): Promise<number> {
	run.step();
	return relativeError(await run.read(), expected);
}

/**
 * The largest difference in any array, relative to that array's largest expected magnitude: an array
 * of small gradients counts as much as one of large weights. Infinity where lengths differ or a
 * number is not finite.
 */
export function relativeError(actual: Numbers, expected: Numbers): number {
	const errors = Object.entries(expected).map(([name, values]) =>
		arrayError(actual[name] ?? [], values),
	);
	return Math.max(...errors);
}

function arrayError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
	if (actual.length !== expected.length) return Infinity;
	let difference = 0;
	let magnitude = Number.MIN_VALUE;
	for (let i = 0; i < expected.length; i++) {
		const wanted = expected[i] as number;
		const found = actual[i] as number;
		if (!Number.isFinite(found)) return Infinity;
		difference = Math.max(difference, Math.abs(found - wanted));
		magnitude = Math.max(magnitude, Math.abs(wanted));
	}
	return difference / magnitude;
}
