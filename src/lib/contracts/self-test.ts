/** Ways out that are alike, as the page groups them. */
export type SelfTestGroup =
	'requests' | 'sockets' | 'media' | 'windows' | 'code' | 'hints' | 'own-host';

/** Where a way is tried. The service worker is asked from the page: it runs nothing for the test. */
export type SelfTestPlace = 'page' | 'worker' | 'service-worker';

/**
 * - `stopped`: it was tried, and something is known to have stopped it.
 * - `name-only`: its request was stopped, but at this level the browser looks the name up before.
 * - `got-out`: an answer came back, or packets were sent.
 * - `not-in-page`: trying it would leave the page, ask the person something, or show nothing to a
 *   page. The audit tries it from outside.
 * - `inconclusive`: nothing got out as far as the page can tell, and nothing says what stopped it.
 */
export type SelfTestVerdict = 'stopped' | 'name-only' | 'got-out' | 'not-in-page' | 'inconclusive';

/** What is known to have stopped a way. `nothing` where nothing is known. */
export type Stopper =
	| 'content-policy'
	| 'trusted-types'
	| 'permissions-policy'
	| 'connection-list'
	| 'service-worker'
	| 'absent'
	| 'nothing';

export interface SelfTestResult {
	readonly id: string;
	readonly name: string;
	readonly group: SelfTestGroup;
	readonly place: SelfTestPlace;
	/** Rows of the table of ways out in the plan of trust that it stands for. */
	readonly rows: readonly number[];
	readonly verdict: SelfTestVerdict;
	readonly by: Stopper;
	/** The directive, the permission, or why it was not tried; may be empty. */
	readonly detail: string;
}

/** What the tries are aimed at. */
export interface SelfTestTarget {
	/** An origin that is not the app's: `http://127.0.0.1:4174`. */
	readonly origin: string;
	/** Random for each run: all that the tries would carry. */
	readonly token: string;
	/** The level in force, which decides what a refusal means. */
	readonly level: 'A' | 'B' | 'C';
	/** The page came through the service worker. */
	readonly controlled: boolean;
}

export interface SelfTestReport {
	/** UTC milliseconds. */
	readonly startedAt: number;
	readonly milliseconds: number;
	readonly target: SelfTestTarget;
	/** Without a network only what needs none is evidence. */
	readonly online: boolean;
	/** It was cut short: the rest was not tried. */
	readonly cancelled: boolean;
	readonly results: readonly SelfTestResult[];
}
