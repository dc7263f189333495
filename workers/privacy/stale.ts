import type { RunRecord, StaleWhy } from '$lib/contracts';

/** A run that may not answer any more: archived, with the reason, and nothing left of what it learned. */
export const takenOut = (run: RunRecord, why: StaleWhy, now: number): RunRecord => ({
	...run,
	stage: 'Archived',
	reason: 'made-stale',
	bytes: 0,
	retiredAt: now,
	stale: { why, since: now },
});
