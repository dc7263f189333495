import type { Random } from '$workers/math/random';
import { logistic, weighted } from './draw';
import { CANCELLATION, type GuestType } from './truth';

export type Channel = keyof typeof CANCELLATION.channels;
export type Deposit = keyof typeof CANCELLATION.deposits;

export const CHANNELS = Object.keys(CANCELLATION.channels) as readonly Channel[];
export const DEPOSITS = Object.keys(CANCELLATION.deposits) as readonly Deposit[];

/** Weights in the order of `CHANNELS`: who comes for the first time, returns, or travels for work. */
const CHANNEL_WEIGHTS = {
	first: [2, 6, 3, 0],
	returning: [6, 3, 1, 0],
	business: [2, 3, 1, 5],
} as const;
/** Weights in the order of `DEPOSITS`, for each channel. */
const DEPOSIT_WEIGHTS: Readonly<Record<Channel, readonly number[]>> = {
	direct: [5, 4, 1],
	'booking site': [6, 2, 2],
	'partner site': [3, 3, 4],
	corporate: [9, 1, 0],
};

export interface Terms {
	readonly channel: Channel;
	readonly deposit: Deposit;
}

export function drawTerms(type: GuestType, returning: boolean, random: Random): Terms {
	const weights = CHANNEL_WEIGHTS[type === 'business' ? type : returning ? 'returning' : 'first'];
	const channel = CHANNELS[weighted(weights, random)] as Channel;
	return { channel, deposit: DEPOSITS[weighted(DEPOSIT_WEIGHTS[channel], random)] as Deposit };
}

/** The chance that a booking under these terms is cancelled. */
export function cancellationChance(
	{ channel, deposit }: Terms,
	type: GuestType,
	returning: boolean,
	leadTime: number,
): number {
	return logistic(
		CANCELLATION.base +
			CANCELLATION.perLogWeek * Math.log1p(leadTime / 7) +
			CANCELLATION.channels[channel] +
			CANCELLATION.deposits[deposit] +
			(type === 'business' ? CANCELLATION.business : 0) +
			(returning ? CANCELLATION.returning : 0),
	);
}

/** The day of a cancellation: any day up to arrival, the last weeks more often. */
export function drawCancellationDay(bookedOn: number, arrivesOn: number, random: Random): number {
	return bookedOn + Math.round((arrivesOn - bookedOn) * Math.pow(random.next(), 0.6));
}
