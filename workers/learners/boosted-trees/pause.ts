import { CancelledError, type Run } from '../contract';

const BREATH = 100;

/**
 * Lets messages in at least every tenth of a second: a cancelled run throws CancelledError, others
 * hear how far the work has come.
 */
export class Pacer {
	readonly #run: Run;
	#last = performance.now();

	constructor(run: Run) {
		this.#run = run;
		if (run.cancelled()) throw new CancelledError();
	}

	/** `share` is what is done, from 0 to 1; it is asked for only when it is time. */
	async pace(share: () => number): Promise<void> {
		if (performance.now() - this.#last < BREATH) return;
		this.#run.onProgress({ done: share(), total: 1 });
		await new Promise((resolve) => setTimeout(resolve));
		this.#last = performance.now();
		this.check();
	}

	check(): void {
		if (this.#run.cancelled()) throw new CancelledError();
	}
}
