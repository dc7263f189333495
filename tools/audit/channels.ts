import type { CDPSession } from 'playwright';
import type { Context } from './vector';

/** The debugger's line to one place where code runs. */
export interface Channel {
	readonly context: Context;
	on(event: string, hear: (params: unknown) => void): void;
}

interface Message {
	readonly method?: string;
	readonly params?: unknown;
}

const CONTEXTS: Readonly<Record<string, Context>> = {
	worker: 'worker',
	shared_worker: 'worker',
	service_worker: 'service-worker',
};

const LISTEN = ['Network.enable', 'Audits.enable'] as const;

/**
 * Opens a channel to a page, and to each worker and service worker when it starts. They wait until
 * they are listened to, so that nothing they do is missed.
 */
export async function openChannels(
	session: CDPSession,
	opened: (channel: Channel) => void,
): Promise<void> {
	opened({
		context: 'page',
		on: (event, hear) => void session.on(event as 'Network.requestWillBeSent', hear),
	});
	const children = new Map<string, Map<string, (params: unknown) => void>>();
	session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
		const { method = '', params } = JSON.parse(message) as Message;
		children.get(sessionId)?.get(method)?.(params);
	});
	session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
		const ears = new Map<string, (params: unknown) => void>();
		children.set(sessionId, ears);
		const context = CONTEXTS[targetInfo.type];
		if (context) opened({ context, on: (event, hear) => void ears.set(event, hear) });
		// A worker that ends at once is gone before it can be told.
		void start(session, sessionId).catch(() => undefined);
	});
	await Promise.all(LISTEN.map((method) => session.send(method)));
	// Pictures are loaded after the script that asked for them: only its earlier stack names it.
	await session.send('Debugger.enable');
	await session.send('Debugger.setAsyncCallStackDepth', { maxDepth: 4 });
	await session.send('Target.setAutoAttach', {
		autoAttach: true,
		waitForDebuggerOnStart: true,
		flatten: false,
	});
}

async function start(session: CDPSession, sessionId: string): Promise<void> {
	for (const [id, method] of [...LISTEN, 'Runtime.runIfWaitingForDebugger'].entries()) {
		const message = JSON.stringify({ id, method, params: {} });
		await session.send('Target.sendMessageToTarget', { sessionId, message });
	}
}
