import type { JobHandle, Reply } from './door';
import type {
	Counterfactual,
	Explanation,
	Fits,
	ForYou,
	ForYouRequest,
	Pair,
	Taste,
} from './taste';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** One runner of the race, on the model's own shapes. */
export interface BackendTrial {
	readonly backend: BackendName;
	/** Milliseconds for one training step; NaN where it did not run. */
	readonly milliseconds: number;
	/** Largest difference from the float64 reference, relative. */
	readonly error: number;
	readonly verdict: 'chosen' | 'slower' | 'wrong' | 'absent' | 'software' | 'failed';
	readonly note: string;
}

export interface DeviceReport {
	readonly chosen: BackendName;
	readonly trials: readonly BackendTrial[];
	readonly measuredAt: number;
	/** What the browser says of the GPU; empty where it says nothing. */
	readonly adapter: string;
}

export interface TrainingReport {
	readonly version: string;
	readonly homes: number;
	readonly epochs: number;
	readonly seconds: number;
	/** Loss on attributes hidden from homes that were not trained on, and the same for guessing the usual value. */
	readonly loss: number;
	readonly naiveLoss: number;
	readonly device: DeviceReport;
	/** Training went on from a checkpoint at this epoch; 0 from the start. */
	readonly resumedAt: number;
}

export interface TrainingOptions {
	/** Takes this backend without a race: for tests and for people who want to compare. */
	readonly backend?: BackendName;
	readonly epochs?: number;
	readonly seed?: number;
}

export interface TrainingApi {
	/** Long. Trains the listing encoder on the catalogue and keeps it; `null` when it is up to date. */
	trainEncoder: (job: JobHandle, options: TrainingOptions) => Promise<Reply<TrainingReport | null>>;
	device: () => Promise<Reply<DeviceReport | null>>;
}

export interface ScoringApi {
	forYou: (request: ForYouRequest) => Promise<Reply<ForYou>>;
	fits: (properties: Uint32Array, now: number) => Promise<Reply<Fits>>;
	explain: (property: number, now: number) => Promise<Reply<Explanation | null>>;
	/** What would move one home, found by trying: slower than the rest, and never in its way. */
	counterfactuals: (property: number, now: number) => Promise<Reply<readonly Counterfactual[]>>;
	taste: (now: number) => Promise<Reply<Taste>>;
	/** The next "which of these two?"; `null` after five. */
	pair: (step: number, seed: number) => Promise<Reply<Pair | null>>;
}
