import type { SelfTestGroup, SelfTestPlace } from '$lib/contracts';

/** What trying a way showed by itself. What the browser reports beside it is gathered by `Witness`. */
export type Sign =
	/** An answer came, or packets were sent: it got out. */
	| { readonly kind: 'answered' }
	/** The browser or the network refused; says the error's name. */
	| { readonly kind: 'refused'; readonly error: string }
	/** It shows nothing by itself, or nothing yet. */
	| { readonly kind: 'silent' }
	/** This browser has no such way. */
	| { readonly kind: 'absent' }
	/** WebRTC gave its server up at once: without a refusal it waits some ten seconds. */
	| { readonly kind: 'given-up' }
	/** The service worker answered with its own 404, and the network was not touched. */
	| { readonly kind: 'by-service-worker' }
	/** Why it was not tried now. */
	| { readonly kind: 'put-off'; readonly because: string };

/** Where a try of one way goes, and where it may put its elements. */
export interface Aim {
	/** On the canary: its path says the run and the way. */
	readonly address: string;
	/** The same path on the app's own host. */
	readonly own: string;
	/** Random, one a run. */
	readonly token: string;
	/** The page came through the service worker. */
	readonly controlled: boolean;
}

interface Declared {
	readonly id: string;
	/** As the page shows it: `An image`. */
	readonly name: string;
	readonly group: SelfTestGroup;
	/** Rows of the table of ways out, in the plan of trust. */
	readonly rows: readonly number[];
	readonly place: SelfTestPlace;
}

/** A way that is tried. */
export interface TriedWay extends Declared {
	/** End of its path, from which the canary takes what kind of answer is asked for. */
	readonly ending?: string;
	/** The browser names no address when it refuses: nothing else may run meanwhile. */
	readonly alone?: boolean;
	/** Below level A the name is looked up before the request is stopped. */
	readonly looksUpName?: boolean;
	/** The permission that our policy takes away for it. */
	readonly permission?: string;
	attempt(aim: Aim): Promise<Sign> | Sign;
}

/** A way that a page can't try. */
export interface UntriedWay extends Declared {
	readonly because: string;
}

export type Way = TriedWay | UntriedWay;

export const isTried = (way: Way): way is TriedWay => 'attempt' in way;

export const answered: Sign = { kind: 'answered' };
export const silent: Sign = { kind: 'silent' };
export const absent: Sign = { kind: 'absent' };
export const refused = (error: unknown): Sign => ({
	kind: 'refused',
	error: error instanceof Error ? error.name : 'error',
});

/** `answered` once the first of two events comes, `refused` once the second does. */
export function firstOf(target: EventTarget, good: string, bad: string): Promise<Sign> {
	return new Promise((resolve) => {
		target.addEventListener(good, () => resolve(answered), { once: true });
		target.addEventListener(bad, () => resolve(refused(undefined)), { once: true });
	});
}
