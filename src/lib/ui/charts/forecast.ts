import type { Unit } from '../words/units';
import { dayShort } from './scale';
import type { Sheet } from './sheet';

/** A day, or the first day of a week, behind us. */
export interface PastPoint {
	readonly day: number;
	readonly value: number;
}

/** One ahead of us, with its intervals. */
export interface ForecastPoint {
	readonly day: number;
	readonly value: number;
	/** 8 in 10. */
	readonly low: number;
	readonly high: number;
	/** 5 in 10; left out where the model says none. */
	readonly lowHalf?: number;
	readonly highHalf?: number;
	/** Of it, what is booked already. */
	readonly onBooks?: number;
	/** What the manager wants. */
	readonly budget?: number;
}

/** All points as a table, the past first. */
export function forecastSheet(
	past: readonly PastPoint[],
	forecast: readonly ForecastPoint[],
	unit: Unit,
	first: string,
	locale?: string,
): Sheet {
	const booked = forecast.some((point) => point.onBooks !== undefined);
	const budget = forecast.some((point) => point.budget !== undefined);
	const optional = (value: number | undefined): string =>
		value === undefined ? '' : unit.words(value);
	const extras = (point?: ForecastPoint): string[] => [
		...(booked ? [optional(point?.onBooks)] : []),
		...(budget ? [optional(point?.budget)] : []),
	];
	return {
		columns: [
			{ name: first },
			{ name: 'Was', numeric: true },
			{ name: 'Forecast', numeric: true },
			{ name: '8 in 10', numeric: true },
			...(booked ? [{ name: 'On the books', numeric: true }] : []),
			...(budget ? [{ name: 'Budget', numeric: true }] : []),
		],
		rows: [
			...past.map((point) => [
				dayShort(point.day, locale),
				unit.words(point.value),
				'',
				'',
				...extras(),
			]),
			...forecast.map((point) => [
				dayShort(point.day, locale),
				'',
				unit.words(point.value),
				`${unit.words(point.low)} to ${unit.words(point.high)}`,
				...extras(point),
			]),
		],
	};
}

/** `Week from 8 Jun: forecast $11,600, 8 in 10: $10,600 to $12,600, $5,700 on the books`. */
export function forecastReadout(
	point: PastPoint | ForecastPoint,
	unit: Unit,
	every: 'day' | 'week',
	locale?: string,
): string {
	const when = `${every === 'week' ? 'Week from ' : ''}${dayShort(point.day, locale)}`;
	if (!('low' in point)) return `${when}: ${unit.words(point.value)}`;
	const parts = [
		`forecast ${unit.words(point.value)}`,
		`8 in 10: ${unit.words(point.low)} to ${unit.words(point.high)}`,
	];
	if (point.onBooks !== undefined) parts.push(`${unit.words(point.onBooks)} on the books`);
	if (point.budget !== undefined) parts.push(`budget ${unit.words(point.budget)}`);
	return `${when}: ${parts.join(', ')}`;
}
