import type { Random } from '$workers/math/random';
import { AMENITY_PREMIUMS, type AmenityBits } from './amenities';
import type { Build, KindName } from './kinds';

/** What the logarithm of a monthly rent is made of; tests and models may be held against it. */
export const RENT = {
	/** Dollars a month of a plain flat without a bedroom of its own, in a middling neighbourhood. */
	base: 850,
	perBedroom: 0.2,
	perExtraBathroom: 0.08,
	/** Per storey above the ground where there is a lift; without one, what a storey takes away. */
	perFloorWithLift: 0.012,
	perFloorWithoutLift: -0.015,
	perQuality: 0.07,
	room: -0.7,
	/** Standard deviation of what nothing else explains. */
	noise: 0.09,
	kinds: {
		Studio: -0.08,
		Flat: 0,
		'Terraced house': 0.06,
		'Detached house': 0.16,
		Loft: 0.17,
		Cabin: -0.06,
	} satisfies Record<KindName, number>,
} as const;

/** Nights let at the nightly price that bring what a month's lease brings. */
const NIGHTS_TO_A_MONTH = 12.25;

export function drawRent(
	build: Build,
	amenities: AmenityBits,
	lift: boolean,
	quality: number,
	premium: number,
	random: Random,
): number {
	const log =
		Math.log(RENT.base) +
		RENT.kinds[build.kind] +
		RENT.perBedroom * build.bedrooms +
		RENT.perExtraBathroom * (build.bathrooms - 1) +
		Math.max(0, build.floor) * (lift ? RENT.perFloorWithLift : RENT.perFloorWithoutLift) +
		RENT.perQuality * quality +
		(build.room ? RENT.room : 0) +
		premium +
		premiumOf(amenities) +
		RENT.noise * random.normal();
	return Math.round(Math.exp(log) / 10) * 10;
}

/** The usual price of one night in a home that rents for `monthly`, in whole units of the currency. */
export function nightlyPrice(monthly: number): number {
	return Math.max(1, Math.round(monthly / NIGHTS_TO_A_MONTH));
}

function premiumOf(amenities: AmenityBits): number {
	let sum = 0;
	AMENITY_PREMIUMS.forEach((premium, i) => {
		if (amenities & (1 << i)) sum += premium;
	});
	return sum;
}
