import type { Random } from '$workers/math/random';
import { logistic } from './draw';
import type { Build } from './kinds';
import type { Setting } from './town';

/** How usual an amenity is: log-odds at middling quality, and what a step of quality adds. */
interface Usual {
	readonly name: string;
	readonly odds: number;
	readonly perQuality: number;
	/** What it adds to the logarithm of the rent. */
	readonly premium: number;
}

const USUAL: readonly Usual[] = [
	{ name: 'Wifi', odds: 3.5, perQuality: 0.4, premium: 0 },
	{ name: 'Kitchen', odds: 3.2, perQuality: 0.3, premium: 0 },
	{ name: 'Heating', odds: 3, perQuality: 0.3, premium: 0 },
	{ name: 'Smoke alarm', odds: 2.4, perQuality: 0.3, premium: 0 },
	{ name: 'Washer', odds: 1, perQuality: 0.6, premium: 0.03 },
	{ name: 'Dryer', odds: -0.4, perQuality: 0.7, premium: 0.02 },
	{ name: 'Dishwasher', odds: 0, perQuality: 0.9, premium: 0.04 },
	{ name: 'Air conditioning', odds: -0.6, perQuality: 0.7, premium: 0.03 },
	{ name: 'Furnished', odds: 0.2, perQuality: 0.2, premium: 0.03 },
	{ name: 'Workspace', odds: -0.1, perQuality: 0.4, premium: 0.01 },
	{ name: 'Bathtub', odds: -0.3, perQuality: 0.4, premium: 0.01 },
	{ name: 'Pets allowed', odds: -0.5, perQuality: 0, premium: 0 },
	{ name: 'Storage room', odds: -0.7, perQuality: 0.2, premium: 0.01 },
	{ name: 'Bicycle store', odds: -0.2, perQuality: 0.2, premium: 0 },
	{ name: 'Gym', odds: -3.4, perQuality: 1, premium: 0.06 },
];

/** Those that hang on how and where the home is built. */
const BUILT = [
	{ name: 'Lift', premium: 0.04 },
	{ name: 'Balcony', premium: 0.06 },
	{ name: 'Garden', premium: 0.07 },
	{ name: 'Fireplace', premium: 0.04 },
	{ name: 'Parking', premium: 0.04 },
	{ name: 'Step-free access', premium: 0 },
	{ name: 'Private entrance', premium: 0.01 },
	{ name: 'Roof terrace', premium: 0.09 },
	{ name: 'Waterfront', premium: 0.11 },
	{ name: 'Sea view', premium: 0.08 },
	{ name: 'Hill view', premium: 0.03 },
] as const;

export type BuiltAmenity = (typeof BUILT)[number]['name'];

export const AMENITIES: readonly string[] = [...USUAL, ...BUILT].map(({ name }) => name);
export const AMENITY_PREMIUMS: readonly number[] = [...USUAL, ...BUILT].map(
	({ premium }) => premium,
);

/** Amenities of one home: bit i stands for `AMENITIES[i]`. */
export type AmenityBits = number;

export function has(bits: AmenityBits, name: BuiltAmenity): boolean {
	return (bits & bitOf(name)) !== 0;
}

/** @param quality of the furnishing, standard normal over the town */
export function drawAmenities(
	build: Build,
	setting: Setting,
	waterfront: boolean,
	quality: number,
	random: Random,
): AmenityBits {
	let bits = 0;
	USUAL.forEach(({ odds, perQuality }, i) => {
		if (random.next() < logistic(odds + perQuality * quality)) bits |= 1 << i;
	});
	for (const { name } of BUILT)
		if (random.next() < chanceOf(name, build, setting, waterfront, quality)) bits |= bitOf(name);
	// What has a lift is free of steps.
	return has(bits, 'Lift') ? bits | bitOf('Step-free access') : bits;
}

function chanceOf(
	name: BuiltAmenity,
	{ kind, floor, storeys }: Build,
	setting: Setting,
	waterfront: boolean,
	quality: number,
): number {
	const house = floor < 0;
	switch (name) {
		case 'Lift':
			return house || storeys < 3 ? 0 : logistic(storeys - 4.5 + 0.4 * quality);
		case 'Balcony':
			return house ? 0.12 : floor === 0 ? 0 : logistic(-0.3 + 0.6 * quality);
		case 'Garden':
			return house ? (kind === 'Terraced house' ? 0.62 : 0.85) : floor === 0 ? 0.25 : 0;
		case 'Fireplace':
			return kind === 'Cabin' ? 0.75 : house ? 0.3 : 0.04;
		case 'Parking':
			return kind === 'Detached house' || kind === 'Cabin'
				? 0.9
				: setting === 'downtown'
					? 0.15
					: 0.4;
		case 'Step-free access':
			return house ? 0.2 : floor === 0 ? 0.5 : 0.02;
		case 'Private entrance':
			return house ? 0.95 : floor === 0 ? 0.3 : 0.05;
		case 'Roof terrace':
			return kind === 'Loft' || floor === storeys - 1 ? logistic(-2 + 0.7 * quality) : 0.01;
		case 'Waterfront':
			return waterfront ? 1 : 0;
		case 'Sea view':
			return setting === 'coast' ? (floor > 2 || waterfront ? 0.7 : 0.15) : 0;
		case 'Hill view':
			return setting === 'hills' ? 0.45 : 0;
	}
}

function bitOf(name: BuiltAmenity): number {
	return 1 << AMENITIES.indexOf(name);
}
