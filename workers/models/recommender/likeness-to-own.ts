import { planePoints } from '$workers/features/landmarks';
import { topPlaces } from '$workers/math/top';
import { type HomeTable, values } from '$workers/table/homes';
import type { OwnStay } from './others';
import type { LikenessSettings } from './settings';

/** In what two homes can be near each other. */
export const LIKENESS_KINDS = ['place', 'price', 'size', 'room'] as const;
export type LikenessKind = (typeof LIKENESS_KINDS)[number];

/** So many homes of a history are looked at: those that were wanted most. */
const MOST_STAYS = 12;
/** Kilometres at which two homes are half as near as next door. */
const HALF_NEAR = 2;
/** Nearness in a number is the smaller over the larger to this power: a third apart is half as near. */
const STEEPNESS = 2.5;
/** All homes of a history together count at most so many times as one. */
const MOST_TOGETHER = 2;

/** What nearness is told from, for every row; made once a catalogue. */
export interface LikenessColumns {
	/** Kilometres. */
	readonly x: Float64Array;
	readonly y: Float64Array;
	/** Price and guests, raised so that nearness is a ratio. */
	readonly price: Float64Array;
	readonly guests: Float64Array;
	readonly room: Uint16Array;
}

/** Unknown numbers count as the middle one: such a home is told apart by them from few. */
export function likenessColumns(homes: HomeTable): LikenessColumns {
	const { x, y } = planePoints(values(homes, 'latitude'), values(homes, 'longitude'));
	return {
		x,
		y,
		price: raised(values(homes, 'price')),
		guests: raised(values(homes, 'guests')),
		room: Uint16Array.from(homes.columns.room_type.codes),
	};
}

/** What the likeness to the own homes adds to one fit, told twice: by kind, and by home. */
export interface LikenessShares {
	/** Beside `LIKENESS_KINDS`. */
	readonly kinds: Float64Array;
	/** What each kind adds to the average home. */
	readonly usual: Float64Array;
	/** What each home of the history that is looked at adds, against what it adds to the average home. */
	readonly stays: readonly StayShare[];
}

export interface StayShare extends Pick<OwnStay, 'row' | 'weight'> {
	readonly gain: number;
}

/** A home of the history, and what it counts. */
interface CountedStay extends Pick<OwnStay, 'row' | 'weight'> {
	readonly counts: number;
}

/** What one home of a history adds to others, where it counts as 1. */
interface Given {
	/** To the fit of every row. */
	readonly fits: Float64Array;
	/** On average over all rows, beside `LIKENESS_KINDS`. */
	readonly usual: Float64Array;
}

/**
 * What each home's nearness to the homes of a person's own history adds to its fit:
 *
 *     Σ over homes of min(1, weight) · Σ over kinds of setting · nearness, times 2 / (1 + max(1, amount))
 *
 * Nearness is 1 next door (at the same price, ...) and falls towards 0. One home gives at most the
 * sum of the settings, all together less than twice that. What a home counts is what the acts on it
 * still weigh: what weighs little adds little, and more than one observation is still one home. A
 * home of the history is near itself, as its exact twin is. It hangs on the history alone: nothing is
 * kept of homes that left it.
 */
export class LikenessToOwn {
	readonly #columns: LikenessColumns;
	readonly #settings: LikenessSettings;
	readonly #given = new Map<number, Given>();

	constructor(columns: LikenessColumns, settings: LikenessSettings) {
		this.#columns = columns;
		this.#settings = settings;
	}

