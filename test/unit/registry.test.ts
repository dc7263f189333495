import { describe, expect, it } from 'vitest';
import type { Backtest, Figure, RunRecord, Suspect } from '$lib/contracts';
import {
	artefactName,
	dueModels,
	gatesOf,
	GateError,
	type JobNote,
	listJobs,
	NEVER,
	nextVersion,
	passesAll,
	passesHard,
	promote,
	register,
	rollBack,
	shown,
} from '$workers/registry';

const figure = (change: Partial<Figure> = {}): Figure => ({
	name: 'wape30d',
	value: 0.1,
	naive: 0.3,
	target: Number.NaN,
	better: 'lower',
	...change,
});

const backtest = (change: Partial<Backtest> = {}): Backtest => ({
	protocol: 'rolling-origin',
	naive: 'same-weekday-last-year',
	figures: [figure()],
	beatsNaive: true,
	points: [],
	coverage: { promised: 0.8, held: 0.79, count: 270 },
	rows: 270,
	...change,
});

const leak: Suspect = {
	column: 'parking',
	verdict: 'refused',
	reason: 'NeverWithOutcome',
	evidence: {},
};

const gates = (change: Partial<Backtest> = {}, suspects: readonly Suspect[] = []) =>
	gatesOf({ backtest: backtest(change), features: ['parking', 'nights'], suspects });

const run = (id: string, change: Partial<RunRecord> = {}): RunRecord => ({
	id,
	model: 'revenue',
	name: id,
	version: '1.0',
	stage: 'None',
	trainedAt: 0,
	seconds: 1,
	seed: 1,
	build: 'test',
	device: 'test',
	rows: 1,
	from: 0,
	to: 1,
	dataHash: '',
	learner: 'gbdt',
	settings: {},
	features: [],
	backtest: backtest(),
	importance: [],
	suspects: [],
	sample: true,
	currency: 'USD',
	gates: gates(),
	reason: 'gates-passed',
	bytes: 0,
	promotedAt: Number.NaN,
	retiredAt: Number.NaN,
	tables: [],
	...change,
});

describe('the gates of the registry', () => {
	it('open for a model that beats the baseline, does not leak and whose interval holds', () => {
		expect(passesAll(gates())).toBe(true);
	});

	it('stay closed, and can not be waived, for a model that loses to the baseline', () => {
		expect(passesHard(gates({ figures: [figure({ value: 0.4 })] }))).toBe(false);
		expect(passesHard(gates({ beatsNaive: false }))).toBe(false);
	});

	it('stay closed for a model with a column that was known too late', () => {
		expect(passesHard(gates({}, [leak]))).toBe(false);
		expect(passesHard(gates({}, [{ ...leak, verdict: 'suspect' }]))).toBe(true);
		expect(passesHard(gates({}, [{ ...leak, column: 'left out' }]))).toBe(true);
	});

	it('never take NaN for a pass', () => {
		expect(passesHard(gates({ figures: [figure({ value: Number.NaN })] }))).toBe(false);
		expect(passesHard(gates({ figures: [figure({ naive: Number.NaN })] }))).toBe(false);
		expect(passesHard(gates({ figures: [] }))).toBe(false);
	});

	it('hold the seeds’ targets against the figure, and leave them to a person', () => {
		const missed = gates({ figures: [figure({ target: 0.05 })] });
		expect(passesAll(missed)).toBe(false);
		expect(passesHard(missed)).toBe(true);
		const auc = figure({ name: 'auc', value: 0.8, naive: 0.5, target: 0.75, better: 'higher' });
		expect(passesAll(gates({ figures: [auc] }))).toBe(true);
	});

	it('notice an interval that holds too little', () => {
		expect(passesAll(gates({ coverage: { promised: 0.8, held: 0.6, count: 100 } }))).toBe(false);
	});
});

