import type { ActKind, Channel, DismissReason } from '$lib/contracts';

/** Codes in the log are places in these lists: only ever append. */
export const ACT_KINDS = [
	'impression',
	'view',
	'dwell',
	'search',
	'save',
	'unsave',
	'dismiss',
	'undismiss',
	'like',
	'unlike',
	'share',
	'enquire',
	'choose',
	'pass',
] as const satisfies readonly ActKind[];

export const CHANNELS = [
	'for-you',
	'browse',
	'map',
	'home',
	'saved',
	'compare',
	'start',
	'link',
] as const satisfies readonly Channel[];

/** Code 0 is "no reason given". */
export const DISMISS_REASONS = [
	null,
	'too-expensive',
	'wrong-area',
	'too-small',
	'too-large',
	'wrong-type',
	'missing-something',
	'not-my-taste',
] as const satisfies readonly (DismissReason | null)[];
