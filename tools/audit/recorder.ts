import type { BrowserContext, CDPSession, Page } from 'playwright';
import { type Channel, openChannels } from './channels';
import { inPage } from './in-page';
import type { Context } from './vector';

/** A request as the browser's own debugger saw it, sent or refused. */
export interface SeenRequest {
	readonly at: Date;
	/** What a person did when it happened. */
	readonly step: string;
	readonly context: Context;
	readonly url: string;
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly kind: string;
	/** Where in the code it was asked for: `address:line:column`, as far as the browser knows. */
	readonly where: string;
	status: number;
	answer: Readonly<Record<string, string>>;
	mimeType: string;
	/** Bytes that came over the network. */
	bytes: number;
	/** Milliseconds. */
	took: number;
	/** Why it failed; empty where it did not. */
	failure: string;
}

/** Something the policy stopped: the try alone is a fault of the app. */
export interface Violation {
	readonly step: string;
	readonly context: Context;
	/** What was asked for. */
	readonly url: string;
	readonly directive: string;
	readonly where: string;
}

export interface CookieWrite {
	readonly step: string;
	/** Page and stack. */
	readonly where: string;
	readonly name: string;
}

export interface Recorder {
	/** What a person does now. */
	step: string;
	readonly requests: readonly SeenRequest[];
	readonly violations: readonly Violation[];
	readonly cookies: readonly CookieWrite[];
}

interface Location {
	readonly url?: string;
	readonly lineNumber?: number;
	readonly columnNumber?: number;
}

interface Stack {
	readonly callFrames: readonly Location[];
	/** What led to it, in an earlier task. */
	readonly parent?: Stack;
}

interface Events {
	'Network.requestWillBeSent': {
		readonly requestId: string;
		readonly type?: string;
		readonly timestamp: number;
		readonly request: Pick<SeenRequest, 'url' | 'method' | 'headers'>;
		readonly redirectResponse?: {
			readonly status: number;
			readonly headers: SeenRequest['answer'];
		};
		readonly initiator: Location & {
			readonly type: string;
			readonly stack?: Stack;
		};
	};
	'Network.responseReceived': {
		readonly requestId: string;
		readonly response: {
			readonly status: number;
			readonly headers: SeenRequest['answer'];
			readonly mimeType: string;
		};
	};
	'Network.loadingFinished': {
		readonly requestId: string;
		readonly timestamp: number;
		readonly encodedDataLength: number;
	};
	'Network.loadingFailed': {
		readonly requestId: string;
		readonly errorText: string;
		readonly blockedReason?: string;
	};
	'Network.webSocketCreated': {
		readonly url: string;
		readonly initiator?: Events['Network.requestWillBeSent']['initiator'];
	};
	'Audits.issueAdded': {
		readonly issue: {
			readonly code: string;
			readonly details: {
				readonly contentSecurityPolicyIssueDetails?: {
					readonly blockedURL?: string;
					readonly violatedDirective: string;
					readonly sourceCodeLocation?: Location;
				};
			};
		};
	};
}

/** Listens to every page of a browser, its workers and its service worker, from their first line on. */
export async function record(context: BrowserContext): Promise<Recorder> {
	const recorder = {
		step: 'start',
		requests: [] as SeenRequest[],
		violations: [] as Violation[],
		cookies: [] as CookieWrite[],
	};
	await watchCookies(context, recorder);
	const attach = async (page: Page) => {
		const session: CDPSession = await context.newCDPSession(page);
		await openChannels(session, (channel) => listen(channel, recorder));
	};
	// A window that closes at once cannot be listened to; the network log still has its requests.
	context.on('page', (page) => void attach(page).catch(() => undefined));
	await Promise.all(context.pages().map(attach));
	return recorder;
}

interface Open extends Recorder {
	readonly requests: SeenRequest[];
	readonly violations: Violation[];
	readonly cookies: CookieWrite[];
}

