import type { Fault } from '$lib/contracts';

/** Carries a {@link Fault} up to the door, which hands it to the page as plain data. */
export class FaultError extends Error {
	readonly fault: Fault;

	constructor(fault: Fault) {
		super(fault.message);
		this.name = fault.name;
		this.fault = fault;
	}
}

/** What a job throws once its `cancelled` answers yes. */
export function cancelledFault(kept: string): FaultError {
	return new FaultError({
		name: 'Cancelled',
		message: 'Stopped, as asked.',
		kept,
		next: 'Start again whenever you like.',
	});
}
