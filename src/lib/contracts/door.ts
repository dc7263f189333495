import type { Fault } from './faults';
import type { SelfTestResult, SelfTestTarget } from './self-test';

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
	| 'reading-books'
	| 'revenue'
	| 'demand'
	| 'conversion'
	| 'cancellation'
	| 'price'
	| 'lifetime-value'
	| 'replaying'
	| 'erasing'
	| 'drawing-noise';

/** What a worker answers: the value, or the fault in plain words. */
export type Reply<Value> =
	{ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

/**
 * A call that can take longer than a moment has a channel of its own: progress comes back on it, and
 * the word `cancel` goes in.
 */
export interface JobHandle {
	readonly port: MessagePort;
}

/** What changed; pages that show it ask again. Heard in every tab of the profile. */
export type Topic =
	| 'catalogue'
	| 'acts'
	| 'taste'
	| 'settings'
	| 'models'
	| 'ledger'
	| 'profile'
	| 'erased'
	| 'books'
	| 'insights'
	| 'choices'
	| 'consent'
	| 'retention'
	| 'releases'
	| 'packs'
	| 'searches';

/** What every worker has beside its own methods. */
export interface DoorApi {
	/**
	 * Answers as soon as the worker runs: the name of a Web Lock that it holds as long as it lives.
	 * Whoever is given that lock knows that the worker has gone, however it went.
	 */
	started(): Promise<string>;
	/** What the worker itself asked of the host. */
	requests(): Promise<readonly RequestRecord[]>;
	/** Tries, from inside this worker, to get something out. */
	selfTest(target: SelfTestTarget): Promise<readonly SelfTestResult[]>;
}

/** A request that a page or a worker made, as the browser itself counted it. */
export interface RequestRecord {
	readonly path: string;
	/** Its origin is another one: must never happen. */
	readonly elsewhere: boolean;
	/** It carries more than an address: what stands behind a question mark. */
	readonly query: boolean;
	/** A try of the self-test, aimed elsewhere on purpose. Whether it got out stands in its report. */
	readonly selfTest: boolean;
	readonly kind: string;
	/** Bytes over the network; 0 where the service worker or the cache answered. */
	readonly bytes: number;
	/** UTC milliseconds. */
	readonly startedAt: number;
	readonly by: string;
}
