import type { Random } from '$workers/math/random';
import { type HomeTable, values } from '$workers/table/homes';
import { type PlantedAnomaly, ofKind } from './anomalies';
import { weekday } from './calendar';
import { nightlyPrice } from './prices';
import type { Seasons } from './seasons';
import { drawCharacters } from './tastes';
import { ASKING, DEMAND } from './truth';

/** The homes that are let by the night, as the market sees them; arrays run over them. */
export interface Market {
	/** Rows of the home table. */
	readonly rows: Uint32Array;
	readonly guests: Float64Array;
	readonly minimumNights: Float64Array;
	readonly opensOn: Float64Array;
	readonly usualPrice: Float64Array;
	/** Utility at the usual price, beyond `DEMAND.booking`. */
	readonly appeal: Float64Array;
	/** See `TASTE`. */
	readonly character: Int8Array;
	readonly firstDay: number;
	readonly days: number;
	/** Home by home, day by day from `firstDay`. */
	readonly asked: Float64Array;
	/** All homes, in the order of the last shuffle; whoever looks shuffles on. */
	readonly order: Uint32Array;
	/** 1 where the night is taken. */
	readonly taken: Uint8Array;
}

const SHORT_STAY = 3;
const USUAL_RATING = 4.6;

/** Rows of homes that are let by the night and were listed before `end`; at most `count`, spread evenly. */
export function lettableHomes(homes: HomeTable, count: number, end: number): Uint32Array {
	const nights = values(homes, 'minimum_nights');
	const listed = values(homes, 'listed_on');
	const all: number[] = [];
	for (let row = 0; row < homes.count; row++)
		if ((nights[row] as number) <= SHORT_STAY && !((listed[row] as number) >= end)) all.push(row);
	if (all.length <= count) return Uint32Array.from(all);
	return Uint32Array.from(
		{ length: count },
		(_, i) => all[Math.floor((i * all.length) / count)] as number,
	);
}

export function openMarket(
	homes: HomeTable,
	rows: Uint32Array,
	seasons: Seasons,
	anomalies: readonly PlantedAnomaly[],
	random: Random,
): Market {
	const read = (name: Parameters<typeof values>[1]) => {
		const all = values(homes, name);
		return Float64Array.from(rows, (row) => all[row] as number);
	};
	const usualPrice = read('price').map(nightlyPrice);
	const days = seasons.leisure.length;
	const asked = askPrices(usualPrice, seasons, random.fork('asked'));
	slipPrices(asked, rows, seasons.first, days, ofKind(anomalies, 'price-slip'));
	return {
		rows,
		guests: read('guests'),
		minimumNights: read('minimum_nights'),
		opensOn: read('listed_on').map((day) => (Number.isNaN(day) ? seasons.first : day)),
		usualPrice,
		appeal: drawAppeal(read('rating'), random.fork('appeal')),
		character: drawCharacters(
			Array.from(rows, (row) => homes.columns.neighbourhood.codes[row] as number),
			random.fork('characters'),
		),
		firstDay: seasons.first,
		days,
		asked,
		order: rows.map((_, home) => home),
		taken: new Uint8Array(rows.length * days),
	};
}

function drawAppeal(ratings: Float64Array, random: Random): Float64Array {
	return ratings.map((rating) => {
		const shown = Number.isNaN(rating) ? 0 : DEMAND.perRatingPoint * (rating - USUAL_RATING);
		return shown + DEMAND.appeal * random.normal();
	});
}

function askPrices(usual: Float64Array, { first, leisure }: Seasons, random: Random): Float64Array {
	const days = leisure.length;
	const asked = new Float64Array(usual.length * days);
	for (let home = 0; home < usual.length; home++) {
		let experiment = 0;
		for (let i = 0; i < days; i++) {
			if (i % 7 === 0) experiment = ASKING.experiment * random.normal();
			const weekend = weekday(first + i) >= 5 ? ASKING.weekend : 0;
			const log = ASKING.season * Math.log(leisure[i] as number) + weekend + experiment;
			asked[home * days + i] = Math.max(1, Math.round((usual[home] as number) * Math.exp(log)));
		}
	}
	return asked;
}

function slipPrices(
	asked: Float64Array,
	rows: Uint32Array,
	first: number,
	days: number,
	slips: readonly PlantedAnomaly[],
): void {
	for (const { from, to, property } of slips) {
		const start = rows.indexOf(property) * days - first;
		for (let day = from; day <= to; day++)
			asked[start + day] = Math.max(1, Math.round((asked[start + day] as number) / 10));
	}
}

/** True where nobody has any of the nights. */
export function isFree(market: Market, home: number, arrivesOn: number, nights: number): boolean {
	const start = home * market.days + arrivesOn - market.firstDay;
	for (let night = 0; night < nights; night++) if (market.taken[start + night]) return false;
	return true;
}

/** What the nights cost together. */
export function askedFor(market: Market, home: number, arrivesOn: number, nights: number): number {
	const start = home * market.days + arrivesOn - market.firstDay;
	let sum = 0;
	for (let night = 0; night < nights; night++) sum += market.asked[start + night] as number;
	return sum;
}

export function mark(
	market: Market,
	home: number,
	arrivesOn: number,
	nights: number,
	taken: 0 | 1,
): void {
	const start = home * market.days + arrivesOn - market.firstDay;
	market.taken.fill(taken, start, start + nights);
}
