/** What the page keeps for the bench to read; set up before the app starts. */
export interface Watched {
	/** Main-thread tasks over 50 ms (that is what a long task is), in milliseconds. */
	longTasks: { readonly start: number; readonly duration: number }[];
	clickedAt: number;
	/** Lists that the scoring worker answered with. */
	lists: { readonly wall: number; readonly inWorker: number }[];
}

/** Runs in the page, before the app: notes long tasks, clicks, and the answers of the scoring worker. */
export function watchPage(): void {
	const watched: Watched = { longTasks: [], clickedAt: NaN, lists: [] };
	Object.assign(globalThis, { watched });
	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries())
			watched.longTasks.push({ start: startTime, duration });
	}).observe({ type: 'longtask', buffered: true });
	addEventListener('click', () => (watched.clickedAt = performance.now()), { capture: true });
	globalThis.Worker = class extends Worker {
		constructor(file: string | URL, options?: WorkerOptions) {
			super(file, options);
			if (options?.name !== 'scoring') return;
			this.addEventListener('message', ({ data }: MessageEvent) => {
				const inWorker = data?.value?.value?.milliseconds;
				if (typeof inWorker !== 'number') return;
				watched.lists.push({ wall: performance.now() - watched.clickedAt, inWorker });
			});
		}
	};
}

/** Runs in the page: what was noted up to now. */
export const readWatched = () => (globalThis as unknown as { watched: Watched }).watched;
