import type { InsightModel, ModelCard, Stage } from '$lib/contracts/insight';
import type { Gate, JobRecord, StageReason } from '$lib/contracts/registry';
import { number, percent } from './intl';
import { dateAndTime } from './time';

const MODELS: Record<InsightModel, string> = {
	revenue: 'Revenue',
	demand: 'Demand',
	conversion: 'Conversion',
	cancellation: 'Cancellations',
	price: 'Prices',
	'lifetime-value': 'Value of guests',
};

const STAGES: Record<Stage, string> = {
	None: 'not in use',
	Staging: 'on trial',
	Production: 'in production',
	Archived: 'retired',
};

/** Of learners by the name in the model card; others stand as they are. */
const LEARNERS: Readonly<Record<string, string>> = {
	gbdt: 'boosted trees',
	logistic: 'logistic regression',
	linear: 'linear regression',
	ridge: 'ridge regression',
	network: 'small neural network',
	bgnbd: 'BG/NBD, a counting model of who comes back',
	mbgnbd: 'MBG/NBD, a counting model of who comes back',
	'gamma-gamma': 'gamma-gamma, a model of what a stay costs',
	blend: 'blend of several learners',
	prophet: 'Prophet',
	trees: 'boosted trees',
	'trees + linear': 'boosted trees and a linear model, blended',
	'gbdt-partly-linear': 'boosted trees, with a straight line for the price',
	'boosted-trees': 'boosted trees',
	'pick-up with boosted trees': 'pick-up and boosted trees',
	'pick-up with boosted Poisson trees': 'pick-up and boosted trees for counts',
	purchases: 'a counting model of purchases (BG/NBD, gamma-gamma)',
	average: 'both, averaged',
};

const REASONS: Record<StageReason, string> = {
	'gates-passed': 'It passed every check.',
	'gate-failed': 'It failed a check.',
	'not-better-than-production': 'It is no better than the one in production.',
	'promoted-by-hand': 'You promoted it.',
	replaced: 'A newer one took its place.',
	'rolled-back': 'You went back to the one before.',
	'taken-back': 'You took it back into production.',
	'made-stale': 'What it had learned from may not be used any more; its answers were removed.',
};

const GATES: Record<Gate['name'], string> = {
	'beats-naive': 'Better than the baseline',
	'no-leak': 'No column that was not known in time',
	'interval-holds': 'The interval holds what it promises',
	target: 'Reaches its target',
};

const EVERY: Record<JobRecord['every'], string> = {
	hour: 'every hour',
	day: 'every day',
	week: 'every week',
};

const STATES: Record<JobRecord['state'], string> = {
	never: 'not run yet',
	done: 'done',
	running: 'running',
	interrupted: 'interrupted, goes on where it was',
	cancelled: 'cancelled',
	failed: 'failed',
	waiting: 'waiting',
};

/** `Revenue`, `Value of guests`. */
export function modelName(model: InsightModel): string {
	return MODELS[model];
}

/** `in production`, inside a sentence. */
export function stageWords(stage: Stage): string {
	return STAGES[stage];
}

export function learnerWords(learner: string): string {
	return LEARNERS[learner] ?? learner;
}

/** Why a version stands where it does. */
export function stageReasonWords(reason: StageReason): string {
	return REASONS[reason];
}

export function gateName(name: Gate['name']): string {
	return GATES[name];
}

/** How many checks a version passed: `all 4 passed`, `3 of 4 passed`. */
export function passedWords(gates: readonly Gate[], locale?: string): string {
	const passed = gates.filter((gate) => gate.passed).length;
	const all = number(gates.length, 0, locale);
	return passed === gates.length
		? `all ${all} passed`
		: `${number(passed, 0, locale)} of ${all} passed`;
}

export function everyWords(every: JobRecord['every']): string {
	return EVERY[every];
}

export function jobStateWords(state: JobRecord['state']): string {
	return STATES[state];
}

/** `4.2 s`, `48 s`, `3.5 min`: with a decimal where a training is short. */
export function secondsWords(seconds: number, locale?: string): string {
	if (seconds < 10) return `${number(seconds, 1, locale)} s`;
	if (seconds < 90) return `${number(seconds, 0, locale)} s`;
	return `${number(seconds / 60, 1, locale)} min`;
}

type Trained = Pick<ModelCard, 'trainedAt' | 'seconds' | 'version' | 'stage' | 'rows' | 'from'>;

/** `Trained 14 May 2026, 06:10, on this device, in 4.2 s`. */
export function trainedWords(card: Trained, locale?: string, timeZone?: string): string {
	const when = dateAndTime(card.trainedAt, locale, timeZone);
	return `Trained ${when}, on this device, in ${secondsWords(card.seconds, locale)}`;
}

/** `Version 1.2, in production`. */
export function versionWords(card: Trained): string {
	return `Version ${card.version.replace(/^v/, '')}, ${stageWords(card.stage)}`;
}

/**
 * `5,204 bookings since 2023`.
 *
 * @param what the rows are
 */
export function rowsWords(card: Trained, what = 'rows', locale?: string): string {
	const year = new Date(card.from * 86_400_000).getUTCFullYear();
	const since = Number.isFinite(card.from) ? ` since ${year}` : '';
	return `${number(card.rows, 0, locale)} ${what}${since}`;
}

/** How a change of a figure reads: `2.1 points better`, `no different`. */
export function versusWords(value: number, other: number, better: 'lower' | 'higher'): string {
	const gain = (better === 'lower' ? other - value : value - other) / Math.abs(other || 1);
	if (Math.abs(gain) < 0.005) return 'no different';
	return `${percent(Math.abs(gain))} ${gain > 0 ? 'better' : 'worse'}`;
}
