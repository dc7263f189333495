import type { Random } from '$workers/math/random';
import { civilDay } from './calendar';

/**
 * The plan of Wrenmouth, an invented town where an invented river meets the sea. It lies in the open
 * Atlantic, so that no point is anybody's address. Plan coordinates are kilometres east and north
 * of the market.
 */
export const PLACE = 'Wrenmouth';
export const CURRENCY = 'USD';
/** Of the town and the books that the app shows. */
export const SAMPLE_SEED = 'doorstep-1';
/** The day on which the catalogue was taken, unless the caller says otherwise. */
export const AS_OF = civilDay(2026, 5, 14);

const MARKET = { latitude: 41.3, longitude: -58.2 };
const KM_PER_DEGREE = 111.32;
const RIVER_HALF_WIDTH = 0.09;

export type Setting = 'hills' | 'park' | 'downtown' | 'coast';

export interface Neighbourhood {
	readonly name: string;
	/** Centre, in kilometres. */
	readonly east: number;
	readonly north: number;
	/** Standard deviation of homes about the centre, in kilometres. */
	readonly spread: number;
	/** Share of the town's homes, as a weight. */
	readonly weight: number;
	/** What the address alone adds to the logarithm of the rent. */
	readonly premium: number;
	readonly setting: Setting;
	/** Weights of studio, flat, terraced house, detached house, loft, cabin. */
	readonly kinds: readonly number[];
	/** Completes "Two-bed flat …". */
	readonly nearby: readonly string[];
}

export const NEIGHBOURHOODS: readonly Neighbourhood[] = [
	{
		name: 'Saltmarket',
		east: 0.4,
		north: 0.9,
		spread: 0.42,
		weight: 17,
		premium: 0.16,
		setting: 'downtown',
		kinds: [24, 60, 4, 0, 12, 0],
		nearby: ['by the market hall', 'above the bakery', 'off the old exchange'],
	},
	{
		name: 'Tern Harbour',
		east: 2.9,
		north: 1.2,
		spread: 0.4,
		weight: 11,
		premium: 0.24,
		setting: 'coast',
		kinds: [16, 60, 8, 2, 14, 0],
		nearby: ['by the harbour wall', 'near the lighthouse', 'behind the boatyard'],
	},
	{
		name: 'Millrace',
		east: -1.3,
		north: -0.7,
		spread: 0.4,
		weight: 12,
		premium: 0.06,
		setting: 'downtown',
		kinds: [16, 40, 12, 0, 32, 0],
		nearby: ['by the weir', 'on the mill yard', 'near the footbridge'],
	},
	{
		name: 'Copperhill',
		east: -2.6,
		north: 2.3,
		spread: 0.55,
		weight: 13,
		premium: 0.1,
		setting: 'hills',
		kinds: [8, 36, 36, 18, 2, 0],
		nearby: ['below the observatory', 'up the long steps', 'by the old tramline'],
	},
	{
		name: 'Kestrel Park',
		east: -0.5,
		north: 3,
		spread: 0.5,
		weight: 13,
		premium: 0.18,
		setting: 'park',
		kinds: [10, 50, 28, 10, 2, 0],
		nearby: ['beside the park', 'by the bandstand', 'across from the glasshouse'],
	},
	{
		name: 'Ferrygate',
		east: 1.4,
		north: -1.1,
		spread: 0.45,
		weight: 12,
		premium: -0.04,
		setting: 'downtown',
		kinds: [20, 54, 16, 0, 10, 0],
		nearby: ['at the ferry steps', 'by the rope walk', 'near the night market'],
	},
	{
		name: 'Orchard Bank',
		east: -3.1,
		north: -1.9,
		spread: 0.6,
		weight: 10,
		premium: -0.1,
		setting: 'park',
		kinds: [4, 24, 46, 24, 0, 2],
		nearby: ['among the orchards', 'by the allotments', 'near the cider press'],
	},
	{
		name: 'Gannet Sands',
		east: 2.5,
		north: -3.3,
		spread: 0.6,
		weight: 7,
		premium: 0.02,
		setting: 'coast',
		kinds: [6, 22, 20, 30, 0, 22],
		nearby: ['behind the dunes', 'at the end of the boardwalk', 'near the tide pools'],
	},
	{
		name: 'Stonebarrow',
		east: -5.2,
		north: 0.9,
		spread: 0.75,
		weight: 5,
		premium: -0.22,
		setting: 'hills',
		kinds: [2, 8, 24, 38, 0, 28],
		nearby: ['at the pond', 'on the ridge path', 'below the standing stones'],
	},
];

export interface Spot {
	readonly latitude: number;
	readonly longitude: number;
	/** At most 150 m from the sea or the river. */
	readonly waterfront: boolean;
}

/** A dry spot in the neighbourhood, to the nearest metre or so. */
export function spotIn(neighbourhood: Neighbourhood, random: Random): Spot {
	for (;;) {
		const east = neighbourhood.east + neighbourhood.spread * random.normal();
		const north = neighbourhood.north + neighbourhood.spread * random.normal();
		const water = distanceToWater(east, north);
		if (water > 0) return { ...toDegrees(east, north), waterfront: water < 0.15 };
	}
}

/** Kilometres, about; negative in the water. */
function distanceToWater(east: number, north: number): number {
	const coast = 3.7 + 0.35 * Math.sin(north / 1.4);
	const river = -0.2 + 0.35 * Math.sin(east / 1.7);
	return Math.min(coast - east, Math.abs(north - river) - RIVER_HALF_WIDTH);
}

function toDegrees(east: number, north: number) {
	const perDegreeEast = KM_PER_DEGREE * Math.cos((MARKET.latitude * Math.PI) / 180);
	return {
		latitude: round5(MARKET.latitude + north / KM_PER_DEGREE),
		longitude: round5(MARKET.longitude + east / perDegreeEast),
	};
}

const round5 = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
