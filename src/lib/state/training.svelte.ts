import { training } from '$lib/client';
import type { TrainingReport } from '$lib/contracts';
import { Job } from './job.svelte';

/** Learning the homes: the listing encoder, trained once for each catalogue. */
class EncoderTraining {
	readonly job = new Job<TrainingReport | null>();
	#stopped = $state(false);

	/** A person stopped it: it goes on when they say so, and not by itself. */
	get stopped(): boolean {
		return this.#stopped;
	}

	/** Does nothing where the encoder is up to date, or was stopped. */
	async start(): Promise<void> {
		if (this.#stopped) return;
		await this.job.run((options) => training.run('trainEncoder', [{}], options));
	}

	stop(): void {
		this.#stopped = true;
		this.job.cancel();
	}

	/** From its last checkpoint. */
	async goOn(): Promise<void> {
		this.#stopped = false;
		await this.start();
	}
}

export const encoderTraining = new EncoderTraining();
