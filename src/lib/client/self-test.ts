import type { SelfTestReport, SelfTestResult } from '$lib/contracts';
import { canaryOrigin } from '$lib/policy/self-test/address';
import { policyLevel, store } from './index';

export interface SelfTestOptions {
	readonly signal: AbortSignal;
	/** Each result as it is known, in no order. */
	readonly onResult: (result: SelfTestResult) => void;
}

/**
 * Tries the ways out of this browser from the page, from the worker that holds the data, and against
 * the service worker. Nothing of the person's goes into a try: a random word is all it would carry.
 * The code that names ways out is loaded for this alone.
 */
export async function runSelfTest({ signal, onResult }: SelfTestOptions): Promise<SelfTestReport> {
	const startedAt = Date.now();
	const { level, controlled } = await policyLevel();
	const target = {
		origin: canaryOrigin(location),
		token: crypto.randomUUID(),
		level,
		controlled,
	};
	const results: SelfTestResult[] = [];
	const found = (result: SelfTestResult) => {
		if (signal.aborted) return;
		results.push(result);
		onResult(result);
	};
	const { selfTestPage } = await import('$lib/policy/self-test/in-page');
	const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
	await Promise.all([
		selfTestPage(target, found, signal),
		// The worker goes on by itself for a second or two: nobody waits for it.
		Promise.race([store.selfTest(target).then((all) => all.forEach(found)), stopped]),
	]);
	return {
		startedAt,
		milliseconds: Date.now() - startedAt,
		target,
		online: navigator.onLine,
		cancelled: signal.aborted,
		results,
	};
}
