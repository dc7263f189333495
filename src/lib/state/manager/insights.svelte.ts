import { scoring, training } from '$lib/client';
import type { AnswerOf, Insight, InsightModel, RunRecord } from '$lib/contracts';
import { Job } from '../job.svelte';
import { Resource } from '../resource.svelte';
import { jobs } from './registry.svelte';

const TOPICS = ['insights', 'profile', 'books'] as const;

/** A model's answer as a page shows it. */
function insight<Model extends InsightModel>(model: Model) {
	const load = () => scoring.ask('insight', model) as Promise<Insight<AnswerOf[Model]>>;
	return new Resource(load, TOPICS);
}

export const insights = {
	revenue: insight('revenue'),
	demand: insight('demand'),
	conversion: insight('conversion'),
	cancellation: insight('cancellation'),
	price: insight('price'),
	'lifetime-value': insight('lifetime-value'),
} as const;

/** Learning from the books: one model that a person asks for, or all that are due. */
class InsightTrainer {
	readonly job = new Job<readonly RunRecord[]>();
	#stopped = $state(false);

	/** A person stopped it: it goes on when they say so, and not by itself. */
	get stopped(): boolean {
		return this.#stopped;
	}

	/** What is due: new books, a refresh whose day has come, a job that was killed. */
	async catchUp(): Promise<void> {
		if (this.#stopped) return;
		await this.#learn((options) => training.run('refreshInsights', [{}], options));
	}

	async trainAll(): Promise<void> {
		this.#stopped = false;
		await this.#learn((options) => training.run('refreshInsights', [{ all: true }], options));
	}

	async train(model: InsightModel): Promise<void> {
		this.#stopped = false;
		await this.#learn(async (options) => {
			const run = await training.run('trainInsight', [model, {}], options);
			return run ? [run] : [];
		});
	}

	stop(): void {
		this.#stopped = true;
		this.job.cancel();
	}

	/** A worker that was killed tells nobody: how the jobs stand is asked again in any case. */
	async #learn(work: Parameters<typeof this.job.run>[0]): Promise<void> {
		await this.job.run(work);
		await jobs.refresh();
	}
}
export const insightTrainer = new InsightTrainer();