	/** Of every row; 0 without a history. What was kept of other histories is let go. */
	fits(history: readonly OwnStay[]): Float64Array {
		const counted = countedStays(history);
		const rows = new Set(counted.map(({ row }) => row));
		for (const row of this.#given.keys()) if (!rows.has(row)) this.#given.delete(row);
		for (const row of rows) this.#given.set(row, this.#givenBy(row));
		return this.#sum(counted);
	}

	/** The same for a history that is asked about once: nothing is kept of it. */
	fitsIf(history: readonly OwnStay[]): Float64Array {
		return this.#sum(countedStays(history));
	}

	/** What makes up the fit of one row: the kinds sum to it. */
	shares(history: readonly OwnStay[], row: number): LikenessShares {
		const kinds = new Float64Array(LIKENESS_KINDS.length);
		const usual = new Float64Array(LIKENESS_KINDS.length);
		const stays = countedStays(history).map(({ counts, row: own, weight }) => {
			const means = this.#givenBy(own).usual;
			let gain = 0;
			LIKENESS_KINDS.forEach((kind, k) => {
				const part = counts * this.#settings[kind] * NEARNESS[kind](this.#columns, own, row);
				kinds[k] = (kinds[k] as number) + part;
				const mean = counts * (means[k] as number);
				usual[k] = (usual[k] as number) + mean;
				gain += part - mean;
			});
			return { row: own, weight, gain };
		});
		return { kinds, usual, stays };
	}

	#sum(counted: readonly CountedStay[]): Float64Array {
		const fits = new Float64Array(this.#columns.x.length);
		const nothing = { counts: 0, given: fits };
		const parts = counted.map(({ counts, row }) => ({ counts, given: this.#givenBy(row).fits }));
		// Two homes of the history at a time: what was added so far is read and written half as often.
		for (let at = 0; at < parts.length; at += 2)
			addBoth(fits, parts[at] ?? nothing, parts[at + 1] ?? nothing);
		return fits;
	}

	#givenBy(own: number): Given {
		const known = this.#given.get(own);
		if (known) return known;
		const fits = new Float64Array(this.#columns.x.length);
		const sums = addNearness(fits, this.#columns, own, this.#settings);
		return { fits, usual: Float64Array.from(sums, (sum) => sum / fits.length) };
	}
}

const NEARNESS: Readonly<
	Record<LikenessKind, (columns: LikenessColumns, own: number, home: number) => number>
> = {
	place: ({ x, y }, own, home) => {
		const east = (x[own] as number) - (x[home] as number);
		const north = (y[own] as number) - (y[home] as number);
		return HALF_NEAR / (HALF_NEAR + Math.sqrt(east * east + north * north));
	},
	price: ({ price }, own, home) => ratio(price[own] as number, price[home] as number),
	size: ({ guests }, own, home) => ratio(guests[own] as number, guests[home] as number),
	room: ({ room }, own, home) => (room[own] === room[home] ? 1 : 0),
};

const ratio = (a: number, b: number) => (a < b ? a / b : b / a);

interface CountedFits {
	readonly counts: number;
	readonly given: Float64Array;
}

function addBoth(fits: Float64Array, one: CountedFits, other: CountedFits): void {
	const { counts: a, given: first } = one;
	const { counts: b, given: second } = other;
	for (let home = 0; home < fits.length; home++)
		fits[home] =
			(fits[home] as number) + (a * (first[home] as number) + b * (second[home] as number));
}

/** All kinds in one loop, which is how an act stays cheap; the sum of each kind over all rows. */
function addNearness(
	fits: Float64Array,
	columns: LikenessColumns,
	own: number,
	settings: LikenessSettings,
): number[] {
	const { place, price, room, size } = NEARNESS;
	let [places, prices, sizes, rooms] = [0, 0, 0, 0];
	for (let home = 0; home < fits.length; home++) {
		const byPlace = settings.place * place(columns, own, home);
		const byPrice = settings.price * price(columns, own, home);
		const bySize = settings.size * size(columns, own, home);
		const byRoom = settings.room * room(columns, own, home);
		fits[home] = byPlace + byPrice + bySize + byRoom;
		places += byPlace;
		prices += byPrice;
		sizes += bySize;
		rooms += byRoom;
	}
	return [places, prices, sizes, rooms];
}

/** The homes of a history that were wanted most: by weight, so that many looks hide no booking. */
export function mostWanted(history: readonly OwnStay[]): readonly OwnStay[] {
	if (history.length <= MOST_STAYS) return history;
	const weights = Float64Array.from(history, ({ weight }) => weight);
	return Array.from(topPlaces(weights, MOST_STAYS), (at) => history[at] as OwnStay);
}

/** What each home of a history counts beside the others. */
function countedStays(history: readonly OwnStay[]): CountedStay[] {
	const stays = mostWanted(history);
	const amount = stays.reduce((sum, { weight }) => sum + Math.min(1, weight), 0);
	const share = MOST_TOGETHER / (MOST_TOGETHER - 1 + Math.max(1, amount));
	return stays.map(({ row, weight }) => ({ row, weight, counts: share * Math.min(1, weight) }));
}

/** What is unknown counts as the middle of what is known; below 1 nothing is told apart. */
function raised(numbers: ArrayLike<number>): Float64Array {
	const known = Float64Array.from(numbers)
		.filter((number) => !Number.isNaN(number))
		.sort();
	const middle = known[Math.floor(known.length / 2)] ?? 1;
	return Float64Array.from(
		numbers,
		(number) => Math.max(1, Number.isNaN(number) ? middle : number) ** STEEPNESS,
	);
}
