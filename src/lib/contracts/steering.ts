import type { Reply } from './door';

/**
 * Whether the list favours or avoids neighbourhoods beyond what the person asked for. What was asked
 * for is what their own acts and corrections say, of neighbourhoods too.
 */
export interface Steering {
	/** Homes of the list that were looked at. */
	readonly listed: number;
	readonly acts: number;
	/** Most homes first. */
	readonly areas: readonly AreaSteering[];
	/** Half the sum of differences between list and asked: 0 none, 1 wholly other areas. */
	readonly apart: number;
	/** The same for a list by chance among homes that are about as good, at its 95th percentile. */
	readonly chance: number;
}

export interface AreaSteering {
	readonly name: string;
	/** Homes there that could be listed. */
	readonly homes: number;
	/** Shares of what is seen: first places count more. Of all homes, of what was asked for, of the list. */
	readonly all: number;
	readonly asked: number;
	readonly list: number;
	/** In 90 of 100 lists by chance among homes that are about as good, the share lies between. */
	readonly low: number;
	readonly high: number;
	readonly verdict: 'as-asked' | 'favoured' | 'avoided';
	/** What moved it most, where it is not as asked. */
	readonly because?: SteeringPart;
}

export type SteeringPart = 'popularity' | 'others' | 'order';

export interface SteeringApi {
	steering: (now: number) => Promise<Reply<Steering>>;
}
