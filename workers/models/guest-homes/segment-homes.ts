import type { FirstThree, GuestSegment, SegmentHome } from '$lib/contracts';
import { topPlaces } from '$workers/math/top';
import type { Segmentation } from './segments';
import type { Stays } from './stays';

/** A segment's shares are drawn towards those of all bookings as if so many of these were in it. */
const PRIOR_BOOKINGS = 30;
/** Two-sided 95 %. */
const Z = 1.959964;
const HOMES_TOLD = 5;
/** Segments with fewer bookings are not told: one guest could be read out of them. */
const FEWEST_BOOKINGS = 20;
const FIRST = 3;

/** How often each home was booked, by all and by each segment. */
export interface HomeCounts {
	readonly all: Float64Array;
	/** Row by row for each segment, `homes` counts each. */
	readonly bySegment: Float64Array;
	readonly homes: number;
}

export function countHomes(
	{ property }: Stays,
	{ codes, keys }: Segmentation,
	homes: number,
	to: number,
): HomeCounts {
	const all = new Float64Array(homes);
	const bySegment = new Float64Array(homes * keys.length);
	for (let stay = 0; stay < to; stay++) {
		const home = property[stay] as number;
		const code = codes[stay] as number;
		all[home] = (all[home] as number) + 1;
		if (code < 0) continue;
		const at = code * homes + home;
		bySegment[at] = (bySegment[at] as number) + 1;
	}
	return { all, bySegment, homes };
}

/** The segments that are large enough, each with its homes of most uplift among those it books most. */
export function segmentHomes(counts: HomeCounts, segmentation: Segmentation): GuestSegment[] {
	return segmentation.keys.flatMap((key, code) => {
		const homes = homesOf(counts, code);
		const bookings = homes.reduce((sum, home) => sum + home.bookings, 0);
		if (bookings < FEWEST_BOOKINGS) return [];
		const order = topPlaces(
			homes.map(({ share }) => share),
			HOMES_TOLD,
		);
		const told = Array.from(order, (place) => homes[place] as SegmentHome);
		return [{ by: segmentation.by, key, bookings, homes: told }];
	});
}

/**
 * Every home's share in a segment: Dirichlet prior with the shares of all bookings, and Wilson's
 * interval of the drawn share.
 */
export function homesOf({ all, bySegment, homes }: HomeCounts, code: number): SegmentHome[] {
	const total = sum(all);
	const own = bySegment.subarray(code * homes, (code + 1) * homes);
	const size = sum(own) + PRIOR_BOOKINGS;
	return Array.from(all, (count, property) => {
		const usual = count / total;
		const bookings = own[property] as number;
		const share = (bookings + PRIOR_BOOKINGS * usual) / size;
		const [low, high] = wilson(share, size);
		const upliftOf = (value: number) => (usual > 0 ? value / usual : 1);
		return {
			property,
			bookings,
			share,
			usual,
			uplift: upliftOf(share),
			low: upliftOf(low),
			high: upliftOf(high),
		};
	});
}

/**
 * Learned from stays before `from`, tried on the others: how often the booked home is among the first
 * three of its segment, and among the first three of all.
 */
export function tryFirstThree(
	stays: Stays,
	segmentation: Segmentation,
	homes: number,
	from: number,
): FirstThree {
	const counts = countHomes(stays, segmentation, homes, from);
	const usual = new Set(topPlaces(counts.all, FIRST));
	const firsts = segmentation.keys.map(
		(_, code) =>
			new Set(
				topPlaces(
					homesOf(counts, code).map(({ share }) => share),
					FIRST,
				),
			),
	);
	const tried: { hit: boolean; usualHit: boolean }[] = [];
	for (let stay = from; stay < stays.count; stay++) {
		const code = segmentation.codes[stay] as number;
		const home = stays.property[stay] as number;
		if (code >= 0) tried.push({ hit: firsts[code]?.has(home) ?? false, usualHit: usual.has(home) });
	}
	return firstThree(tried);
}

/** Counts, and the standard error of the paired difference of both shares. */
export function firstThree(
	tried: readonly { readonly hit: boolean; readonly usualHit: boolean }[],
): FirstThree {
	const hits = tried.filter(({ hit }) => hit).length;
	const usualHits = tried.filter(({ usualHit }) => usualHit).length;
	const bookings = tried.length;
	const mean = (hits - usualHits) / Math.max(1, bookings);
	const squares = tried.filter(({ hit, usualHit }) => hit !== usualHit).length;
	const variance = Math.max(0, squares / Math.max(1, bookings) - mean * mean);
	return { bookings, hits, usualHits, standardError: Math.sqrt(variance / Math.max(1, bookings)) };
}

/** Wilson 1927, with a share that need not be a whole count. */
function wilson(share: number, size: number): readonly [low: number, high: number] {
	const z2 = Z * Z;
	const middle = (share + z2 / (2 * size)) / (1 + z2 / size);
	const half =
		(Z / (1 + z2 / size)) * Math.sqrt((share * (1 - share)) / size + z2 / (4 * size * size));
	return [middle - half, middle + half];
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
