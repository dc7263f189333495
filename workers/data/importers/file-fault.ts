import type { FaultName } from '$lib/contracts';
import { FaultError } from '../fault';

/** Said with every fault and cancellation of an import. */
export const KEPT = 'Nothing was taken from the file. The homes that were here are as they were.';

/** Where in a file: row 1 is the first after the header, 0 the header itself. */
export interface Place {
	readonly row?: number;
	readonly column?: string;
}

/** A fault about a file: one sentence what happened, one what to do; where it is known. */
export function fileFault(
	name: FaultName,
	message: string,
	next: string,
	place: Place = {},
): FaultError {
	return new FaultError({ name, message, kept: KEPT, next, ...place });
}

/** The same fault with the place that the reader had reached, unless it names one already. */
export function withPlace(error: unknown, place: Place): unknown {
	if (!(error instanceof FaultError) || error.fault.row !== undefined) return error;
	if (error.fault.name === 'Cancelled' || place.row === undefined) return error;
	return new FaultError({ ...error.fault, ...place });
}
