/** What the page keeps for the bench to read; set up before the app starts. */
export interface Watched {
	/** Main-thread tasks over 50 ms (that is what a long task is), in milliseconds. */
	longTasks: { readonly start: number; readonly duration: number }[];
	clickedAt: number;
	/** Lists that the scoring worker answered with. */
	lists: { readonly wall: number; readonly inWorker: number }[];
	/** Starts of the training worker. */
	learningSince: number[];
	/** Trainings that ended: when, and the runs that they registered, or why there are none. */
	trainings: Learned[];
}

export interface Learned {
	readonly at: number;
	readonly runs: readonly { readonly model: string; readonly seconds: number }[];
	readonly fault?: string;
}

/** Runs in the page, before the app: notes long tasks, clicks, and what workers answer. */
export function watchPage(): void {
	const watched: Watched = {
		longTasks: [],
		clickedAt: NaN,
		lists: [],
		learningSince: [],
		trainings: [],
	};
	Object.assign(globalThis, { watched });
	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries())
			watched.longTasks.push({ start: startTime, duration });
	}).observe({ type: 'longtask', buffered: true });
	addEventListener('click', () => (watched.clickedAt = performance.now()), { capture: true });
	globalThis.Worker = class extends Worker {
		constructor(file: string | URL, options?: WorkerOptions) {
			super(file, options);
			if (options?.name === 'training') {
				watched.learningSince.push(performance.now());
				this.addEventListener('message', ({ data }: MessageEvent) => {
					const reply = data?.value;
					const at = performance.now();
					if (reply?.ok === false)
						watched.trainings.push({ at, runs: [], fault: reply.fault.detail ?? reply.fault.name });
					else if (Array.isArray(reply?.value)) watched.trainings.push({ at, runs: reply.value });
				});
			}
			if (options?.name !== 'scoring') return;
			this.addEventListener('message', ({ data }: MessageEvent) => {
				const inWorker = data?.value?.value?.milliseconds;
				if (typeof inWorker !== 'number') return;
				watched.lists.push({ wall: performance.now() - watched.clickedAt, inWorker });
			});
		}
	};
}

/** Runs in the page, before the app: nothing is learned in this visit. */
export function neverLearn(): void {
	globalThis.Worker = new Proxy(globalThis.Worker, {
		construct(Kind, [file, options]: ConstructorParameters<typeof Worker>) {
			if (options?.name !== 'training') return new Kind(file, options);
			return Object.assign(new EventTarget(), { postMessage() {}, terminate() {} });
		},
	});
}

/** Runs in the page: what was noted up to now. */
export const readWatched = () => (globalThis as unknown as { watched: Watched }).watched;
