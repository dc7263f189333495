import type { FaultName } from '$lib/contracts';
import { FaultError } from '../../fault';
import type { Place } from '../file-fault';

/** Said with every fault and cancellation while a manager's file is read. */
export const BOOKS_KEPT = 'Nothing was taken from the file. Your books are as they were.';

/** A fault about a manager's file: one sentence what happened, one what to do; where it is known. */
export function booksFault(
	name: FaultName,
	message: string,
	next: string,
	place: Place = {},
): FaultError {
	return new FaultError({ name, message, kept: BOOKS_KEPT, next, ...place });
}

/** The fault of a reader that listings share, in the words of the books. */
export function inBooksWords(error: unknown): unknown {
	return error instanceof FaultError ? new FaultError({ ...error.fault, kept: BOOKS_KEPT }) : error;
}
