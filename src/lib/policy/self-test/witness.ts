/** What the browser itself reports of the tries: refusals by the policy, and answers that came. */
export interface Witness {
	/** The directive that refused this path; undefined where none was reported. */
	refusedBy(path: string): string | undefined;
	/** The directive of a refusal that names no address, since `forget` was called last. */
	refusedAlone(): string | undefined;
	forget(): void;
	/** Something at this path was answered. */
	sawAnswer(path: string): boolean;
	close(): void;
}

/** In a page or in a worker: both hear of refusals in the same way. */
export function openWitness(canary: string): Witness {
	const refusals = new Map<string, string>();
	const answers = new Set<string>();
	let alone: string | undefined;
	const onRefusal = (event: SecurityPolicyViolationEvent) => {
		const path = pathOf(event.blockedURI);
		if (path) refusals.set(path, event.effectiveDirective);
		else alone = event.effectiveDirective;
	};
	// The canary's documents say that they were loaded: a frame's own address can't be read.
	const onMessage = (event: MessageEvent<unknown>) => {
		if (event.origin === canary && typeof event.data === 'string') answers.add(event.data);
	};
	const host = new URL(canary).host;
	globalThis.addEventListener('securitypolicyviolation', onRefusal as EventListener);
	globalThis.addEventListener('message', onMessage as EventListener);
	return {
		refusedBy: (path) => refusals.get(path),
		refusedAlone: () => alone,
		forget: () => (alone = undefined),
		sawAnswer: (path) => answers.has(path) || answeredInRecord(host, path),
		close() {
			globalThis.removeEventListener('securitypolicyviolation', onRefusal as EventListener);
			globalThis.removeEventListener('message', onMessage as EventListener);
		},
	};
}

/** Of a frame the browser names the origin alone, of text as code nothing. */
function pathOf(blocked: string): string | undefined {
	if (!/^(?:https?|wss?):/.test(blocked)) return undefined;
	const { pathname } = new URL(blocked);
	return pathname === '/' ? undefined : pathname;
}

/** The browser's own record of requests. A refused one has neither status nor bytes. */
function answeredInRecord(host: string, path: string): boolean {
	const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
	return entries.some(({ name, responseStatus, transferSize }) => {
		const url = new URL(name);
		return url.host === host && url.pathname === path && (responseStatus > 0 || transferSize > 0);
	});
}
