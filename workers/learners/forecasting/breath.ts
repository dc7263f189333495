import { CancelledError, type Run } from '../contract';

/** Time (ms) from one breath to the next. */
const BREATH = 50;

/** Lets messages in between pieces of a long job, tells how far it is, and stops it when cancelled. */
export class Breath {
	readonly #run: Run;
	readonly #total: number;
	#done = 0;
	#last = performance.now();

	constructor(run: Run, total: number) {
		this.#run = run;
		this.#total = total;
		if (run.cancelled()) throw new CancelledError('forecasting was cancelled');
	}

	/** After each piece. */
	async take(): Promise<void> {
		this.#done++;
		if (performance.now() - this.#last < BREATH) return this.#check();
		this.#run.onProgress({ done: this.#done, total: this.#total });
		await new Promise((resolve) => setTimeout(resolve));
		this.#last = performance.now();
		this.#check();
	}

	#check(): void {
		if (this.#run.cancelled()) throw new CancelledError('forecasting was cancelled');
	}
}
