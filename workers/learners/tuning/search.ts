import { CancelledError, type Run } from '../contract';
import type { Outcome, Proposer } from './proposers';
import type { Settings } from './space';

export type Metrics = Readonly<Record<string, number>>;

/** One set of settings tried; plain data, for a registry to keep and show. */
export interface Trial extends Outcome {
	/** From 0. */
	readonly number: number;
	/** Empty where the settings did not work. */
	readonly metrics: Metrics;
	readonly seconds: number;
}

export interface SearchBudget {
	/** At most so many. */
	readonly trials: number;
	/** No trial begins later than this. */
	readonly seconds?: number;
	/** Ends after so many trials without a better one. */
	readonly patience?: number;
}

export interface SearchOptions {
	/** The metric that decides. */
	readonly objective: string;
	readonly better: 'lower' | 'higher';
	readonly budget: SearchBudget;
	/** Milliseconds of any clock. */
	readonly now: () => number;
	/** Told of each trial as it ends. */
	readonly onTrial?: (trial: Trial) => void;
}

export interface SearchResult {
	/** In the order tried. */
	readonly trials: readonly Trial[];
	readonly best: Trial;
	readonly stopped: 'trials' | 'seconds' | 'patience' | 'exhausted';
}

/**
 * Tries settings until the budget is spent. Settings that throw a RangeError, or whose metric is not a
 * number, count as worse than all others; a RangeError where none worked.
 */
export async function search(
	propose: Proposer,
	evaluate: (settings: Settings, run: Run) => Promise<Metrics>,
	options: SearchOptions,
	run: Run,
): Promise<SearchResult> {
	const trials: Trial[] = [];
	const start = options.now();
	let stopped = stopReason(trials, options, start);
	while (!stopped) {
		if (run.cancelled()) throw new CancelledError();
		const settings = propose(trials);
		if (!settings) {
			stopped = 'exhausted';
			break;
		}
		const trial = await tryOut(trials.length, settings, evaluate, options, run);
		trials.push(trial);
		options.onTrial?.(trial);
		await new Promise((resolve) => setTimeout(resolve));
		stopped = stopReason(trials, options, start);
	}
	run.onProgress({ done: options.budget.trials, total: options.budget.trials });
	const best = bestOf(trials);
	if (!best) throw new RangeError('no settings worked: widen what may be chosen, or the budget');
	return { trials, best, stopped };
}

async function tryOut(
	number: number,
	settings: Settings,
	evaluate: (settings: Settings, run: Run) => Promise<Metrics>,
	{ objective, better, budget, now }: SearchOptions,
	run: Run,
): Promise<Trial> {
	const start = now();
	const own: Run = {
		cancelled: run.cancelled,
		random: run.random.fork(`trial ${number}`),
		onProgress: ({ done, total }) =>
			run.onProgress({ done: number + (total > 0 ? done / total : 0), total: budget.trials }),
	};
	const metrics = await evaluate(settings, own).catch((error: unknown): Metrics => {
		if (error instanceof RangeError) return {};
		throw error;
	});
	const value = metrics[objective] ?? Number.NaN;
	const loss = better === 'lower' ? value : -value;
	return {
		number,
		settings,
		metrics,
		loss: Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY,
		seconds: (now() - start) / 1000,
	};
}

function stopReason(
	trials: readonly Trial[],
	{ budget, now }: SearchOptions,
	start: number,
): SearchResult['stopped'] | undefined {
	if (trials.length >= budget.trials) return 'trials';
	if (budget.seconds !== undefined && now() - start >= 1000 * budget.seconds) return 'seconds';
	const sinceBest = trials.length - 1 - (bestOf(trials)?.number ?? trials.length - 1);
	if (budget.patience !== undefined && sinceBest >= budget.patience) return 'patience';
	return undefined;
}

/** The first of the least loss, if any worked. */
function bestOf(trials: readonly Trial[]): Trial | undefined {
	const worked = trials.filter(({ loss }) => Number.isFinite(loss));
	return worked.reduce<Trial | undefined>(
		(best, trial) => (best && best.loss <= trial.loss ? best : trial),
		undefined,
	);
}
