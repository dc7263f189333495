import { type CategoryColumn, type SetColumn, itemsAt } from '$workers/table/column';
import { type HomeTable, values } from '$workers/table/homes';
import {
	type FeatureKind,
	FeatureSpace,
	type HomeFeatureGroup,
	type HomeFeatures,
} from './feature-space';
import { type PlanePoints, landmarks, planePoints, squaredDistance } from './landmarks';
import { readableThresholds } from './thresholds';
import { inverseFrequency, titleWords } from './words';

/** A name that fewer homes share than this is learned alone. */
const COMMON_SHARE = 1 / 200;
const COMMON_AT_LEAST = 3;
/** What so few homes share tells nothing of others. */
const SHARED_AT_LEAST = 2;
const AMENITIES_AT_MOST = 100;
const WORDS_AT_MOST = 8000;
const PRICE_THRESHOLDS = 12;
const LANDMARKS = 24;
/** How far a landmark reaches, as a share of the median distance from the middle. */
const REACH = 1 / 4;
/** Edge of the cells in which homes stand side by side, kilometres. */
const CELL = 1;
const FAINT = 0.02;

/**
 * What a model may know of homes, from the catalogue's columns alone; the same code for training and
 * for serving. Ratings and counts of reviews are never read: they tell what others did.
 */
export function homeFeatures(homes: HomeTable): HomeFeatures {
	const space = new FeatureSpace(homes.count);
	const { neighbourhood, room_type, property_type, amenities } = homes.columns;
	addCategory(space, neighbourhood, 'neighbourhood');
	addCategory(space, room_type, 'room-type');
	addCategory(space, property_type, 'property-type');
	addPrices(space, homes);
	addSizes(space, homes);
	addStays(space, homes);
	addAmenities(space, amenities, homes.count);
	addPlaces(space, planePoints(values(homes, 'latitude'), values(homes, 'longitude')));
	addHosts(space, homes);
	addWords(space, homes.columns.title.values);
	return space.finish();
}

function addCategory(
	space: FeatureSpace,
	column: CategoryColumn,
	group: HomeFeatureGroup & FeatureKind,
): void {
	const counts = countCodes(column.codes, column.names.length);
	const common = commonFrom(column.codes.length);
	const numbers = column.names.map((value, code) =>
		value === '' || (counts[code] as number) < SHARED_AT_LEAST
			? -1
			: space.add(
					{ key: `${group}:${value}`, group, value },
					group,
					(counts[code] as number) >= common ? 'together' : 'alone',
				),
	);
	column.codes.forEach((code, row) => {
		const number = numbers[code] as number;
		if (number >= 0) space.set(row, number, 1);
	});
}

/** Price under each of a few readable thresholds, and the same against homes like it. */
function addPrices(space: FeatureSpace, homes: HomeTable): void {
	const prices = values(homes, 'price');
	for (const to of readableThresholds(prices, PRICE_THRESHOLDS)) {
		const column = space.add(
			{ key: `price:under-${to}`, group: 'price', value: `under-${to}`, from: Number.NaN, to },
			'price',
			'together',
		);
		prices.forEach((price, row) => space.set(row, column, price < to ? 1 : 0));
	}
	addMissing(space, prices, 'price', 'price');
	const relative = pricesAgainstLikeHomes(homes);
	const column = space.add(
		{ key: 'price:against-like-homes', group: 'price', value: 'against-like-homes' },
		'price-relative',
		'together',
	);
	relative.forEach((value, row) => space.set(row, column, value));
}

/** Log of the price over the median of homes of the same room type, neighbourhood and guests; 0 where unknown. */
function pricesAgainstLikeHomes(homes: HomeTable): Float64Array {
	const prices = values(homes, 'price');
	const guests = values(homes, 'guests');
	const { room_type, neighbourhood } = homes.columns;
	const kinds = new Map<string, number[]>();
	const kindAt = (row: number) =>
		`${room_type.codes[row]}/${neighbourhood.codes[row]}/${Math.min(guests[row] as number, 8)}`;
	prices.forEach((price, row) => {
		if (!(price > 0)) return;
		const kind = kindAt(row);
		const known = kinds.get(kind);
		if (known) known.push(price);
		else kinds.set(kind, [price]);
	});
	const medians = new Map([...kinds].map(([kind, known]) => [kind, median(known)]));
	return Float64Array.from(prices, (price, row) => {
		const usual = medians.get(kindAt(row));
		return price > 0 && usual ? Math.max(-1.5, Math.min(1.5, Math.log(price / usual))) : 0;
	});
}

const SIZES = [
	{ name: 'guests', steps: [2, 3, 4, 5, 6, 8, 10] },
	{ name: 'bedrooms', steps: [1, 2, 3, 4, 5] },
	{ name: 'beds', steps: [2, 3, 4, 6] },
	{ name: 'bathrooms', steps: [1, 1.5, 2, 3, 4] },
] as const;

function addSizes(space: FeatureSpace, homes: HomeTable): void {
	for (const { name, steps } of SIZES) {
		const sizes = values(homes, name);
		for (const step of steps) {
			const column = space.add(
				{ key: `size:${name}-${step}`, group: 'size', value: `${name}-${step}` },
				'size',
				'together',
			);
			sizes.forEach((size, row) => space.set(row, column, size >= step ? 1 : 0));
		}
		addMissing(space, sizes, 'size', name);
	}
}

const STAYS = [2, 3, 7, 14, 30, 90, 180];

function addStays(space: FeatureSpace, homes: HomeTable): void {
	const nights = values(homes, 'minimum_nights');
	for (const step of STAYS) {
		const column = space.add(
			{ key: `stay:from-${step}`, group: 'stay', value: `from-${step}` },
			'stay',
			'together',
		);
		nights.forEach((night, row) => space.set(row, column, night >= step ? 1 : 0));
	}
}

