import type { Walk } from './journeys/walk';
import type { SeenRequest } from './recorder';

/**
 * Evidence in HAR 1.2: a page for each journey, an entry for each request as the browser saw it.
 * Names with an underscore are the audit's own, as the format allows: `_step`, `_context`, `_where`
 * (the code that asked), `_failure`. The access log of the host stands beside them as `_host`.
 */
export function evidence(walks: readonly Walk[], version: string): string {
	return JSON.stringify({
		log: {
			version: '1.2',
			creator: { name: 'Doorstep audit', version },
			browser: { name: 'Chromium', version: walks[0]?.browser ?? '' },
			pages: walks.map(pageOf),
			entries: walks.flatMap((walk) => walk.recorder.requests.map((seen) => entryOf(walk, seen))),
			_host: Object.fromEntries(walks.map((walk) => [walk.journey, walk.atHost])),
		},
	});
}

function pageOf(walk: Walk) {
	const first = walk.recorder.requests[0]?.at ?? new Date();
	return {
		startedDateTime: first.toISOString(),
		id: walk.journey,
		title: walk.journey,
		pageTimings: {},
	};
}

function entryOf(walk: Walk, seen: SeenRequest) {
	return {
		pageref: walk.journey,
		startedDateTime: seen.at.toISOString(),
		time: seen.took,
		request: {
			method: seen.method,
			url: seen.url,
			httpVersion: 'HTTP/1.1',
			cookies: [],
			headers: pairs(seen.headers),
			queryString: queryOf(seen.url),
			headersSize: -1,
			bodySize: -1,
		},
		response: {
			status: seen.status,
			statusText: '',
			httpVersion: 'HTTP/1.1',
			cookies: [],
			headers: pairs(seen.answer),
			content: { size: seen.bytes, mimeType: seen.mimeType },
			redirectURL: seen.answer['location'] ?? '',
			headersSize: -1,
			bodySize: seen.bytes,
		},
		cache: {},
		timings: { send: 0, wait: seen.took, receive: 0 },
		_step: seen.step,
		_context: seen.context,
		_kind: seen.kind,
		_where: seen.where,
		_failure: seen.failure,
	};
}

const pairs = (headers: Readonly<Record<string, string>>) =>
	Object.entries(headers).map(([name, value]) => ({ name, value }));

function queryOf(url: string) {
	const { searchParams } = new URL(url);
	return [...searchParams].map(([name, value]) => ({ name, value }));
}