describe('the stages of the registry', () => {
	it('put a version that passes into production and archive the one before', () => {
		const old = run('old', { stage: 'Production', promotedAt: 1 });
		const changed = register(run('new'), [old], 5);
		expect(changed).toMatchObject([
			{ id: 'new', stage: 'Production', promotedAt: 5 },
			{ id: 'old', stage: 'Archived', reason: 'replaced', retiredAt: 5 },
		]);
	});

	it('leave a version that fails a gate in staging, and production as it was', () => {
		const failing = run('new', { gates: gates({ beatsNaive: false }) });
		expect(register(failing, [run('old', { stage: 'Production' })], 5)).toMatchObject([
			{ id: 'new', stage: 'Staging', reason: 'gate-failed' },
		]);
	});

	it('refuse to promote by hand what loses to the baseline', () => {
		const failing = run('new', { gates: gates({ beatsNaive: false }) });
		expect(() => promote(failing, [], 5)).toThrow(GateError);
	});

	it('roll back to the version that was in production before', () => {
		const runs = [
			run('a', { stage: 'Archived', promotedAt: 1, retiredAt: 2 }),
			run('b', { stage: 'Archived', promotedAt: 2, retiredAt: 3 }),
			run('c', { stage: 'Production', promotedAt: 3 }),
			run('never', { stage: 'Archived', retiredAt: 9 }),
		];
		expect(rollBack(runs, 7)).toMatchObject([
			{ id: 'b', stage: 'Production', reason: 'taken-back' },
			{ id: 'c', stage: 'Archived', reason: 'rolled-back', retiredAt: 7 },
		]);
	});

	it('have nothing to roll back to at first', () => {
		expect(rollBack([run('a', { stage: 'Production' })], 7)).toBeNull();
	});

	it('show the version in production, or else the newest in staging', () => {
		const staging = [
			run('early', { stage: 'Staging', trainedAt: 1 }),
			run('late', { stage: 'Staging', trainedAt: 2 }),
		];
		expect(shown(staging)?.id).toBe('late');
		expect(shown([...staging, run('old', { stage: 'Production' })])?.id).toBe('old');
		expect(shown([run('gone', { stage: 'Archived' })])).toBeNull();
	});
});

describe('names of versions', () => {
	it('say what, which, when and how', () => {
		const trainedAt = Date.UTC(2026, 4, 14, 6, 10);
		expect(artefactName('revenue', nextVersion(2), trainedAt, 'gbdt')).toBe(
			'revenue_forecaster_v1.2_20260514_gbdt',
		);
	});
});

describe('the refresh of models', () => {
	const HOUR = 3_600_000;
	const done = (finishedAt: number, books = 'old'): JobNote => ({
		...NEVER,
		state: 'done',
		finishedAt,
		books,
	});

	it('learns everything at first', () => {
		expect(dueModels({}, 'new', 0)).toHaveLength(6);
	});

	it('waits while the books are as they were', () => {
		expect(dueModels({ revenue: done(0, 'new') }, 'new', 1e12)).not.toContain('revenue');
	});

	it('comes back after its period, and once after a long sleep', () => {
		expect(dueModels({ price: done(0) }, 'new', 23 * HOUR)).not.toContain('price');
		expect(dueModels({ price: done(0) }, 'new', 25 * HOUR)).toContain('price');
		const asleep = dueModels({ price: done(0) }, 'new', 90 * 24 * HOUR);
		expect(asleep.filter((model) => model === 'price')).toHaveLength(1);
	});

	it('tells a job that was killed from one that runs', () => {
		const notes = { demand: { ...NEVER, state: 'running' as const } };
		const state = (running: 'demand' | null) =>
			listJobs(notes, 'new', running).find(({ model }) => model === 'demand')?.state;
		expect(state('demand')).toBe('running');
		expect(state(null)).toBe('interrupted');
		expect(dueModels(notes, 'new', 0)).toContain('demand');
	});

	it('does not start again by itself what a person stopped', () => {
		const stopped: JobNote = { ...NEVER, state: 'cancelled', books: 'new' };
		expect(dueModels({ revenue: stopped }, 'new', 1e12)).not.toContain('revenue');
		expect(dueModels({ revenue: stopped }, 'newer', 1e12)).toContain('revenue');
	});
});
