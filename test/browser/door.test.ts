import { afterEach, expect, test } from 'vitest';
import { Door, DoorstepError } from '$lib/client/door';
import type { JobHandle, Reply } from '$lib/contracts';
import workerFile from '../support/echo.worker?worker&url';

interface EchoApi {
	echo: (value: string) => Promise<Reply<string>>;
	fail: (message: string) => Promise<Reply<void>>;
	refuse: () => Promise<Reply<void>>;
	die: () => Promise<Reply<void>>;
	starts: () => Promise<Reply<string>>;
	count: (job: JobHandle, to: number) => Promise<Reply<number>>;
}

const doors: Door<EchoApi>[] = [];
let started = 0;

function open(idleAfter = Infinity) {
	const door = new Door<EchoApi>(() => {
		started++;
		return new Worker(workerFile, { type: 'module' });
	}, idleAfter);
	doors.push(door);
	return door;
}

afterEach(() => {
	for (const door of doors.splice(0)) door.stop();
	started = 0;
});

const nameOf = (work: Promise<unknown>) =>
	work.then(
		() => 'no error',
		(error: unknown) => (error instanceof DoorstepError ? error.fault.name : String(error)),
	);

test('a call is answered, and one worker serves them all', async () => {
	const door = open();
	expect(await Promise.all([door.ask('echo', 'a'), door.ask('echo', 'b')])).toEqual(['a', 'b']);
	expect(started).toBe(1);
});

test('a fault crosses whole; an error that nobody foresaw crosses without its text', async () => {
	const door = open();
	const refused = await door.tell('refuse').catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(DoorstepError);
	expect((refused as DoorstepError).fault).toEqual({
		name: 'FileEmpty',
		message: 'It is empty.',
		kept: 'All.',
		next: 'Open another.',
		row: 3,
	});
	const failed = await door.tell('fail', 'a secret value').catch((error: unknown) => error);
	expect((failed as DoorstepError).fault.name).toBe('Unexpected');
	expect(JSON.stringify((failed as DoorstepError).fault)).not.toContain('secret');
});

test('a job reports progress and answers', async () => {
	const seen: number[] = [];
	const result = await open().run('count', [50], { onProgress: ({ done }) => seen.push(done) });
	expect(result).toBe(50);
	expect(seen[0]).toBe(1);
	expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('a cancelled job ends with Cancelled, and the next one runs', async () => {
	const door = open();
	const controller = new AbortController();
	const job = door.run('count', [1_000_000], {
		signal: controller.signal,
		onProgress: () => controller.abort(),
	});
	expect(await nameOf(job)).toBe('Cancelled');
	expect(await door.run('count', [2])).toBe(2);
});

test('jobs wait for each other, other calls do not wait for jobs', async () => {
	const door = open();
	const order: string[] = [];
	const controller = new AbortController();
	const first = door
		.run('count', [1_000_000], { signal: controller.signal })
		.catch(() => order.push('first job'));
	const second = door.run('count', [1]).then(() => order.push('second job'));
	await door.ask('echo', 'a');
	order.push('call');
	controller.abort();
	await Promise.all([first, second]);
	expect(order).toEqual(['call', 'first job', 'second job']);
});

test('a worker that dies is noticed: whoever waits is told, and the next call starts a new one', async () => {
	const door = open();
	const job = door.run('count', [1_000_000]);
	await door.ask('echo', 'a');
	void door.tell('die').catch(() => {});
	expect(await nameOf(job)).toBe('WorkerLost');
	expect(await door.ask('echo', 'b')).toBe('b');
	expect(started).toBe(2);
});

test('a reading call that a dying worker swallowed is asked again', async () => {
	const door = open();
	await door.ask('echo', 'a');
	void door.tell('die').catch(() => {});
	expect(await door.ask('echo', 'b')).toBe('b');
});

test('a worker that was warmed up serves the first call', async () => {
	const door = open();
	door.warmUp();
	expect(started).toBe(1);
	expect(await door.ask('echo', 'a')).toBe('a');
	expect(started).toBe(1);
});

test('an idle worker is let go', async () => {
	const door = open(10);
	const first = await door.ask('starts');
	await expect.poll(() => door.ask('echo', 'x').then(() => started)).toBeGreaterThanOrEqual(1);
	await new Promise((resolve) => setTimeout(resolve, 60));
	expect(await door.ask('starts')).not.toBe(first);
});