function listen({ context, on }: Channel, recorder: Open): void {
	const open = new Map<string, { readonly seen: SeenRequest; readonly since: number }>();
	const heard = <Name extends keyof Events>(name: Name, hear: (event: Events[Name]) => void) =>
		on(name, (event) => hear(event as Events[Name]));
	heard('Network.requestWillBeSent', (event) => {
		const before = open.get(event.requestId);
		if (before && event.redirectResponse) {
			before.seen.status = event.redirectResponse.status;
			before.seen.answer = event.redirectResponse.headers;
		}
		const { url, method, headers } = event.request;
		const where = placeOf(event.initiator);
		const seen = blank({ step: recorder.step, context, url, method, headers, where });
		recorder.requests.push(Object.assign(seen, { kind: event.type ?? '' }));
		open.set(event.requestId, { seen, since: event.timestamp });
	});
	heard('Network.webSocketCreated', ({ url, initiator }) => {
		const where = placeOf(initiator);
		const about = { step: recorder.step, context, url, method: 'GET', headers: {}, where };
		recorder.requests.push({ ...blank(about), kind: 'WebSocket' });
	});
	heard('Network.responseReceived', ({ requestId, response }) => {
		const { status, headers: answer, mimeType } = response;
		Object.assign(open.get(requestId)?.seen ?? {}, { status, answer, mimeType });
	});
	heard('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
		const found = open.get(requestId);
		if (!found) return;
		found.seen.bytes = encodedDataLength;
		found.seen.took = Math.max(0, (timestamp - found.since) * 1000);
	});
	heard('Network.loadingFailed', ({ requestId, errorText, blockedReason }) => {
		const found = open.get(requestId);
		if (found) found.seen.failure = blockedReason ?? errorText;
	});
	heard('Audits.issueAdded', ({ issue }) => {
		const details = issue.details.contentSecurityPolicyIssueDetails;
		if (!details) return;
		recorder.violations.push({
			step: recorder.step,
			context,
			url: details.blockedURL ?? '',
			directive: details.violatedDirective,
			where: textOf(details.sourceCodeLocation),
		});
	});
}

type About = Pick<SeenRequest, 'step' | 'context' | 'url' | 'method' | 'headers' | 'where'>;

function blank(about: About): SeenRequest {
	const answered = { status: 0, answer: {}, mimeType: '', bytes: 0, took: 0, failure: '' };
	return { ...about, ...answered, at: new Date(), kind: '' };
}

function placeOf(initiator: Events['Network.requestWillBeSent']['initiator'] | undefined): string {
	const frames = framesOf(initiator?.stack);
	return textOf(frames.find(({ url }) => url) ?? initiator) || (initiator?.type ?? '');
}

const framesOf = (stack: Stack | undefined): readonly Location[] =>
	stack ? [...stack.callFrames, ...framesOf(stack.parent)] : [];

/** Lines and columns count from 1, as editors show them. */
function textOf(location: Location | undefined): string {
	if (!location?.url) return '';
	return `${location.url}:${(location.lineNumber ?? 0) + 1}:${(location.columnNumber ?? 0) + 1}`;
}

/** Every page tells when it sets a cookie, and from which line. Reading is left alone. */
async function watchCookies(context: BrowserContext, recorder: Open): Promise<void> {
	await context.exposeBinding('auditSawCookie', ({ page }, text: string, stack: string) => {
		const line = stack.split('\n').find((each) => /https?:.*:\d+/.test(each)) ?? '';
		const where = `${page.url()} ${line.trim()}`.trim();
		recorder.cookies.push({ step: recorder.step, where, name: text.split('=')[0] ?? '' });
	});
	await context.addInitScript({ content: inPage(tellCookies, undefined) });
}

/** Runs in every page before its own code. */
function tellCookies(): void {
	const scope = globalThis as unknown as { auditSawCookie(text: string, stack: string): void };
	const tell = (text: string) => scope.auditSawCookie(text, new Error().stack ?? '');
	const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') as PropertyDescriptor;
	Object.defineProperty(Document.prototype, 'cookie', {
		...own,
		set(this: Document, text: string) {
			tell(text);
			own.set?.call(this, text);
		},
	});
	const store = (globalThis as unknown as { CookieStore?: { prototype: object } }).CookieStore;
	const set = store && (Reflect.get(store.prototype, 'set') as (...args: unknown[]) => unknown);
	if (!store || !set) return;
	Reflect.set(store.prototype, 'set', function (this: object, ...args: unknown[]) {
		tell(typeof args[0] === 'string' ? args[0] : JSON.stringify(args[0]));
		return set.apply(this, args);
	});
}
