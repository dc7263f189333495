import type { HolidayTable } from '$workers/table/bookings';
import { numberColumn } from '$workers/table/matrix';
import type { Transform } from '../transform';
import { addColumns, findColumn } from './columns';
import { isRecord, isText } from './shape';
import { type StepKind, step, stepFrom } from './step';

export interface HolidayOptions {
	/** Number column of civil days. */
	readonly day: string;
}

interface Holidays {
	readonly day: string;
	/** Civil days, ascending. */
	readonly holidays: Int32Array;
}

const KIND: StepKind<Holidays> = {
	name: 'holiday-flag',
	isState: isRecord<Holidays>({
		day: isText,
		holidays: (value): value is Int32Array => value instanceof Int32Array,
	}),
	apply({ day, holidays }, rows) {
		const days = new Set(holidays);
		const flags = findColumn(rows, day, 'number').values.map((value) =>
			Number.isNaN(value) ? value : Number(days.has(value)),
		);
		return addColumns(rows, [numberColumn(`${day} is a holiday`, flags)]);
	},
};

/**
 * Adds a column of 1 on days that are public holidays, 0 on others. The calendar is handed in (see
 * `holidaysOf` in `workers/table/calendar.ts`) and known ahead, so that nothing is learned here: it
 * must reach over the days that will be asked about.
 */
export function holidayFlag(holidays: HolidayTable, { day }: HolidayOptions): Transform {
	const days = Int32Array.from(new Set(holidays.columns.day.values)).sort();
	return step(KIND, { day, holidays: days.length }, () => ({ day, holidays: days.slice() }));
}

export const holidayFlagFrom = stepFrom(KIND);