function addMissing(
	space: FeatureSpace,
	sizes: ArrayLike<number>,
	group: 'size' | 'price',
	name: string,
): void {
	if (Array.from(sizes).every((size) => !Number.isNaN(size))) return;
	const column = space.add(
		{ key: `${group}:${name}-unknown`, group, value: `${name}-unknown` },
		group,
		'together',
	);
	for (let row = 0; row < sizes.length; row++)
		space.set(row, column, Number.isNaN(sizes[row]) ? 1 : 0);
}

/** The amenities that tell most homes from others; rare ones name single hosts. */
function addAmenities(space: FeatureSpace, amenities: SetColumn, homes: number): void {
	const counts = countCodes(amenities.items, amenities.names.length);
	const common = commonFrom(homes);
	const usual = [...counts.keys()]
		.filter((code) => (counts[code] as number) >= common && (counts[code] as number) < homes)
		.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
		.slice(0, AMENITIES_AT_MOST);
	const numbers = new Map(
		usual.map((code) => {
			const value = amenities.names[code] ?? '';
			const feature = { key: `amenity:${value}`, group: 'amenity', value } as const;
			return [code, space.add(feature, 'amenity', 'together')];
		}),
	);
	for (let row = 0; row < homes; row++)
		for (const code of itemsAt(amenities, row)) {
			const number = numbers.get(code);
			if (number !== undefined) space.set(row, number, 1);
		}
}

/**
 * Where a home is: nearness to landmarks (a Gaussian of the distance; together they draw a smooth
 * map), and the cell of a grid that it stands in, for places side by side.
 */
function addPlaces(space: FeatureSpace, points: PlanePoints): void {
	addLandmarks(space, points, medianSpread(points) * REACH);
	const cells = Array.from(points.x, (x, row) => {
		const y = points.y[row] as number;
		return Number.isFinite(x + y) ? `${Math.floor(x / CELL)}/${Math.floor(y / CELL)}` : '';
	});
	addShared(space, cells, 'cell', (cell) => ({
		key: `location:cell-${cell}`,
		group: 'location',
		value: `cell-${cell}`,
	}));
}

function addLandmarks(space: FeatureSpace, points: PlanePoints, width: number): void {
	if (!(width > 0)) return;
	landmarks(points, LANDMARKS).forEach((landmark, i) => {
		const value = `landmark-${i}`;
		const feature = { key: `location:${value}`, group: 'location', value } as const;
		const column = space.add(feature, 'place', 'together');
		for (let row = 0; row < points.x.length; row++) {
			const nearness = Math.exp(-squaredDistance(points, row, landmark) / (2 * width * width));
			if (nearness > FAINT) space.set(row, column, nearness);
		}
	});
}

function addHosts(space: FeatureSpace, homes: HomeTable): void {
	const hosts = Array.from(values(homes, 'host'), String);
	addShared(space, hosts, 'host', (host) => ({
		key: `host:${host}`,
		group: 'host',
		value: host,
	}));
}

/** A column, learned alone, for each text that at least two rows share; an empty text is unknown. */
function addShared(
	space: FeatureSpace,
	texts: readonly string[],
	kind: FeatureKind,
	name: (text: string) => { key: string; group: HomeFeatureGroup; value: string },
): void {
	const rowsOf = new Map<string, number[]>();
	texts.forEach((text, row) => {
		if (text === '') return;
		const rows = rowsOf.get(text);
		if (rows) rows.push(row);
		else rowsOf.set(text, [row]);
	});
	for (const [text, rows] of rowsOf) {
		if (rows.length < SHARED_AT_LEAST) continue;
		const column = space.add(name(text), kind, 'alone');
		for (const row of rows) space.set(row, column, 1);
	}
}

/** Words of the title by inverse frequency, each title of length 1, so that long ones do not weigh more. */
function addWords(space: FeatureSpace, titles: readonly string[]): void {
	const words = titles.map(titleWords);
	const counts = new Map<string, number>();
	for (const word of words.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
	const kept = [...counts]
		.filter(([, count]) => count >= SHARED_AT_LEAST && count < titles.length / 2)
		.sort(([, a], [, b]) => b - a)
		.slice(0, WORDS_AT_MOST);
	const numbers = new Map(
		kept.map(([value]) => [
			value,
			space.add({ key: `words:${value}`, group: 'words', value }, 'words', 'alone'),
		]),
	);
	words.forEach((own, row) => {
		const known = own.filter((word) => numbers.has(word));
		const weights = known.map((word) => inverseFrequency(titles.length, counts.get(word) ?? 0));
		const length = Math.hypot(...weights);
		known.forEach((word, i) =>
			space.set(row, numbers.get(word) as number, (weights[i] as number) / length),
		);
	});
}

function commonFrom(homes: number): number {
	return Math.max(COMMON_AT_LEAST, homes * COMMON_SHARE);
}

function countCodes(codes: ArrayLike<number>, names: number): Uint32Array {
	const counts = new Uint32Array(names);
	for (let i = 0; i < codes.length; i++) {
		const code = codes[i] as number;
		counts[code] = (counts[code] as number) + 1;
	}
	return counts;
}

function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[sorted.length >> 1] as number;
}

/** The median distance of homes from their middle, kilometres. */
function medianSpread({ x, y }: PlanePoints): number {
	const known = Array.from(x.keys()).filter((i) =>
		Number.isFinite((x[i] as number) + (y[i] as number)),
	);
	if (known.length === 0) return 0;
	const middleX = median(known.map((i) => x[i] as number));
	const middleY = median(known.map((i) => y[i] as number));
	return median(
		known.map((i) => Math.hypot((x[i] as number) - middleX, (y[i] as number) - middleY)),
	);
}
