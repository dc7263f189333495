import { dayOfYear, weekday } from '$workers/table/calendar';
import { categoryColumn, type Matrix, matrix, numberColumn } from '$workers/table/matrix';
import type { Panel } from './panel';

/** A property's night as it stood some days before: free then, its price known. */
export interface Situations {
	readonly count: number;
	readonly property: Uint32Array;
	/** Column of the panel. */
	readonly day: Int32Array;
	/** Days from the look to the night. */
	readonly ahead: Int32Array;
}

export const situations = (
	property: readonly number[],
	day: readonly number[],
	ahead: readonly number[],
): Situations => ({
	count: property.length,
	property: Uint32Array.from(property),
	day: Int32Array.from(day),
	ahead: Int32Array.from(ahead),
});

/** Groups of features, as reasons for a price are told. */
export const FEATURE_GROUPS: Readonly<
	Record<string, 'home' | 'weekday' | 'season' | 'holiday' | 'books'>
> = {
	property: 'home',
	weekday: 'weekday',
	season_sin: 'season',
	season_cos: 'season',
	half_season_sin: 'season',
	half_season_cos: 'season',
	years: 'season',
	holiday: 'holiday',
	holiday_near: 'holiday',
	days_ahead: 'books',
	others_booked: 'books',
	night_before_booked: 'books',
	night_after_booked: 'books',
	week_booked: 'books',
};

/** Features that the price of the same days may itself have moved: not for telling what prices do. */
const MOVED_BY_PRICE = ['night_before_booked', 'night_after_booked', 'week_booked'];

const YEAR = 365.25;
const AROUND = 4;
const HOLIDAY_NEAR = 3;

/** The calendar and the books as they stood at each look; never the price, never anything later. */
export function describe(
	panel: Panel,
	{ ahead, count, day, property }: Situations,
	holidays: ReadonlySet<number>,
	titles: readonly string[],
	use: 'to-learn-price' | 'to-predict',
): Matrix {
	const column = (name: string, value: (row: number) => number) =>
		numberColumn(
			name,
			Float64Array.from({ length: count }, (_, row) => value(row)),
		);
	const civil = (row: number) => panel.first + (day[row] as number);
	const angle = (row: number) => (2 * Math.PI * dayOfYear(civil(row))) / YEAR;
	const look = (row: number) => civil(row) - (ahead[row] as number);
	const taken = (row: number, shift: number) =>
		isTaken(panel, property[row] as number, (day[row] as number) + shift, look(row));
	const calendar = [
		categoryColumn('property', Float64Array.from(property), titles),
		categoryColumn(
			'weekday',
			Float64Array.from({ length: count }, (_, row) => weekday(civil(row))),
			WEEKDAYS,
		),
		column('season_sin', (row) => Math.sin(angle(row))),
		column('season_cos', (row) => Math.cos(angle(row))),
		column('half_season_sin', (row) => Math.sin(2 * angle(row))),
		column('half_season_cos', (row) => Math.cos(2 * angle(row))),
		column('years', (row) => Math.min(day[row] as number, panel.known) / YEAR),
		column('holiday', (row) => Number(holidays.has(civil(row)))),
		column('holiday_near', (row) => Number(isNear(holidays, civil(row)))),
	];
	if (!usesBooks(panel)) return matrix(calendar);
	const others = othersTaken(panel);
	const books = [
		column('days_ahead', (row) => Math.log1p(ahead[row] as number)),
		column('others_booked', (row) =>
			others(property[row] as number, day[row] as number, look(row)),
		),
		column('night_before_booked', (row) => taken(row, -1)),
		column('night_after_booked', (row) => taken(row, 1)),
		column('week_booked', (row) => weekTaken(taken, row)),
	];
	const all = [...calendar, ...books];
	return matrix(
		use === 'to-predict' ? all : all.filter(({ name }) => !MOVED_BY_PRICE.includes(name)),
	);
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Looks from different days differ only where it is known when each night was booked. */
export const usesBooks = (panel: Panel): boolean => panel.kind === 'nights' && panel.seesAhead;

function isTaken(panel: Panel, property: number, day: number, look: number): number {
	if (day < 0 || day >= panel.days) return 0;
	return Number((panel.madeOn[property * panel.days + day] as number) <= look);
}

/** Of the nights around, the night itself left out, how many were taken. */
function weekTaken(taken: (row: number, shift: number) => number, row: number): number {
	let sum = 0;
	for (let shift = -AROUND; shift <= AROUND; shift++) if (shift !== 0) sum += taken(row, shift);
	return sum;
}

/** Share of the other properties that were taken for a night at a look. */
function othersTaken(panel: Panel) {
	return (property: number, day: number, look: number): number => {
		let sum = 0;
		let open = 0;
		for (let other = 0; other < panel.properties; other++) {
			if (other === property || !((panel.price[other * panel.days + day] as number) > 0)) continue;
			open++;
			sum += isTaken(panel, other, day, look);
		}
		return open > 0 ? sum / open : Number.NaN;
	};
}

function isNear(holidays: ReadonlySet<number>, day: number): boolean {
	for (let shift = -HOLIDAY_NEAR; shift <= HOLIDAY_NEAR; shift++)
		if (holidays.has(day + shift)) return true;
	return false;
}
