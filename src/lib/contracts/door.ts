import type { Fault } from './faults';

/** How far a long job has come. Reported at least four times a second. */
export interface Progress {
	/** What is being done, as a stable key that the page puts into words. */
	readonly step: ProgressStep;
	readonly done: number;
	/** Absent while the total is not known. */
	readonly total?: number;
	/** Extra counts worth showing, e.g. rows refused so far. */
	readonly counts?: Readonly<Record<string, number>>;
}

export type ProgressStep =
	| 'reading'
	| 'checking'
	| 'writing'
	| 'generating'
	| 'measuring-device'
	| 'learning-homes'
	| 'erasing';

/** What a worker answers: the value, or the fault in plain words. */
export type Reply<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly fault: Fault };

/** Calls that can take longer than a moment: they take a job, report and can be cancelled. */
export interface JobHandle {
	readonly id: number;
	/** A Comlink proxy on the worker's side. */
	readonly onProgress?: (progress: Progress) => void;
}

/** What changed; pages that show it ask again. Heard in every tab of the profile. */
export type Topic = 'catalogue' | 'acts' | 'taste' | 'settings' | 'models' | 'ledger' | 'profile';

/** Methods that every worker has beside its own. */
export interface DoorApi {
	/** Answers at once; a page learns that the worker has started and is not stuck. */
	ping(): Promise<Reply<{ readonly worker: string; readonly lock: string }>>;
	cancel(jobId: number): Promise<void>;
}
