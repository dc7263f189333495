import type { Progress } from '$lib/contracts';
import { FaultError, cancelledFault } from './fault';

const PATH = '/catalogue/homes.bin';
const MOST_BYTES = 256 * 1024 * 1024;
const KEPT = 'The homes that were here are as they were.';

/** What a fetch is handed; a job of the door is one. */
export interface FetchRun {
	readonly cancelled: () => boolean;
	readonly onProgress: (progress: Progress) => void;
}

/**
 * Fetches the catalogue that the host offers: always whole and always from the one address, so that
 * the host learns nothing of what somebody looks at. The only request that workers make.
 *
 * @param origin the app's own, e.g. `https://homes.example`
 * @returns `null` where the host offers none: it answers 404, or with its page for unknown addresses
 * @throws FaultError NotReady (no answer), CatalogueDamaged (too large), Cancelled
 */
export async function fetchHostCatalogue(
	origin: string,
	run: FetchRun,
): Promise<ArrayBuffer | null> {
	const answer = await ask(origin);
	if (answer.status === 404 || isPage(answer)) {
		await answer.body?.cancel();
		return null;
	}
	if (!answer.ok) throw noAnswer();
	return readWhole(answer, run);
}

async function ask(origin: string): Promise<Response> {
	try {
		return await fetch(new URL(PATH, origin), {
			credentials: 'omit',
			redirect: 'error',
			referrerPolicy: 'no-referrer',
		});
	} catch {
		throw noAnswer();
	}
}

const isPage = (answer: Response) =>
	answer.headers.get('content-type')?.startsWith('text/html') ?? false;

async function readWhole(answer: Response, run: FetchRun): Promise<ArrayBuffer> {
	// With content coding the header counts packed bytes, so it is no total.
	const packed = answer.headers.has('content-encoding');
	const total = packed ? 0 : Number(answer.headers.get('content-length') ?? 0);
	const parts: Uint8Array<ArrayBuffer>[] = [];
	let done = 0;
	const reader = answer.body?.getReader();
	for (;;) {
		const part = await reader?.read().catch(() => Promise.reject(noAnswer()));
		if (!part || part.done) break;
		done += part.value.length;
		if (run.cancelled() || done > MOST_BYTES) {
			await reader?.cancel();
			throw run.cancelled() ? cancelledFault(KEPT) : tooLarge();
		}
		parts.push(part.value);
		run.onProgress({ step: 'reading', done, ...(total >= done ? { total } : {}) });
	}
	return new Blob(parts).arrayBuffer();
}

const noAnswer = () =>
	new FaultError({
		name: 'NotReady',
		message: 'The catalogue could not be fetched: the site does not answer.',
		kept: KEPT,
		next: 'Try again when you are online, or open a listings file of your own.',
	});

const tooLarge = () =>
	new FaultError({
		name: 'CatalogueDamaged',
		message: 'The catalogue that the site offers is larger than any catalogue should be.',
		kept: KEPT,
		next: 'Open a listings file of your own.',
	});
