import { readDay } from './read-day';
import { NOT_READ } from './read-number';

const DAY = 86_400_000;
const CLOCK =
	/[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AP]M)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/**
 * UTC milliseconds of a date and time: by its offset where it has one, else as if it were UTC; of
 * seconds or milliseconds since 1970. NaN and the other marks as `readDay` has them.
 */
export function readInstant(text: string, order: Parameters<typeof readDay>[1]): number {
	const day = readDay(text, order);
	if (!Number.isFinite(day)) return day;
	if (/^\d+(?:\.\d+)?$/.test(text)) return counted(Number(text), day);
	const clock = CLOCK.exec(text);
	if (!clock) return day * DAY;
	const [, hours = '', minutes = '', seconds = '0', fraction = '0', half = '', offset = ''] = clock;
	const hour = hourOf(Number(hours), half.toUpperCase());
	if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 60) return NOT_READ;
	const own = ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
	return day * DAY + own + Math.floor(Number(`0.${fraction}`) * 1000) - offsetOf(offset);
}

/** Instants in seconds or milliseconds; anything else that is counted is a day. */
function counted(count: number, day: number): number {
	if (count >= 1e11) return count;
	return count >= 1e8 && count < 7e9 && Math.floor(count / 86_400) === day
		? count * 1000
		: day * DAY;
}

function hourOf(hour: number, half: string): number {
	if (half === '') return hour;
	return (hour % 12) + (half === 'PM' ? 12 : 0);
}

function offsetOf(text: string): number {
	const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
	if (!match) return 0;
	const minutes = Number(match[2]) * 60 + Number(match[3]);
	return (match[1] === '-' ? -minutes : minutes) * 60_000;
}
