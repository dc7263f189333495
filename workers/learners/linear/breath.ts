import { CancelledError, type Run } from '../contract';

/** Time (ms) from one breath to the next. */
const EVERY = 50;

/**
 * For long loops: each call returns at once, but for some twenty times a second, when it lets messages
 * in, tells how far the work is, and throws where it was cancelled.
 */
export function breathing(run: Run): (share: number) => Promise<void> {
	let last = performance.now();
	return async (share) => {
		if (run.cancelled()) throw new CancelledError();
		if (performance.now() - last < EVERY) return;
		run.onProgress({ done: share, total: 1 });
		await new Promise((resolve) => setTimeout(resolve));
		last = performance.now();
	};
}

export type Breathe = ReturnType<typeof breathing>;
