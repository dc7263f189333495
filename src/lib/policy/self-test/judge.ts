import type { SelfTestVerdict, Stopper } from '$lib/contracts';
import type { Sign, TriedWay } from './way';

/** All that is known about one try. */
export interface Evidence {
	readonly sign: Sign;
	/** The canary answered, by the browser's own record. */
	readonly answered: boolean;
	/** The directive that the browser says refused it. */
	readonly directive: string | undefined;
	/** The way needs a permission, and this page does not have it. */
	readonly permissionDenied: boolean;
	readonly level: 'A' | 'B' | 'C';
	/** Without a network a silence proves nothing. */
	readonly online: boolean;
}

interface Judgement {
	readonly verdict: SelfTestVerdict;
	readonly by: Stopper;
	readonly detail: string;
}

const TRUSTED_TYPES = ['require-trusted-types-for', 'trusted-types'];

/**
 * What a try proves, the worst first: an answer means that it got out, whatever else was reported.
 * A refusal without a word from the browser about who refused proves nothing.
 */
export function judge(
	way: Pick<TriedWay, 'looksUpName' | 'permission'>,
	{ sign, answered, directive, permissionDenied, level, online }: Evidence,
): Judgement {
	if (answered || sign.kind === 'answered') return as('got-out', 'nothing');
	if (directive !== undefined && TRUSTED_TYPES.includes(directive))
		return as('stopped', 'trusted-types', directive);
	if (directive !== undefined)
		return as(
			way.looksUpName && level !== 'A' ? 'name-only' : 'stopped',
			'content-policy',
			directive,
		);
	if (sign.kind === 'absent') return as('stopped', 'absent');
	if (sign.kind === 'by-service-worker') return as('stopped', 'service-worker', '404');
	if (sign.kind === 'refused' && permissionDenied)
		return as('stopped', 'permissions-policy', way.permission);
	if (sign.kind === 'given-up' && level === 'A' && online) return as('stopped', 'connection-list');
	return as('inconclusive', 'nothing', sign.kind === 'put-off' ? sign.because : '');
}

const as = (verdict: SelfTestVerdict, by: Stopper, detail = ''): Judgement => ({
	verdict,
	by,
	detail,
});
