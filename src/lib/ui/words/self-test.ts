import type {
	SelfTestGroup,
	SelfTestPlace,
	SelfTestReport,
	SelfTestResult,
	SelfTestVerdict,
} from '$lib/contracts';
import { figures } from './count';
import { duration } from './intl';

const GROUPS: Record<SelfTestGroup, string> = {
	requests: 'Fetch, XHR, beacon',
	sockets: 'Sockets, streams',
	media: 'Images, styles, fonts',
	windows: 'Links, forms, windows',
	code: 'Workers, imports, code',
	hints: 'WebRTC, hints',
	'own-host': 'Cookies, own host',
};

const PLACES: Record<SelfTestPlace, string> = {
	page: 'In the page',
	worker: 'In a worker',
	'service-worker': 'Asked of the service worker',
};

const VERDICTS: Record<SelfTestVerdict, string> = {
	stopped: 'Stopped',
	'name-only': 'Stopped, but a name look-up goes out',
	'got-out': 'Got out',
	'not-in-page': 'Can’t be tried in a page',
	inconclusive: 'Not conclusive',
};

/** The groups in the order in which they are shown. */
export const selfTestGroups = Object.keys(GROUPS) as readonly SelfTestGroup[];

/** `Fetch, XHR, beacon`. */
export function selfTestGroup(group: SelfTestGroup): string {
	return GROUPS[group];
}

/** `In a worker`. */
export function selfTestPlace(place: SelfTestPlace): string {
	return PLACES[place];
}

/** `Stopped`. */
export function selfTestVerdict(verdict: SelfTestVerdict): string {
	return VERDICTS[verdict];
}

/** What stopped a way, or why nothing is known: `The policy’s connect-src`. */
export function stopperWords({ verdict, by, detail }: SelfTestResult): string {
	switch (by) {
		case 'content-policy':
			return `The policy’s ${detail}`;
		case 'trusted-types':
			return 'Trusted Types: no text becomes code';
		case 'permissions-policy':
			return `The permission ${detail} is taken away`;
		case 'connection-list':
			return 'The browser’s connection list';
		case 'service-worker':
			return 'Answered by the service worker with 404';
		case 'absent':
			return 'Not in this browser';
		case 'nothing':
			return detail || UNKNOWN[verdict];
	}
}

const UNKNOWN: Record<SelfTestVerdict, string> = {
	stopped: '',
	'name-only': '',
	'got-out': 'Nothing stopped it',
	'not-in-page': '',
	inconclusive: 'No answer came, and the browser does not say what stopped it',
};

const PLACE_ORDER = Object.keys(PLACES);

/** By group, then what was tried, by place and by row of the plan: the same order in every run. */
export function inOrder(results: readonly SelfTestResult[]): readonly SelfTestResult[] {
	const rank = ({ group, place, rows, verdict }: SelfTestResult) =>
		selfTestGroups.indexOf(group) * 1_000 +
		(verdict === 'not-in-page' ? 500 : 0) +
		PLACE_ORDER.indexOf(place) * 100 +
		(rows[0] ?? 0);
	return [...results].sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
}

/** How many tries ended in which way. */
export interface SelfTestCounts {
	readonly all: number;
	/** With those whose name alone is looked up. */
	readonly stopped: number;
	readonly nameOnly: number;
	readonly gotOut: number;
	readonly inconclusive: number;
	readonly notInPage: number;
	/** Of the stopped: ways that this browser does not have at all. */
	readonly absent: number;
}

export function selfTestCounts(results: readonly SelfTestResult[]): SelfTestCounts {
	const count = (verdict: SelfTestVerdict) =>
		results.filter((result) => result.verdict === verdict).length;
	return {
		all: results.length,
		stopped: count('stopped') + count('name-only'),
		nameOnly: count('name-only'),
		gotOut: count('got-out'),
		inconclusive: count('inconclusive'),
		notInPage: count('not-in-page'),
		absent: results.filter(({ by }) => by === 'absent').length,
	};
}

/** `Self-test: 53 ways out stopped`, and the open ones first where there are any. */
export function selfTestTitle(results: readonly SelfTestResult[]): string {
	if (!results.length) return 'Self-test';
	const { stopped, gotOut } = selfTestCounts(results);
	return gotOut
		? `Self-test: ${gotOut} of the ways out ${gotOut === 1 ? 'is' : 'are'} open`
		: `Self-test: ${figures(stopped, 'way')} out stopped`;
}

/** Where and how long; what it was aimed at. */
export function selfTestSays({ milliseconds, target, online, cancelled }: SelfTestReport): string {
	const reserved = target.origin.endsWith('.invalid');
	return [
		`In the page, in a worker and against the service worker. Took ${duration(milliseconds / 1000)}.`,
		reserved
			? 'Aimed at a name that is reserved for tests.'
			: `Aimed at another port of this host, ${new URL(target.origin).port}.`,
		online ? '' : 'There was no network: only what needs none counts as evidence.',
		cancelled ? 'It was stopped before its end.' : '',
	]
		.filter(Boolean)
		.join(' ');
}

/** What the counts leave unsaid, in full sentences; empty where every way was tried and stopped. */
export function selfTestRest(results: readonly SelfTestResult[]): string {
	const { gotOut, inconclusive, notInPage, absent, nameOnly } = selfTestCounts(results);
	return [
		gotOut && `${ways(gotOut)} got out.`,
		nameOnly && `Of ${ways(nameOnly)} the browser still looks a name up.`,
		absent && `${ways(absent)} ${is(absent)} not in this browser at all.`,
		notInPage && `${ways(notInPage)} can’t be tried in a page; the audit tries ${them(notInPage)}.`,
		inconclusive &&
			`${ways(inconclusive)} ${is(inconclusive)} not conclusive: nothing came out, and nothing says what stopped ${them(inconclusive)}.`,
	]
		.filter(Boolean)
		.join(' ');
}

const ways = (count: number) => figures(count, 'way');
const is = (count: number) => (count === 1 ? 'is' : 'are');
const them = (count: number) => (count === 1 ? 'it' : 'them');
