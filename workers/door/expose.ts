import type { DoorApi, Fault, JobHandle, Progress, Reply, RequestRecord } from '$lib/contracts';
import { CANARY_PATH } from '$lib/policy/self-test/address';
import { expose } from 'comlink';

/** What a long call is handed on the worker's side of the door. */
export interface Job {
	readonly cancelled: () => boolean;
	onProgress(progress: Progress): void;
}

/** A worker's methods as they are written: plain values, faults thrown, a job for a job's channel. */
export type Behind<Api> = {
	readonly [Name in keyof Api]: Api[Name] extends (
		...args: infer Arguments
	) => Promise<Reply<infer Value>>
		? (...args: Inside<Arguments>) => Promise<Value> | Value
		: never;
};
type Inside<Arguments> = Arguments extends [JobHandle, ...infer Rest] ? [Job, ...Rest] : Arguments;

/** At most this often, in milliseconds, does progress cross: 8 times a second is enough for the eye. */
const PROGRESS_EVERY = 125;

/** Opens the door: every error becomes a fault in plain words, every job's channel a `Job`. */
export function exposeBehindDoor<Api extends object>(name: string, methods: Behind<Api>): void {
	const doors = Object.entries(methods).map(([call, method]) => [
		call,
		(...args: unknown[]) => answer(method as (...args: unknown[]) => unknown, args),
	]);
	const api: DoorApi = {
		started: () => livingLock,
		requests: () => Promise.resolve(ownRequests(name)),
		selfTest: async (target) =>
			(await import('$lib/policy/self-test/in-worker')).selfTestWorker(target),
	};
	expose({ ...Object.fromEntries(doors), ...api });
}

/** Browsers keep 250 requests in their record by themselves; every one of them has to be seen. */
performance.setResourceTimingBufferSize(10_000);

const livingLock = new Promise<string>((resolve) => {
	const name = `doorstep-worker-${crypto.randomUUID()}`;
	void navigator.locks.request(name, () => {
		resolve(name);
		return new Promise(() => {});
	});
});

function ownRequests(by: string): RequestRecord[] {
	const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
	return entries.map((entry) => {
		const url = new URL(entry.name, self.origin);
		return {
			path: url.pathname,
			elsewhere: url.origin !== self.origin,
			query: url.search !== '',
			selfTest: url.pathname.startsWith(CANARY_PATH),
			kind: entry.initiatorType,
			bytes: entry.transferSize,
			startedAt: performance.timeOrigin + entry.startTime,
			by,
		};
	});
}

async function answer(
	method: (...args: unknown[]) => unknown,
	args: unknown[],
): Promise<Reply<unknown>> {
	const [first, ...rest] = args;
	try {
		const value = await method(...(isJobHandle(first) ? [jobOf(first.port), ...rest] : args));
		return { ok: true, value };
	} catch (error) {
		return { ok: false, fault: faultOf(error) };
	} finally {
		if (isJobHandle(first)) first.port.close();
	}
}

function isJobHandle(value: unknown): value is JobHandle {
	return typeof value === 'object' && value !== null && 'port' in value;
}

function jobOf(port: MessagePort): Job {
	let cancelled = false;
	let sentAt = -Infinity;
	let step = '';
	port.onmessage = () => (cancelled = true);
	return {
		cancelled: () => cancelled,
		onProgress(progress) {
			const finished = progress.done === progress.total;
			const now = performance.now();
			if (!finished && progress.step === step && now - sentAt < PROGRESS_EVERY) return;
			sentAt = now;
			step = progress.step;
			port.postMessage(progress);
		},
	};
}

/** An error that nobody foresaw is told by its name alone: its text may quote a value. */
function faultOf(error: unknown): Fault {
	if (error instanceof Error && 'fault' in error) return error.fault as Fault;
	const name = error instanceof Error ? error.name : 'Error';
	if (name === 'Cancelled')
		return {
			name,
			message: 'Stopped, as asked.',
			kept: 'Everything as it was before.',
			next: 'Start again whenever you like.',
		};
	return {
		name: 'Unexpected',
		message: 'Something went wrong inside Doorstep.',
		kept: 'Everything that was stored before, as it was.',
		next: 'Try again. If it happens again, reload the page.',
		detail: name,
	};
}
