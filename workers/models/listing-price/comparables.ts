import { type MatrixColumn, numberColumn } from '$workers/table/matrix';
import type { Split } from '$workers/table/splits';
import { inKilometres } from './attributes';

/** What prices of other listings say of one: those near it, and those of the same host. */

/** A number a listing for each of these; NaN where the source does not say. */
export interface Listings {
	readonly latitude: Float64Array;
	readonly longitude: Float64Array;
	readonly guests: Float64Array;
	readonly bedrooms: Float64Array;
	/** Code of the room type. */
	readonly room: Float64Array;
	/** Code of the host. */
	readonly host: Float64Array;
}

const NEAR = [5, 15, 50] as const;
/** Listings that an average of a size starts from. */
const PRIOR = 5;
const LARGEST = 10;
/** Kilometres within which distance makes no difference. */
const NEXT_DOOR = 0.1;

/**
 * For each listing: mean price of the nearest 5, 15 and 50 listings, and of its host's others, both
 * relative to what listings of their size cost; price of the host's listings of the same make; how
 * many the host has. In logarithms.
 *
 * @param splits `test` rows are told from `train` rows alone; a row may stand in `test` once
 */
export function comparables(
	listings: Listings,
	logPrice: Float64Array,
	splits: readonly Split[],
): MatrixColumn[] {
	const count = listings.guests.length;
	const empty = () => new Float64Array(count).fill(Number.NaN);
	const near = NEAR.map(empty);
	const usual = empty();
	const hostLevel = empty();
	const hostTwin = empty();
	const hostCount = empty();
	const place = inKilometres(listings.latitude, listings.longitude);
	for (const { train, test } of splits) {
		const expected = usualPrices(listings, logPrice, train);
		const above = (row: number) => (logPrice[row] as number) - expected(row);
		const hosts = byHost(listings.host, train);
		for (const row of test) {
			const nearest = nearestRows(place, train, row, NEAR[2]);
			NEAR.forEach((many, i) => {
				(near[i] as Float64Array)[row] = weightedMean(nearest.slice(0, many), above);
			});
			const own = hosts.get(listings.host[row] as number) ?? [];
			usual[row] = expected(row);
			hostCount[row] = own.length;
			hostLevel[row] = mean(own.map(above));
			const twins = own.filter((other) => sameMake(listings, row, other));
			hostTwin[row] = mean(twins.map((other) => logPrice[other] as number));
		}
	}
	return [
		...NEAR.map((many, i) => numberColumn(`level of the ${many} nearest`, near[i] as Float64Array)),
		numberColumn('usual for its size', usual),
		numberColumn("level of the host's others", hostLevel),
		numberColumn("price of the host's twins", hostTwin),
		numberColumn("number of the host's others", hostCount),
	];
}

/** Mean logarithm by room type and guests, drawn towards the mean of the room type. */
function usualPrices({ room, guests }: Listings, logPrice: Float64Array, train: Uint32Array) {
	const all = mean(Array.from(train, (row) => logPrice[row] as number));
	const bySize = new Map<number, { sum: number; count: number }>();
	const add = (key: number, value: number) => {
		const entry = bySize.get(key) ?? { sum: 0, count: 0 };
		entry.sum += value;
		entry.count++;
		bySize.set(key, entry);
	};
	const size = (row: number) => Math.min(LARGEST, guests[row] || 0);
	const keyOf = (row: number) => (1 + (room[row] || 0)) * 100 + size(row);
	const roomOf = (row: number) => (1 + (room[row] || 0)) * 100 + 99;
	for (const row of train) {
		add(keyOf(row), logPrice[row] as number);
		add(roomOf(row), logPrice[row] as number);
	}
	const towards = (key: number, prior: number) => {
		const { sum, count } = bySize.get(key) ?? { sum: 0, count: 0 };
		return (sum + PRIOR * prior) / (count + PRIOR);
	};
	return (row: number) => towards(keyOf(row), towards(roomOf(row), all));
}

interface Near {
	readonly row: number;
	readonly kilometres: number;
}

function nearestRows(
	{ north, east }: ReturnType<typeof inKilometres>,
	train: Uint32Array,
	row: number,
	most: number,
): Near[] {
	const distances = Float64Array.from(train, (other) =>
		Math.hypot(
			(north[other] as number) - (north[row] as number),
			(east[other] as number) - (east[row] as number),
		),
	);
	const bound = distances.slice().sort()[Math.min(most, train.length) - 1] as number;
	const found: Near[] = [];
	train.forEach((other, i) => {
		const kilometres = distances[i] as number;
		if (kilometres <= bound) found.push({ row: other, kilometres });
	});
	return found.sort((a, b) => a.kilometres - b.kilometres).slice(0, most);
}

function weightedMean(near: readonly Near[], value: (row: number) => number): number {
	let sum = 0;
	let total = 0;
	for (const { row, kilometres } of near) {
		const weight = 1 / (kilometres + NEXT_DOOR);
		sum += weight * value(row);
		total += weight;
	}
	return total > 0 ? sum / total : Number.NaN;
}

function byHost(host: Float64Array, train: Uint32Array): Map<number, number[]> {
	const rows = new Map<number, number[]>();
	for (const row of train) {
		const own = rows.get(host[row] as number);
		if (own) own.push(row);
		else rows.set(host[row] as number, [row]);
	}
	return rows;
}

const sameMake = ({ room, guests, bedrooms }: Listings, a: number, b: number): boolean =>
	room[a] === room[b] && guests[a] === guests[b] && Object.is(bedrooms[a], bedrooms[b]);

/** NaN of nothing. */
const mean = (values: readonly number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / values.length;
