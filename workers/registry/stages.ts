import type { RunRecord, Stage, StageReason } from '$lib/contracts';
import { passesAll, passesHard } from './gates';

/** What happens to the runs of one model; only those that change are handed back. */
export type Changes = readonly RunRecord[];

/** A version asked for that must not be in production. */
export class GateError extends Error {
	override readonly name = 'GateClosed';
	constructor(readonly run: RunRecord) {
		super('a version that loses to the naive baseline, or leaks, is not promoted');
	}
}

/**
 * Where a new run goes: into production when it passes every gate (the version there makes room), or
 * else into staging. A version with a leak or without an edge over the baseline never leaves staging.
 */
export function register(run: RunRecord, others: Changes, now: number): Changes {
	if (!passesAll(run.gates)) return [staged(run, 'gate-failed')];
	return [inProduction(run, 'gates-passed', now), ...retire(others, now, 'replaced')];
}

/** By hand. @throws GateError where a hard gate is closed */
export function promote(run: RunRecord, others: Changes, now: number): Changes {
	if (!passesHard(run.gates)) throw new GateError(run);
	return [inProduction(run, 'promoted-by-hand', now), ...retire(others, now, 'replaced')];
}

/** The version that was in production last takes the place of the present one; `null`: there is none. */
export function rollBack(runs: Changes, now: number): Changes | null {
	const present = runs.find(({ stage }) => stage === 'Production');
	const before = runs
		.filter((run) => run.stage === 'Archived' && !Number.isNaN(run.promotedAt) && !run.stale)
		.sort((a, b) => b.retiredAt - a.retiredAt)[0];
	if (!present || !before) return null;
	return [inProduction(before, 'taken-back', now), archived(present, now, 'rolled-back')];
}

/** The run whose answer is shown: the one in production, else the newest in staging. */
export function shown(runs: Changes): RunRecord | null {
	const newest = [...runs].sort((a, b) => b.trainedAt - a.trainedAt);
	return (
		newest.find(({ stage }) => stage === 'Production') ??
		newest.find(({ stage }) => stage === 'Staging') ??
		null
	);
}

const retire = (others: Changes, now: number, reason: StageReason): Changes =>
	others.filter(({ stage }) => stage === 'Production').map((run) => archived(run, now, reason));

const inStage = (run: RunRecord, stage: Stage, reason: StageReason): RunRecord => ({
	...run,
	stage,
	reason,
});

const staged = (run: RunRecord, reason: StageReason) => inStage(run, 'Staging', reason);

const inProduction = (run: RunRecord, reason: StageReason, now: number): RunRecord => ({
	...inStage(run, 'Production', reason),
	promotedAt: now,
	retiredAt: Number.NaN,
});

const archived = (run: RunRecord, now: number, reason: StageReason): RunRecord => ({
	...inStage(run, 'Archived', reason),
	retiredAt: now,
});
