import type { SelfTestResult, SelfTestTarget } from '$lib/contracts';
import { inBoth } from './in-both';
import { code } from './page/code';
import { hints } from './page/hints';
import { media } from './page/media';
import { ownHost } from './page/own-host';
import { requests } from './page/requests';
import { stage } from './page/stage';
import { windows } from './page/windows';
import { tryWays } from './run';
import type { Way } from './way';

/** Every way that a page knows, tried or not. */
export const pageWays: readonly Way[] = [
	...inBoth('page'),
	...requests,
	...media,
	...windows,
	...code,
	...hints,
	...ownHost,
];

/** Tries them, and leaves nothing behind in the document. */
export async function selfTestPage(
	target: SelfTestTarget,
	onResult: (result: SelfTestResult) => void,
	signal?: AbortSignal,
): Promise<void> {
	try {
		await tryWays(pageWays, target, onResult, signal);
	} finally {
		stage.clear();
	}
}
