import type { FittedTrees } from '$workers/learners/boosted-trees';
import { comingNights } from './history';
import type { Markets } from './markets';
import type { PriceEffect } from './price-effect';
import { demandReasons } from './reasons';
import type { Situations } from './situations';
import { basesOf, matrixOf, type Study } from './study';

export const AHEAD = 90;

export async function marketsToCome(
	study: Study,
	fitted: FittedTrees,
	effect: PriceEffect,
): Promise<Markets> {
	const { panel, usual } = study;
	const coming = comingNights(panel, AHEAD);
	const rows = matrixOf(study, coming, 'to-predict');
	const { scores } = await fitted.predict(rows);
	const place = (row: number) =>
		(coming.property[row] as number) * panel.days + (coming.day[row] as number);
	const usualPrice = Float64Array.from(scores, (_, row) =>
		Math.exp(usual.log[place(row)] as number),
	);
	const base = basesOf(study);
	const booked = Float64Array.from(scores, (_, row) => bookedAt(study, place(row), row, coming));
	const units = study.books.properties.columns.units.values;
	return {
		first: panel.first + panel.known,
		days: AHEAD,
		link: study.link,
		offset: scores,
		usual: usualPrice.map((price, row) =>
			Number.isFinite(price) ? price : (base[coming.property[row] as number] as number),
		),
		current: Float64Array.from(scores, (_, row) =>
			currentPrice(study, place(row), base, coming, row),
		),
		free: booked.map((taken, row) =>
			Math.max(0, unitsOf(units[coming.property[row] as number] as number) - taken),
		),
		effect: effect.own,
		effectDeviation: effect.ownDeviation,
		...demandReasons(await fitted.explain(rows), panel.properties, AHEAD),
		booked,
		spread: usual.spread.map((spread) => (Number.isFinite(spread) ? spread : 0)),
		base,
	};
}

const unitsOf = (units: number): number => (units > 0 ? units : 1);

function bookedAt({ panel }: Study, place: number, row: number, { day }: Situations): number {
	const known = (day[row] as number) < panel.days;
	if (!known) return 0;
	if (panel.kind === 'nights')
		return Number(Number.isFinite(panel.madeOn[place] as number) || panel.let[place] === 1);
	return panel.seesAhead ? (panel.let[place] as number) : 0;
}

/** What stands in the calendar; where nothing does, what is usually asked on such a day. */
function currentPrice(
	{ panel, usual }: Study,
	place: number,
	base: Float64Array,
	{ property }: Situations,
	row: number,
): number {
	const asked = panel.kind === 'nights' ? (panel.price[place] as number) : Number.NaN;
	if (asked > 0) return asked;
	const usually = Math.exp(usual.log[place] as number);
	return Number.isFinite(usually) ? Math.round(usually) : (base[property[row] as number] as number);
}
