import type { Tensor } from '@tensorflow/tfjs-core';
import type { Session } from '$workers/device/device';
import { CancelledError, type Run } from '../contract';

/** Time (ms) from one breath to the next. */
const EVERY = 50;

/**
 * Waits for the device and lets messages in, some twenty times a second. Counted in steps, since a GPU
 * only queues them: by the clock alone, seconds of work could lie in its queue.
 */
export class Breath {
	readonly #run: Run;
	readonly #total: number;
	#lastAt = performance.now();
	/** Steps since the last breath. */
	#steps = 0;
	#stepsInBreath = 1;

	/** @param total of the progress that is told */
	constructor(run: Run, total: number) {
		this.#run = run;
		this.#total = total;
	}

	/**
	 * To be called after each step. Throws a CancelledError where the run was cancelled.
	 *
	 * @param queued made by what was queued last
	 */
	async after(queued: Tensor, session: Session, done: number): Promise<void> {
		if (++this.#steps < this.#stepsInBreath) return;
		await session.read(queued);
		const took = performance.now() - this.#lastAt;
		const fitting = Math.floor((this.#steps * EVERY) / took);
		this.#stepsInBreath = Math.max(1, Math.min(2 * this.#steps, fitting));
		await new Promise((resolve) => setTimeout(resolve));
		this.#steps = 0;
		this.#lastAt = performance.now();
		if (this.#run.cancelled()) throw new CancelledError('training was cancelled');
		this.#run.onProgress({ done: Math.min(done, this.#total), total: this.#total });
	}
}
