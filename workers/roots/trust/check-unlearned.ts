import type { UnlearningTraining } from '$lib/contracts';
import type { Profiles } from '$workers/data/profiles';
import type { Behind } from '$workers/door/expose';

/** Part of the training worker. */
export function checkUnlearned(_profiles: Profiles): Behind<UnlearningTraining> {
	return { checkUnlearned: () => Promise.reject(new Error('not built yet')) };
}
