import type { SelfTestResult, SelfTestTarget } from '$lib/contracts';
import { inBoth } from './in-both';
import { tryWays } from './run';

/** Tries, inside the worker that calls it, the ways that a worker has. */
export async function selfTestWorker(target: SelfTestTarget): Promise<readonly SelfTestResult[]> {
	const results: SelfTestResult[] = [];
	await tryWays(inBoth('worker'), target, (result) => results.push(result));
	return results;
}
