import { CancelledError, type Run } from '$workers/learners/contract';

const EVERY = 100;

/** Lets messages in and tells how far a loop has come, at most every tenth of a second. */
export function breathing(run: Run): (done: number, total: number) => Promise<void> {
	let last = performance.now();
	return async (done, total) => {
		if (performance.now() - last < EVERY) return;
		run.onProgress({ done, total });
		await new Promise((resolve) => setTimeout(resolve));
		last = performance.now();
		if (run.cancelled()) throw new CancelledError('training was cancelled');
	};
}
