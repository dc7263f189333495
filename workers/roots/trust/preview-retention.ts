import type { RetentionTraining } from '$lib/contracts';
import type { Profiles } from '$workers/data/profiles';
import type { Behind } from '$workers/door/expose';

/** Part of the training worker. */
export function previewRetention(_profiles: Profiles): Behind<RetentionTraining> {
	return { previewRetention: () => Promise.reject(new Error('not built yet')) };
}
