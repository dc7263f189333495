import type { RequestRecord } from '$lib/contracts';
import { CANARY_PATH } from '$lib/policy/self-test/address';
import { packing, scoring, store, training } from './index';

/** Every request of this page and its workers since it was loaded, from the browser's own record. */
export async function allRequests(): Promise<readonly RequestRecord[]> {
	const doors = await Promise.all(
		[store, scoring, training, packing].map((door) => door.requests()),
	);
	return [...pageRequests(), ...doors.flat()].sort((a, b) => a.startedAt - b.startedAt);
}

function pageRequests(): RequestRecord[] {
	const entries = [
		...performance.getEntriesByType('navigation'),
		...performance.getEntriesByType('resource'),
	] as PerformanceResourceTiming[];
	return entries.map((entry) => {
		const url = new URL(entry.name, location.href);
		return {
			path: url.pathname,
			elsewhere: url.origin !== location.origin,
			query: url.search !== '',
			selfTest: url.pathname.startsWith(CANARY_PATH),
			kind: entry.initiatorType,
			bytes: entry.transferSize,
			startedAt: performance.timeOrigin + entry.startTime,
			by: 'page',
		};
	});
}
