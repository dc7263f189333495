/** Arithmetic of axes: pure, in the units of the data and in pixels. */

const DAY = 86_400_000;
const STEPS = [1, 2, 2.5, 5, 10];

/** A place on the picture. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** A day under an axis and what stands there. */
export interface DayTick {
	readonly day: number;
	readonly label: string;
}

/**
 * At most `most` round numbers that enclose `low` to `high`, evenly apart: 0, 5000, 10000. The first
 * and the last are the ends of the axis. A flat or empty range gets a step of its own size.
 */
export function niceTicks(low: number, high: number, most = 5): number[] {
	if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
	const top = high > low ? high : low + (Math.abs(low) || 1);
	const magnitude = 10 ** Math.floor(Math.log10((top - low) / most));
	for (let scale = magnitude; ; scale *= 10) {
		for (const step of STEPS) {
			const ticks = enclosing(low, top, step * scale);
			if (ticks.length <= most) return ticks;
		}
	}
}

function enclosing(low: number, high: number, step: number): number[] {
	// The hair's breadth keeps 0.30000000000000004 from asking for one step more.
	const first = Math.floor(low / step + 1e-9);
	const last = Math.ceil(high / step - 1e-9);
	return Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step));
}

/** 0.6000000000000001 is 0.6, and there is no minus before zero. */
function tidy(value: number): number {
	return Number(value.toPrecision(12)) + 0;
}

/** A straight map of `from` to `to` onto `start` to `end`; the middle where the range is empty. */
export function linear(
	from: number,
	to: number,
	start: number,
	end: number,
): (value: number) => number {
	if (from === to) return () => (start + end) / 2;
	return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/**
 * At most `most` days to write under an axis: days, weeks or four weeks apart from the first on, and
 * the firsts of months where the axis is longer than half a year.
 */
export function dayTicks(first: number, last: number, most: number, locale?: string): DayTick[] {
	const room = Math.max(2, most);
	const months = monthStarts(first, last);
	if (last - first > 200 && months.length > 1) {
		const every = [1, 2, 3, 6, 12, 24, 60].find((step) => months.length / step <= room) ?? 120;
		return months
			.filter((_, index) => index % every === 0)
			.map((day) => ({ day, label: monthShort(day, locale) }));
	}
	const step = [1, 2, 7, 14, 28, 56].find((days) => Math.floor((last - first) / days) < room) ?? 84;
	const count = Math.floor((last - first) / step) + 1;
	return Array.from({ length: count }, (_, index) => first + index * step).map((day) => ({
		day,
		label: dayShort(day, locale),
	}));
}

function monthStarts(first: number, last: number): number[] {
	const start = new Date(first * DAY);
	const starts: number[] = [];
	for (let month = start.getUTCMonth(); ; month += 1) {
		const day = Date.UTC(start.getUTCFullYear(), month, 1) / DAY;
		if (day > last) return starts;
		if (day >= first) starts.push(day);
	}
}

/** `16 Feb`, in the reader's order. */
export function dayShort(day: number, locale?: string): string {
	return new Date(day * DAY).toLocaleDateString(locale, {
		day: 'numeric',
		month: 'short',
		timeZone: 'UTC',
	});
}

/** `Sep`; January with its year. */
export function monthShort(day: number, locale?: string): string {
	const date = new Date(day * DAY);
	return date.toLocaleDateString(locale, {
		month: 'short',
		year: date.getUTCMonth() === 0 ? 'numeric' : undefined,
		timeZone: 'UTC',
	});
}

/** A polyline's `d`; a gap where a value is missing. */
export function linePath(points: readonly Point[]): string {
	let pen = 'M';
	return points
		.map(({ x, y }) => {
			if (!Number.isFinite(y)) {
				pen = 'M';
				return '';
			}
			const move = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
			pen = 'L';
			return move;
		})
		.join('');
}

/** The area between two lines with the same places. */
export function bandPath(upper: readonly Point[], lower: readonly Point[]): string {
	if (!upper.length) return '';
	return `${linePath([...upper, ...lower.toReversed()])}Z`;
}

/**
 * Labels that would touch, moved apart: the given places in their order, at least `gap` apart, as near
 * as can be to where they were, between `low` and `high`.
 */
export function spread(
	places: readonly number[],
	gap: number,
	low: number,
	high: number,
): readonly number[] {
	const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
	let floor = low;
	const down = order.map(({ place }) => {
		const at = Math.max(place, floor);
		floor = at + gap;
		return at;
	});
	let ceiling = high;
	const up = down.toReversed().map((place) => {
		const at = Math.min(place, ceiling);
		ceiling = at - gap;
		return at;
	});
	const moved = [...places];
	up.toReversed().forEach((place, position) => {
		const at = order[position];
		if (at) moved[at.index] = place;
	});
	return moved;
}

/** Words broken into lines of at most `most` letters, for SVG, which has no paragraphs. */
export function wrapped(words: string, most: number): string[] {
	const lines: string[] = [];
	for (const word of words.split(' ')) {
		const line = lines.at(-1);
		if (line !== undefined && line.length + word.length < most)
			lines[lines.length - 1] = `${line} ${word}`;
		else lines.push(word);
	}
	return lines;
}

/** Which of five steps a share has, by four rising bounds; a missing one has the lowest. */
export function heatStep(share: number, bounds: readonly number[]): number {
	return bounds.filter((bound) => share >= bound).length;
}
