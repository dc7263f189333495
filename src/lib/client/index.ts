import scoringFile from '$workers/scoring.worker?worker&url';
import storeFile from '$workers/store.worker?worker&url';
import trainingFile from '$workers/training.worker?worker&url';
import type {
	DiscoverApi,
	EvaluationApi,
	GuestHomesApi,
	InsightApi,
	InsightTraining,
	LeftOpenApi,
	ManagerApi,
	PackKeepingApi,
	PackMakingApi,
	PackMakingTraining,
	PackTrialApi,
	RetentionTraining,
	SavedSearchApi,
	ScoringApi,
	SeekersApi,
	SteeringApi,
	StoreApi,
	Topic,
	TrainingApi,
	TrustApi,
	UnlearningScoring,
	UnlearningTraining,
} from '$lib/contracts';
import { spawn } from '$lib/policy/spawn';
import { Door } from './door';

export { policyLevel } from '$lib/policy/level';
export { DoorstepError } from './door';

const MINUTE = 60_000;

/** Browsers keep 250 requests in their record by themselves; every one of them has to be seen. */
performance.setResourceTimingBufferSize(10_000);

/** The workers. Scoring never waits for training, and neither waits for the store. */
export const store = new Door<
	StoreApi &
		ManagerApi &
		TrustApi &
		SeekersApi &
		SavedSearchApi &
		LeftOpenApi &
		PackKeepingApi &
		PackMakingApi
>(() => spawn(storeFile, 'store'), 10 * MINUTE);
export const scoring = new Door<
	ScoringApi &
		InsightApi &
		UnlearningScoring &
		DiscoverApi &
		EvaluationApi &
		SteeringApi &
		GuestHomesApi
>(() => spawn(scoringFile, 'scoring'), 5 * MINUTE);
export const training = new Door<
	TrainingApi & InsightTraining & RetentionTraining & UnlearningTraining & PackTrialApi
>(() => spawn(trainingFile, 'training'), MINUTE / 2);
/** A second one like it, for work of a second that would wait minutes in the first one's row of jobs. */
export const packing = new Door<PackMakingTraining>(
	() => spawn(trainingFile, 'packing'),
	MINUTE / 2,
);

/** Lets every worker go: before everything is erased, so that none holds a database open. */
export function stopWorkers(): void {
	for (const door of [store, scoring, training, packing]) door.stop();
}

/** Calls back when something changed, in this tab or another. Answers how to stop. */
export function subscribe(topics: readonly Topic[], onChange: (topic: Topic) => void): () => void {
	const channel = new BroadcastChannel('doorstep');
	channel.onmessage = (event: MessageEvent<Topic>) => {
		if (topics.includes(event.data)) onChange(event.data);
	};
	return () => channel.close();
}
