/** How much of the policy is in force on this page. `docs/` says what each level promises. */
export interface PolicyLevel {
	/**
	 * - `A`: the host sends the policy, and the browser itself refuses every connection elsewhere.
	 * - `B`: the policy came as a header, from the host or from our service worker.
	 * - `C`: only the `<meta>` tag of the page.
	 */
	readonly level: 'A' | 'B' | 'C';
	/** Loaded through our service worker, so that it opens without a network. */
	readonly controlled: boolean;
	/** No page of another origin shares its process. */
	readonly isolated: boolean;
	/** Who sent the policy of this page. */
	readonly sentBy: 'host' | 'service-worker' | 'nobody';
}

/** What the level is told from. */
export interface PolicyEvidence {
	/** Headers of this page's own response. */
	readonly headers: Headers;
	/** The page itself came through the service worker (and did not only get one afterwards). */
	readonly controlled: boolean;
	readonly isolated: boolean;
	/** Major version of Chromium; 0 in other browsers. */
	readonly chromium: number;
}

/** The service worker names who sent the policy of a file when it stored it. */
export const POLICY_BY = 'Doorstep-Policy-By';

/** The first Chromium that enforces Connection-Allowlist. Others ignore the header without a word. */
const ENFORCING_CHROMIUM = 152;

/**
 * The level in force on this page, from one HEAD of its own path. Without a network, the service
 * worker answers. Where nobody answers, only the `<meta>` tag is certain.
 */
export async function policyLevel(): Promise<PolicyLevel> {
	return levelOf({
		headers: await ownHeaders(),
		controlled: loadedThroughServiceWorker(),
		isolated: crossOriginIsolated,
		chromium: chromiumVersion(),
	});
}

export function levelOf({ headers, controlled, isolated, chromium }: PolicyEvidence): PolicyLevel {
	const sentBy = !headers.has('Content-Security-Policy')
		? 'nobody'
		: headers.get(POLICY_BY) === 'service-worker'
			? 'service-worker'
			: 'host';
	const governed = sentBy === 'host' || (sentBy === 'service-worker' && controlled);
	const allowlist = headers.get('Connection-Allowlist') === '(response-origin)';
	const enforced = sentBy === 'host' && allowlist && chromium >= ENFORCING_CHROMIUM;
	return { level: enforced ? 'A' : governed ? 'B' : 'C', controlled, isolated, sentBy };
}

async function ownHeaders(): Promise<Headers> {
	try {
		// The path alone: what stands behind `?` or `#` is the person's.
		const answer = await fetch(location.pathname, { method: 'HEAD', credentials: 'omit' });
		return answer.headers;
	} catch {
		return new Headers();
	}
}

function loadedThroughServiceWorker(): boolean {
	const [navigation] = performance.getEntriesByType('navigation');
	return navigation instanceof PerformanceNavigationTiming && navigation.workerStart > 0;
}

function chromiumVersion(): number {
	const brands = navigator.userAgentData?.brands ?? [];
	return Number(brands.find(({ brand }) => brand === 'Chromium')?.version ?? 0);
}
