import type { Run } from '$workers/learners/contract';
import type { Books } from '$workers/table/bookings';
import type { Matrix } from '$workers/table/matrix';
import type { Market } from './curve';
import { outOfFoldScores } from './demand-model';
import type { History } from './history';
import type { Panel } from './panel';
import { type PriceEffect, priceEffect } from './price-effect';
import { describe, type Situations } from './situations';
import { type UsualPrice, usualPrices } from './usual-price';

const WEEK = 7;

/** Parts of the past, week by week in turn: what is said of one was learned from the others. */
export const FOLDS = 3;

/** What all steps of the training share. */
export interface Study {
	readonly books: Books;
	readonly panel: Panel;
	readonly usual: UsualPrice;
	readonly holidays: ReadonlySet<number>;
	readonly titles: readonly string[];
	readonly link: Market['link'];
	readonly run: Run;
}

export function studyOf(books: Books, panel: Panel, run: Run): Study {
	const holidays = new Set<number>(books.holidays.columns.day.values);
	return {
		books,
		panel,
		usual: usualPrices(panel, holidays),
		holidays,
		titles: books.properties.columns.key.values,
		link: panel.kind === 'nights' ? 'logit' : 'log',
		run,
	};
}

export const matrixOf = (
	{ holidays, panel, titles }: Study,
	looks: Situations,
	use: 'to-learn-price' | 'to-predict',
): Matrix => describe(panel, looks, holidays, titles, use);

/** Demand at the usual price by models that saw other weeks. */
export function nuisance(study: Study, history: History, run: Run): Promise<Float64Array> {
	const rows = matrixOf(study, history.looks, 'to-learn-price');
	const quiet = { ...run, onProgress: () => {} };
	return outOfFoldScores(study.panel.kind, rows, history.outcomes, foldOf(history), FOLDS, quiet);
}

/** The part that a row's week belongs to. */
export const foldOf = ({ looks }: History): Uint8Array =>
	Uint8Array.from(looks.day, (day) => Math.floor(day / WEEK) % FOLDS);

/** How far each price strayed from the usual one, as a logarithm. */
export const residuals = ({ panel, usual }: Study, places: Uint32Array): Float64Array =>
	Float64Array.from(
		places,
		(at) => Math.log(panel.price[at] as number) - (usual.log[at] as number),
	);

export function effectOf(
	study: Study,
	{ looks, outcomes, place }: History,
	offsets: Float64Array,
	rows: Uint32Array = Uint32Array.from(place, (_, i) => i),
): PriceEffect {
	const residual = residuals(study, place);
	const pick = (values: ArrayLike<number>) =>
		Float64Array.from(rows, (row) => values[row] as number);
	return priceEffect({
		offsets: pick(offsets),
		residuals: pick(residual),
		outcomes: pick(outcomes),
		property: Uint32Array.from(rows, (row) => looks.property[row] as number),
		cluster: Uint32Array.from(rows, (row) => clusterOf(study.panel, looks, row)),
		properties: study.panel.properties,
		link: study.link,
	});
}

/** A property's week. */
export function clusterOf({ days }: Panel, { day, property }: Situations, row: number): number {
	const weeks = Math.ceil(days / WEEK);
	return (property[row] as number) * weeks + Math.floor((day[row] as number) / WEEK);
}

/** What the price adds to the score of each row. */
export function priceScores(
	study: Study,
	{ looks, place }: History,
	effect: PriceEffect,
): Float64Array {
	return residuals(study, place).map(
		(residual, row) => residual * (effect.own[looks.property[row] as number] as number),
	);
}

/** The owner's base price, or the usual one where none is said. */
export function basesOf({ books, panel, usual }: Study): Float64Array {
	return Float64Array.from({ length: panel.properties }, (_, property) => {
		const said = books.properties.columns.base_price.values[property] as number;
		if (said > 0) return said;
		const own = usual.log.subarray(property * panel.days, (property + 1) * panel.days);
		const mean = Math.exp(own.reduce((sum, log) => sum + log, 0) / panel.days);
		return Number.isFinite(mean) ? mean : 1;
	});
}
