import type { RightsApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. What a right needs is loaded when somebody asks for it. */
export function rights(storehouse: Storehouse): Behind<RightsApi> {
	const found = () => import('./rights-found');
	const change = () => import('./rights-change');
	return {
		findGuests: async (text) => (await found()).findGuests(await storehouse.here(), text),
		guestHeld: async (key) => (await found()).guestHeld(await storehouse.here(), key),
		async archive(job, subject, learned) {
			const { archiveOfGuest, archiveOfSelf } = await import('./rights-archive');
			job.onProgress({ step: 'reading', done: 0 });
			const here = await storehouse.here();
			return subject.kind === 'self'
				? archiveOfSelf(here, learned, Date.now())
				: archiveOfGuest(here, subject.key, Date.now());
		},
		rectify: async (subject, correction) =>
			(await change()).rectify(storehouse, subject, correction),
		restrict: async (subject, on) => (await change()).limit(storehouse, subject, 'restricted', on),
		object: async (subject, on) => (await change()).limit(storehouse, subject, 'objected', on),
		forgetGuest: async (key) => (await change()).forgetGuest(storehouse, key),
		forgetBooking: async (booking) => (await change()).forgetBooking(storehouse, booking),
	};
}
