import { type Random, seededRandom } from '$workers/math/random';
import { type Column, type SetColumn, numbers, texts } from '$workers/table/column';
import type { Catalogue, HomeColumns } from '$workers/table/homes';
import { table } from '$workers/table/table';
import { AMENITIES, type AmenityBits, drawAmenities, has } from './amenities';
import { clamp, exponential, weighted } from './draw';
import { drawHosts } from './hosts';
import { KINDS, drawBuild } from './kinds';
import { drawRent } from './prices';
import { drawTitle } from './titles';
import { AS_OF, CURRENCY, NEIGHBOURHOODS, type Neighbourhood, PLACE, spotIn } from './town';

const ROOM_TYPES = ['Entire home/apt', 'Private room'];
/** Homes let by the night, of all; the others are leases of one to twelve months. */
const SHORT_STAY_SHARE = 0.4;
const YEARS_LISTED = 5;
const MOST_DAYS_LISTED = 4000;

export interface SampleTownOptions {
	readonly seed: number | string;
	/** 2,000 unless told otherwise. */
	readonly homes?: number;
	/** Civil day of the catalogue. */
	readonly asOf?: number;
}

/**
 * The catalogue of an invented town, labelled as sample: rents a month in dollars that follow size,
 * kind, amenities and neighbourhood (see `RENT`), ratings that follow the quality behind them. The
 * same seed gives the same bytes.
 */
export function sampleTown({ seed, homes = 2000, asOf = AS_OF }: SampleTownOptions): Catalogue {
	const random = seededRandom(`${seed}/town`);
	const columns = emptyColumns(homes);
	const weights = NEIGHBOURHOODS.map(({ weight }) => weight);
	const hosts = drawHosts(homes, random.fork('hosts'));
	const hostQuality = new Float64Array(homes).fill(Number.NaN);
	const draw = random.fork('homes');
	for (let row = 0; row < homes; row++) {
		const host = hosts[row] as number;
		if (Number.isNaN(hostQuality[host])) hostQuality[host] = draw.normal();
		const quality = 0.6 * (hostQuality[host] as number) + 0.8 * draw.normal();
		drawHome(columns, row, weighted(weights, draw), quality, asOf, draw);
	}
	return {
		homes: table(toColumns(columns, hosts)),
		facts: { place: PLACE, currency: CURRENCY, period: 'month', asOf, sample: true },
	};
}

function emptyColumns(homes: number) {
	const short = () => new Float32Array(homes);
	const long = () => new Float64Array(homes);
	return {
		title: new Array<string>(homes),
		neighbourhood: new Uint16Array(homes),
		kind: new Uint16Array(homes),
		roomType: new Uint16Array(homes),
		guests: short(),
		bedrooms: short(),
		beds: short(),
		bathrooms: short(),
		price: long(),
		minimumNights: short(),
		latitude: long(),
		longitude: long(),
		amenities: new Uint32Array(homes),
		rating: short(),
		reviews: short(),
		listedOn: long(),
	};
}

type Columns = ReturnType<typeof emptyColumns>;

function drawHome(
	columns: Columns,
	row: number,
	where: number,
	quality: number,
	asOf: number,
	random: Random,
): void {
	const neighbourhood = NEIGHBOURHOODS[where] as Neighbourhood;
	const build = drawBuild(neighbourhood, random);
	const spot = spotIn(neighbourhood, random);
	const amenities = drawAmenities(build, neighbourhood.setting, spot.waterfront, quality, random);
	columns.neighbourhood[row] = where;
	columns.kind[row] = KINDS.findIndex(({ name }) => name === build.kind);
	columns.roomType[row] = build.room ? 1 : 0;
	columns.guests[row] = build.guests;
	columns.bedrooms[row] = build.room ? 1 : build.bedrooms;
	columns.beds[row] = build.beds;
	columns.bathrooms[row] = build.bathrooms;
	columns.latitude[row] = spot.latitude;
	columns.longitude[row] = spot.longitude;
	columns.amenities[row] = amenities;
	columns.title[row] = drawTitle(build, amenities, neighbourhood, random);
	columns.price[row] = drawRent(
		build,
		amenities,
		has(amenities, 'Lift'),
		quality,
		neighbourhood.premium,
		random,
	);
	columns.minimumNights[row] = drawMinimumNights(random);
	drawStanding(columns, row, quality, asOf, random);
}

function drawMinimumNights(random: Random): number {
	if (random.next() < SHORT_STAY_SHARE) return 1 + weighted([35, 45, 20], random);
	return [30, 60, 90, 180, 360][weighted([40, 15, 20, 15, 10], random)] as number;
}

/** Since when it is listed, how often it was reviewed, and how well. */
function drawStanding(
	columns: Columns,
	row: number,
	quality: number,
	asOf: number,
	random: Random,
): void {
	const days = Math.min(MOST_DAYS_LISTED, Math.floor(exponential(random) * YEARS_LISTED * 365.25));
	const short = (columns.minimumNights[row] as number) < 30;
	const pace = (short ? 0.035 : 0.006) * Math.exp(0.25 * quality + 0.6 * random.normal());
	const reviews = Math.min(900, Math.floor(days * pace));
	const rating = clamp(
		4.62 + 0.18 * quality + (0.5 * random.normal()) / Math.sqrt(reviews + 1),
		1,
		5,
	);
	columns.listedOn[row] = asOf - days;
	columns.reviews[row] = reviews;
	columns.rating[row] = reviews < 3 ? Number.NaN : Math.round(rating * 100) / 100;
}

function toColumns(columns: Columns, hosts: Uint32Array<ArrayBuffer>): HomeColumns {
	const category = (codes: Uint16Array, names: readonly string[]) =>
		({ type: 'category', codes, names }) as const satisfies Column;
	return {
		key: texts(columns.title.map((_, row) => `sample:${row + 1}`)),
		title: texts(columns.title),
		neighbourhood: category(
			columns.neighbourhood,
			NEIGHBOURHOODS.map(({ name }) => name),
		),
		property_type: category(
			columns.kind,
			KINDS.map(({ name }) => name),
		),
		room_type: category(columns.roomType, ROOM_TYPES),
		host: numbers(hosts),
		guests: numbers(columns.guests),
		bedrooms: numbers(columns.bedrooms),
		beds: numbers(columns.beds),
		bathrooms: numbers(columns.bathrooms),
		price: numbers(columns.price),
		minimum_nights: numbers(columns.minimumNights),
		latitude: numbers(columns.latitude),
		longitude: numbers(columns.longitude),
		amenities: amenitySets(columns.amenities),
		rating: numbers(columns.rating),
		reviews: numbers(columns.reviews),
		listed_on: numbers(columns.listedOn),
	};
}

function amenitySets(rows: ArrayLike<AmenityBits>): SetColumn {
	const starts = new Uint32Array(rows.length + 1);
	const items = new Uint16Array(rows.length * AMENITIES.length);
	let at = 0;
	for (let row = 0; row < rows.length; row++) {
		for (let i = 0; i < AMENITIES.length; i++)
			if ((rows[row] as number) & (1 << i)) items[at++] = i;
		starts[row + 1] = at;
	}
	return { type: 'set', starts, items: items.slice(0, at), names: AMENITIES };
}
