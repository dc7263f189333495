import type { JobHandle, Reply } from '$lib/contracts';
import { FaultError } from '$workers/data/fault';
import { exposeBehindDoor } from '$workers/door/expose';
import { CancelledError } from '$workers/learners/contract';

/** A worker for the tests of the door: it answers, fails, counts and dies on demand. */
interface EchoApi {
	echo: (value: string) => Promise<Reply<string>>;
	fail: (message: string) => Promise<Reply<void>>;
	refuse: () => Promise<Reply<void>>;
	die: () => Promise<Reply<void>>;
	starts: () => Promise<Reply<string>>;
	count: (job: JobHandle, to: number) => Promise<Reply<number>>;
}

const start = crypto.randomUUID();

exposeBehindDoor<EchoApi>('echo', {
	echo: (value) => value,
	fail(message) {
		throw new Error(message);
	},
	refuse() {
		throw new FaultError({
			name: 'FileEmpty',
			message: 'It is empty.',
			kept: 'All.',
			next: 'Open another.',
			row: 3,
		});
	},
	die() {
		self.close();
		return new Promise(() => {});
	},
	starts: () => start,
	async count(job, to) {
		for (let done = 1; done <= to; done++) {
			if (job.cancelled()) throw new CancelledError('stopped');
			job.onProgress({ step: 'checking', done, total: to });
			await new Promise((resolve) => setTimeout(resolve));
		}
		return to;
	},
});
