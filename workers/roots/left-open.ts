import type { LeftOpenApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from './manage';

/**
 * Part of the store worker: what an earlier visit left open, before there is a taste to ask. It is
 * known when the list comes, so that the list does not move when it is shown.
 */
export function leftOpen({ here }: Storehouse): Behind<LeftOpenApi> {
	return {
		async leftOpen(visit) {
			const { acts, seekers } = await here();
			const { current } = await seekers.read('show');
			const [{ resumeOf }, { acts: all }, { dismissed, saved }] = await Promise.all([
				import('$workers/models/recommender/discover/resume'),
				acts.since(0, 'recommend'),
				acts.standing('show', current),
			]);
			const own = all.filter(
				({ consent, kind, seeker }) => consent && kind !== 'impression' && seeker === current,
			);
			return resumeOf(own, visit, new Set([...dismissed, ...saved]));
		},
	};
}
