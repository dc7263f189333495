/** The middle one, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** Milliseconds that some work took. */
export async function timed(work: () => unknown): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

/**
 * Rivals take turns, so that whatever else the machine does falls on all of them alike; a first
 * round warms up and is not counted.
 *
 * @returns the times of each rival in milliseconds, round by round
 */
export async function takeTurns<Name extends string>(
	rounds: number,
	rivals: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, number[]>> {
	const names = Object.keys(rivals) as Name[];
	const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
		Name,
		number[]
	>;
	for (let round = 0; round <= rounds; round++) {
		for (const name of names) {
			const time = await timed(rivals[name]);
			if (round > 0) times[name].push(time);
		}
	}
	return times;
}
