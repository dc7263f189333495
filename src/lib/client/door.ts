import type {
	DoorApi,
	Fault,
	JobHandle,
	Progress,
	Reply,
	RequestRecord,
	SelfTestResult,
	SelfTestTarget,
} from '$lib/contracts';
import { type Remote, transfer, wrap } from 'comlink';

/** What pages catch: a fault with all that it says. */
export class DoorstepError extends Error {
	constructor(readonly fault: Fault) {
		super(fault.message);
		this.name = fault.name;
	}
}

export interface JobOptions {
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: Progress) => void;
}

type Method = (...args: never[]) => Promise<Reply<unknown>>;
type Value<Kind> = Kind extends (...args: never[]) => Promise<Reply<infer Inner>> ? Inner : never;
type Arguments<Kind> = Kind extends (...args: infer All) => unknown ? All : never;
/** Calls that take a job, and those that don't. */
type Jobs<Api> = {
	[Name in keyof Api]: Arguments<Api[Name]> extends [JobHandle, ...unknown[]] ? Name : never;
}[keyof Api];
type Asked<Api> = Exclude<keyof Api, Jobs<Api>>;
type JobArguments<Kind> = Kind extends (job: JobHandle, ...rest: infer Rest) => unknown
	? Rest
	: never;

const LOST: Fault = {
	name: 'WorkerLost',
	message: 'A part of Doorstep stopped in the middle of its work.',
	kept: 'Everything that was on disk before.',
	next: 'Try again: it starts anew.',
};

/**
 * The one way to a worker. Starts it when it is first needed, lets it go when it has been idle,
 * notices when it dies, runs its long jobs one at a time, and turns faults into errors.
 */
export class Door<Api> {
	private worker: Living<Api> | null = null;
	private pending = 0;
	private idleTimer: ReturnType<typeof setTimeout> | undefined;
	private lastJob: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly start: () => Worker,
		/** Milliseconds without work after which the worker is let go. */
		private readonly idleAfter: number,
	) {}

	/** Starts the worker before it is asked, so that the first answer does not wait for it. */
	warmUp(): void {
		this.living();
		this.restIfIdle();
	}

	/** A call that only reads: asked again once where the worker died under it. */
	async ask<Name extends Asked<Api>>(
		name: Name,
		...args: Arguments<Api[Name]>
	): Promise<Value<Api[Name]>> {
		try {
			return await this.tell(name, ...args);
		} catch (error) {
			if (error instanceof DoorstepError && error.name === 'WorkerLost')
				return this.tell(name, ...args);
			throw error;
		}
	}

	/** A call that changes something: never repeated by itself. */
	tell<Name extends Asked<Api>>(
		name: Name,
		...args: Arguments<Api[Name]>
	): Promise<Value<Api[Name]>> {
		return this.send(name, args) as Promise<Value<Api[Name]>>;
	}

	/** A long job: waits for the ones before it; reports and can be cancelled. */
	run<Name extends Jobs<Api>>(
		name: Name,
		args: JobArguments<Api[Name]>,
		options: JobOptions = {},
	): Promise<Value<Api[Name]>> {
		const turn = this.lastJob.catch(() => {}).then(() => this.runNow(name, args, options));
		this.lastJob = turn;
		return turn as Promise<Value<Api[Name]>>;
	}

	/** What the worker has asked of the host; nothing where it does not run. */
	async requests(): Promise<readonly RequestRecord[]> {
		return this.worker ? this.worker.requests() : [];
	}

	/** Has the worker try to get something out. Starts it where it does not run. */
	selfTest(target: SelfTestTarget): Promise<readonly SelfTestResult[]> {
		return this.busyWith((worker) => worker.selfTest(target));
	}

	/** Ends the worker; whoever waits is told. The next call starts a new one. */
	stop(): void {
		clearTimeout(this.idleTimer);
		this.worker?.end();
		this.worker = null;
	}

	private async runNow(
		name: keyof Api,
		args: readonly unknown[],
		{ signal, onProgress }: JobOptions,
	): Promise<unknown> {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = (event: MessageEvent<Progress>) => onProgress?.(event.data);
		const cancel = () => port1.postMessage('cancel');
		signal?.addEventListener('abort', cancel);
		if (signal?.aborted) cancel();
		try {
			return await this.send(name, [transfer({ port: port2 }, [port2]), ...args]);
		} finally {
			signal?.removeEventListener('abort', cancel);
			port1.close();
		}
	}

	private async send(name: keyof Api, args: readonly unknown[]): Promise<unknown> {
		const reply = await this.busyWith((worker) => worker.send(name, args));
		if (!reply.ok) throw new DoorstepError(reply.fault);
		return reply.value;
	}

	/** A worker that has something to do is not let go. */
	private async busyWith<Result>(work: (worker: Living<Api>) => Promise<Result>): Promise<Result> {
		this.pending++;
		clearTimeout(this.idleTimer);
		try {
			return await work(this.living());
		} finally {
			this.pending--;
			this.restIfIdle();
		}
	}

	private living(): Living<Api> {
		return (this.worker ??= new Living<Api>(this.start(), () => (this.worker = null)));
	}

	private restIfIdle(): void {
		clearTimeout(this.idleTimer);
		if (this.pending === 0 && this.idleAfter < Infinity)
			this.idleTimer = setTimeout(() => this.stop(), this.idleAfter);
	}
}

/** A worker that runs, with whoever waits for it. */
class Living<Api> {
	private readonly remote: Remote<Api & DoorApi>;
	private readonly waiting = new Set<(fault: Fault) => void>();
	/** No call goes out before the worker can be watched: one that died earlier would not be missed. */
	private readonly watched: Promise<void>;
	private gone = false;

	constructor(
		private readonly worker: Worker,
		private readonly onGone: () => void,
	) {
		this.remote = wrap<Api & DoorApi>(worker);
		worker.addEventListener('error', () => this.end());
		this.watched = this.watch();
	}

	send(name: keyof Api, args: readonly unknown[]): Promise<Reply<unknown>> {
		return new Promise((resolve, reject) => {
			const lost = (fault: Fault) => resolve({ ok: false, fault });
			this.waiting.add(lost);
			const method = this.remote[name as keyof Remote<Api & DoorApi>] as unknown as Method;
			this.watched
				.then(() => method(...(args as never[])))
				.then(resolve, reject)
				.finally(() => this.waiting.delete(lost));
		});
	}

	requests(): Promise<readonly RequestRecord[]> {
		return (this.remote.requests as unknown as DoorApi['requests'])();
	}

	selfTest(target: SelfTestTarget): Promise<readonly SelfTestResult[]> {
		return (this.remote.selfTest as unknown as DoorApi['selfTest'])(target);
	}

	end(): void {
		if (this.gone) return;
		this.gone = true;
		this.worker.terminate();
		this.onGone();
		for (const lost of this.waiting) lost(LOST);
	}

	/** The worker holds a lock as long as it lives: being given it means that it has gone. */
	private async watch(): Promise<void> {
		const started = this.remote.started as unknown as DoorApi['started'];
		const lock = await started();
		void navigator.locks.request(lock, () => this.end());
	}
}
