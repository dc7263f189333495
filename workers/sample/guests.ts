import type { Random } from '$workers/math/random';
import { beta, gamma, weighted } from './draw';
import { DEMAND, type GuestType, RETURNING } from './truth';

interface Country {
	readonly code: string;
	readonly weight: number;
	/** Of another continent. */
	readonly far: boolean;
}

export const COUNTRIES: readonly Country[] = [
	{ code: 'US', weight: 52, far: false },
	{ code: 'CA', weight: 14, far: false },
	{ code: 'MX', weight: 4, far: false },
	{ code: 'GB', weight: 9, far: true },
	{ code: 'DE', weight: 6, far: true },
	{ code: 'FR', weight: 5, far: true },
	{ code: 'ES', weight: 3, far: true },
	{ code: 'BR', weight: 3, far: true },
	{ code: 'JP', weight: 2, far: true },
	{ code: 'AU', weight: 2, far: true },
];
const COUNTRY_WEIGHTS = COUNTRIES.map(({ weight }) => weight);
const PARTIES: Readonly<Record<GuestType, readonly number[]>> = {
	leisure: [0, 14, 50, 12, 16, 4, 4],
	business: [0, 82, 14, 4],
};

/** Somebody who may become a guest: what stays the same from trip to trip. */
export interface Traveller {
	/** Index into `COUNTRIES`. */
	readonly country: number;
	readonly type: GuestType;
	readonly party: number;
	/** Trips looked for in a year of average season. */
	readonly rate: number;
	/** Chance of leaving for good after a booking. */
	readonly leaves: number;
	/** Which character of homes they like best, see `TASTE`; `NO_TASTE` for none. */
	readonly taste: number;
}

export function drawTraveller(taste: number, random: Random): Traveller {
	const type = random.next() < DEMAND.business ? 'business' : 'leisure';
	return {
		country: weighted(COUNTRY_WEIGHTS, random),
		type,
		party: weighted(PARTIES[type], random),
		rate: gamma(RETURNING.shape, random) * RETURNING.scale,
		leaves: beta(RETURNING.a, RETURNING.b, random),
		taste,
	};
}
