/** A way to send something out: what is tried, and where. */

/** Where code of the app runs. */
export type Context = 'page' | 'worker' | 'service-worker';

/**
 * - `request`: asks another server, and leaves the page where it is. A look-up of the server's name
 *   alone counts, too: a name can carry anything.
 * - `lookup`: makes the browser look a name up, or connect, without a request.
 * - `navigation`: takes the page, or a new window, elsewhere. Each gets a page of its own.
 * - `own-origin`: asks the app's own host for more than the app's files.
 */
export type Kind = 'request' | 'lookup' | 'navigation' | 'own-origin';

/** What a try aims at. Every address holds the token, so that what arrives tells who sent it. */
export interface Target {
	/** Unique for vector, context, level and state; fit for a host name. */
	readonly token: string;
	/** Somebody else's server, e.g. `http://127.0.0.1:5000/<token>`. */
	readonly url: string;
	/** The same server by its number. Some doors open only to addresses that a browser trusts. */
	readonly near: string;
	/** `url`, up to the path. */
	readonly origin: string;
	readonly socket: string;
	/** `https:`, for what demands it. The TCP connection or the UDP packet is the hit. */
	readonly secure: string;
	/** Host and port that take UDP and TCP, for STUN and TURN. */
	readonly stun: string;
	/** A host name that holds the token, under a name that does not exist. */
	readonly host: string;
	/** The app's own origin. */
	readonly own: string;
}

/** What vectors are given besides, as they can use nothing of their own file. */
export interface Kit {
	/** Adds an element to the page; attributes as they stand in HTML. */
	add(tag: string, attributes?: Readonly<Record<string, string>>, parent?: Element): HTMLElement;
	/** Runs in a timer: what the debugger runs itself is excused from the ban on `eval`. */
	later(work: () => void): void;
	/** Lets the page obey a style sheet's text. */
	style(text: string): void;
}

export interface Vector {
	/** A short name, fit for a host name. */
	readonly id: string;
	/** The row of the list of vectors in docs/audit.md. */
	readonly row: number;
	/** For people. */
	readonly name: string;
	readonly kind: Kind;
	readonly contexts: readonly Context[];
	/** Runs inside the browser: it may use its arguments and nothing else of its file. */
	readonly run: (target: Target, kit: Kit) => unknown;
}

type Run = Vector['run'];
type Rows = Readonly<Record<string, readonly [name: string, run: Run]>>;

/** Vectors of one row that are tried in the same places. */
export function vectors(
	row: number,
	kind: Kind,
	contexts: readonly Context[],
	rows: Rows,
): readonly Vector[] {
	return Object.entries(rows).map(([id, [name, run]]) => ({ id, row, name, kind, contexts, run }));
}

export const PAGE: readonly Context[] = ['page'];
export const PAGE_AND_WORKER: readonly Context[] = ['page', 'worker'];
export const EVERYWHERE: readonly Context[] = ['page', 'worker', 'service-worker'];
