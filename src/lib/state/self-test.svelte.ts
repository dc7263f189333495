import { runSelfTest } from '$lib/client/self-test';
import type { SelfTestReport, SelfTestResult } from '$lib/contracts';
import { Job } from './job.svelte';

/** The self-test, run when a person asks for it. The last run stays until the page is closed. */
class SelfTestState {
	readonly job = new Job<SelfTestReport>();
	/** Results of the run that is under way. */
	#found = $state.raw<readonly SelfTestResult[]>([]);
	#last = $state.raw<SelfTestReport>();

	get running(): boolean {
		return this.job.running;
	}
	/** The last run that came to its end, or was stopped. */
	get last(): SelfTestReport | undefined {
		return this.#last;
	}
	/** Of the run under way, or of the last one. */
	get results(): readonly SelfTestResult[] {
		return this.running ? this.#found : (this.#last?.results ?? []);
	}

	async start(): Promise<void> {
		if (this.running) return;
		this.#found = [];
		await this.job.run(async ({ signal }) => {
			const report = await runSelfTest({
				signal,
				onResult: (result) => (this.#found = [...this.#found, result]),
			});
			this.#last = report;
			return report;
		});
	}

	stop(): void {
		this.job.cancel();
	}
}

export const selfTest = new SelfTestState();
