import { training } from '$lib/client';
import type { TrainingReport } from '$lib/contracts';
import { Job } from './job.svelte';

/** Learning the homes: the listing encoder, trained once for each catalogue. */
class EncoderTraining {
	readonly job = new Job<TrainingReport | null>();

	/** Does nothing where the encoder is up to date. */
	async start(): Promise<void> {
		await this.job.run((options) => training.run('trainEncoder', [{}], options));
	}
}

export const encoderTraining = new EncoderTraining();
