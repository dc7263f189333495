import { solveCholesky, cholesky } from '$workers/math/cholesky';
import { dayOfYear, weekday } from '$workers/table/calendar';
import type { Panel } from './panel';

const HARMONICS = 3;
const WEEKDAYS = 6;
const TERMS = HARMONICS * 2 + WEEKDAYS + 2;
const YEAR = 365.25;
/** Turns a median distance into a standard deviation. */
const NORMAL_CONSISTENT = 1.4826;
/** A day's own move counts fully only where many properties show it. */
const DAY_SHRINKAGE = 2;
/** In squared units of the terms: keeps a short history from inventing a season. */
const RIDGE = 1;

/** What is usually asked for a property on such a day, and how far prices stray from it. */
export interface UsualPrice {
	/** Logarithm, in the places of the panel. */
	readonly log: Float64Array;
	/** Standard deviation of the logarithm about it, property by property. */
	readonly spread: Float64Array;
}

/**
 * Splits the logarithm of the price into what the calendar explains (each property's own level,
 * season, weekday, holidays, trend) and what is left. Only what is left tells what a price does: in
 * high season homes are dear and full, and neither causes the other.
 */
export function usualPrices(panel: Panel, holidays: ReadonlySet<number>): UsualPrice {
	const level = levels(panel);
	const weights = fitTerms(panel, level, holidays);
	const log = new Float64Array(panel.price.length);
	const terms = new Float64Array(TERMS);
	for (let day = 0; day < panel.days; day++) {
		termsOf(panel, day, holidays, terms);
		const calendar = terms.reduce((sum, term, i) => sum + term * (weights[i] as number), 0);
		for (let property = 0; property < panel.properties; property++)
			log[property * panel.days + day] = (level[property] as number) + calendar;
	}
	addDays(panel, log);
	centre(panel, log);
	return { log, spread: spreads(panel, log) };
}

/** Mean logarithm of the price of each property; NaN where none was asked. */
function levels(panel: Panel): Float64Array {
	return Float64Array.from({ length: panel.properties }, (_, property) =>
		meanOver(panel, property, (price) => Math.log(price)),
	);
}

function meanOver(
	panel: Panel,
	property: number,
	value: (price: number, at: number) => number,
): number {
	let sum = 0;
	let count = 0;
	for (let at = property * panel.days, end = at + panel.known; at < end; at++) {
		const price = panel.price[at] as number;
		if (!(price > 0)) continue;
		sum += value(price, at);
		count++;
	}
	return sum / count;
}

/** Least squares of the logarithm, each property's level taken out first. */
function fitTerms(panel: Panel, level: Float64Array, holidays: ReadonlySet<number>): Float64Array {
	const gram = new Float64Array(TERMS * TERMS);
	const right = new Float64Array(TERMS);
	const terms = new Float64Array(TERMS);
	for (let day = 0; day < panel.known; day++) {
		termsOf(panel, day, holidays, terms);
		for (let property = 0; property < panel.properties; property++) {
			const price = panel.price[property * panel.days + day] as number;
			if (price > 0) addRow(gram, right, terms, Math.log(price) - (level[property] as number));
		}
	}
	for (let i = 0; i < TERMS; i++) gram[i * TERMS + i] = (gram[i * TERMS + i] as number) + RIDGE;
	return solveCholesky(cholesky(gram, TERMS), TERMS, right);
}

function addRow(gram: Float64Array, right: Float64Array, terms: Float64Array, left: number): void {
	for (let i = 0; i < TERMS; i++) {
		const term = terms[i] as number;
		if (term === 0) continue;
		right[i] = (right[i] as number) + term * left;
		for (let j = 0; j < TERMS; j++) {
			const at = i * TERMS + j;
			gram[at] = (gram[at] as number) + term * (terms[j] as number);
		}
	}
}

function termsOf(
	{ first, known }: Panel,
	day: number,
	holidays: ReadonlySet<number>,
	terms: Float64Array,
): void {
	terms.fill(0);
	const angle = (2 * Math.PI * dayOfYear(first + day)) / YEAR;
	for (let k = 0; k < HARMONICS; k++) {
		terms[2 * k] = Math.sin((k + 1) * angle);
		terms[2 * k + 1] = Math.cos((k + 1) * angle);
	}
	const dayOfWeek = weekday(first + day);
	if (dayOfWeek > 0) terms[HARMONICS * 2 + dayOfWeek - 1] = 1;
	terms[TERMS - 2] = holidays.has(first + day) ? 1 : 0;
	// A trend that stops where the past does: it must not run away into the days to come.
	terms[TERMS - 1] = Math.min(day, known) / YEAR;
}

/**
 * Adds what all properties did on a day beyond the calendar: an event moves prices and demand alike,
 * and only what a property does on its own is a trial of the price. Days to come have theirs too where
 * their prices stand in the calendar.
 */
function addDays(panel: Panel, log: Float64Array): void {
	for (let day = 0; day < panel.days; day++) {
		let sum = 0;
		let count = 0;
		for (let at = day; at < log.length; at += panel.days) {
			const price = panel.price[at] as number;
			if (!(price > 0)) continue;
			sum += Math.log(price) - (log[at] as number);
			count++;
		}
		const shift = sum / (count + DAY_SHRINKAGE);
		for (let at = day; at < log.length; at += panel.days) log[at] = (log[at] as number) + shift;
	}
}

/** Puts each property's mean residual to 0. */
function centre(panel: Panel, log: Float64Array): void {
	for (let property = 0; property < panel.properties; property++) {
		const shift = meanOver(panel, property, (price, at) => Math.log(price) - (log[at] as number));
		if (!Number.isFinite(shift)) continue;
		const from = property * panel.days;
		for (let at = from; at < from + panel.days; at++) log[at] = (log[at] as number) + shift;
	}
}

/** From the median distance, so that a slip of the price does not count as a habit. */
function spreads(panel: Panel, log: Float64Array): Float64Array {
	return Float64Array.from({ length: panel.properties }, (_, property) => {
		const distances: number[] = [];
		for (let at = property * panel.days, end = at + panel.known; at < end; at++) {
			const price = panel.price[at] as number;
			if (price > 0) distances.push(Math.abs(Math.log(price) - (log[at] as number)));
		}
		return (
			NORMAL_CONSISTENT * (distances.sort((a, b) => a - b)[distances.length >> 1] ?? Number.NaN)
		);
	});
}
