import type { Progress } from '$lib/contracts';
import { FaultError, cancelledFault } from './fault';

/** What the host may offer beside the app: the same files to everyone, each at its one address. */
export type HostFile = 'homes' | 'pack';

const PLAIN: RequestInit = {
	credentials: 'omit',
	redirect: 'error',
	referrerPolicy: 'no-referrer',
};
const ASK: Readonly<Record<HostFile, (origin: string) => Promise<Response>>> = {
	homes: (origin) => fetch(new URL('/catalogue/homes.bin', origin), PLAIN),
	pack: (origin) => fetch(new URL('/catalogue/pack.bin', origin), PLAIN),
};

const MEBIBYTE = 1024 * 1024;
const MOST_BYTES: Readonly<Record<HostFile, number>> = {
	homes: 256 * MEBIBYTE,
	pack: 64 * MEBIBYTE,
};
const KEPT: Readonly<Record<HostFile, string>> = {
	homes: 'The homes that were here are as they were.',
	pack: 'What others’ choices taught so far, and the homes, as they were.',
};

/** What a fetch is handed; a job of the door is one. */
export interface FetchRun {
	readonly cancelled: () => boolean;
	readonly onProgress: (progress: Progress) => void;
}

/**
 * Fetches a file that the host offers: always whole and always from its one address, so that the host
 * learns nothing of what somebody looks at. The only requests that workers make.
 *
 * @param origin the app's own, e.g. `https://homes.example`
 * @returns `null` where the host offers none: it answers 404, or with its page for unknown addresses
 * @throws FaultError NotReady (no answer), CatalogueDamaged or PackDamaged (too large), Cancelled
 */
export async function fetchFromHost(
	file: HostFile,
	origin: string,
	run: FetchRun,
): Promise<ArrayBuffer | null> {
	const answer = await ASK[file](origin).catch(() => Promise.reject(noAnswer(file)));
	if (answer.status === 404 || isPage(answer)) {
		await answer.body?.cancel();
		return null;
	}
	if (!answer.ok) throw noAnswer(file);
	return readWhole(file, answer, run);
}

const isPage = (answer: Response) =>
	answer.headers.get('content-type')?.startsWith('text/html') ?? false;

async function readWhole(file: HostFile, answer: Response, run: FetchRun): Promise<ArrayBuffer> {
	// With content coding the header counts packed bytes, so it is no total.
	const packed = answer.headers.has('content-encoding');
	const total = packed ? 0 : Number(answer.headers.get('content-length') ?? 0);
	const parts: Uint8Array<ArrayBuffer>[] = [];
	let done = 0;
	const reader = answer.body?.getReader();
	for (;;) {
		const part = await reader?.read().catch(() => Promise.reject(noAnswer(file)));
		if (!part || part.done) break;
		done += part.value.length;
		if (run.cancelled() || done > MOST_BYTES[file]) {
			await reader?.cancel();
			throw run.cancelled() ? cancelledFault(KEPT[file]) : tooLarge(file);
		}
		parts.push(part.value);
		run.onProgress({ step: 'reading', done, ...(total >= done ? { total } : {}) });
	}
	return new Blob(parts).arrayBuffer();
}

const noAnswer = (file: HostFile) =>
	new FaultError({
		name: 'NotReady',
		message:
			file === 'homes'
				? 'The catalogue could not be fetched: the site does not answer.'
				: 'What others’ choices teach could not be fetched: the site does not answer.',
		kept: KEPT[file],
		next:
			file === 'homes'
				? 'Try again when you are online, or open a listings file of your own.'
				: 'Nothing: it is asked for again another day.',
	});

const tooLarge = (file: HostFile) =>
	new FaultError({
		name: file === 'homes' ? 'CatalogueDamaged' : 'PackDamaged',
		message:
			file === 'homes'
				? 'The catalogue that the site offers is larger than any catalogue should be.'
				: 'The pack that the site offers is larger than any pack should be.',
		kept: KEPT[file],
		next: file === 'homes' ? 'Open a listings file of your own.' : 'Nothing: it goes on as before.',
	});
