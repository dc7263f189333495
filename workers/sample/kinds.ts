import type { Random } from '$workers/math/random';
import { clamp, weighted } from './draw';
import type { Neighbourhood } from './town';

export type KindName = 'Studio' | 'Flat' | 'Terraced house' | 'Detached house' | 'Loft' | 'Cabin';

/** A kind of home, in the order of a neighbourhood's weights. */
export interface Kind {
	readonly name: KindName;
	/** Weights of 0, 1, 2 … bedrooms. */
	readonly bedrooms: readonly number[];
	/** Storeys of the building, from and to. */
	readonly storeys: readonly [number, number];
}

export const KINDS: readonly Kind[] = [
	{ name: 'Studio', bedrooms: [1], storeys: [2, 7] },
	{ name: 'Flat', bedrooms: [0, 36, 44, 17, 3], storeys: [3, 8] },
	{ name: 'Terraced house', bedrooms: [0, 4, 40, 44, 12], storeys: [2, 3] },
	{ name: 'Detached house', bedrooms: [0, 0, 16, 42, 30, 12], storeys: [1, 2] },
	{ name: 'Loft', bedrooms: [10, 50, 34, 6], storeys: [2, 5] },
	{ name: 'Cabin', bedrooms: [22, 44, 28, 6], storeys: [1, 1] },
];

/** What a home is built like, before its furnishing and price. */
export interface Build {
	readonly kind: KindName;
	/** One room of a home that is shared. */
	readonly room: boolean;
	/** Of the whole home; 0 where it is one room. */
	readonly bedrooms: number;
	readonly beds: number;
	readonly bathrooms: number;
	readonly guests: number;
	/** Of a studio, flat or loft; 0 is the ground floor. Houses have none: -1. */
	readonly floor: number;
	readonly storeys: number;
}

const SHARED_SHARE = 0.09;

export function drawBuild(neighbourhood: Neighbourhood, random: Random): Build {
	const kind = KINDS[weighted(neighbourhood.kinds, random)] as Kind;
	const bedrooms = weighted(kind.bedrooms, random);
	const [fewest, most] = kind.storeys;
	const storeys = fewest + random.integer(most - fewest + 1);
	const floor = hasFloor(kind.name) ? random.integer(storeys) : -1;
	const room = bedrooms > 1 && random.next() < SHARED_SHARE;
	const beds = room ? 1 : Math.max(1, bedrooms + (random.next() < 0.2 ? 1 : 0));
	const bathrooms = 1 + Math.floor(bedrooms / 3) + (random.next() < 0.15 * bedrooms ? 0.5 : 0);
	const guests = room ? 1 + random.integer(2) : clamp(beds + bedrooms + random.integer(2), 1, 12);
	return { kind: kind.name, room, bedrooms, beds, bathrooms, guests, floor, storeys };
}

export function hasFloor(kind: KindName): boolean {
	return kind === 'Studio' || kind === 'Flat' || kind === 'Loft';
}
