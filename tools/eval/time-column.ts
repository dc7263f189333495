import { civilDay, parseCivilDay, type CivilDay } from '$workers/table/civil';
import { EvaluationError } from './evaluation';

/** What one step of a series is: whole numbers of these units, counted from some first one. */
type Unit = 'hour' | 'day' | 'month' | 'number';

export interface Timeline {
	/** Step of each row, from 0. */
	readonly steps: Int32Array;
	readonly count: number;
	/** Civil day of the first step; 0 where times are numbers. */
	readonly start: CivilDay;
	/** Days from step to step, on average. */
	readonly every: number;
}

const DAYS: Readonly<Record<Unit, number>> = {
	hour: 1 / 24,
	day: 1,
	month: 365.25 / 12,
	number: 1,
};

/**
 * Finds the steps of a column of times: dates, with hours or without, months (`2024-05`), quarters
 * (`2024 Q2`) or whole numbers. The step is the most usual distance between different times, so that
 * a day without rows keeps its place.
 */
export function readTimeline(texts: readonly string[], path: string): Timeline {
	const unit = unitOf(texts);
	const marks = Float64Array.from(texts, (text, row) => {
		const mark = markOf(text.trim(), unit);
		if (!Number.isInteger(mark))
			throw new EvaluationError(`${path}: row ${row + 1} has no time like the other rows`);
		return mark;
	});
	const first = marks.reduce((a, b) => Math.min(a, b), Infinity);
	const step = usualDistance(marks);
	const steps = Int32Array.from(marks, (mark) => Math.round((mark - first) / step));
	return {
		steps,
		count: steps.reduce((a, b) => Math.max(a, b), 0) + 1,
		start: startOf(first, unit),
		every: step * DAYS[unit],
	};
}

function unitOf(texts: readonly string[]): Unit {
	const some = texts.map((text) => text.trim());
	if (some.every((text) => /^-?\d+$/.test(text))) return 'number';
	if (some.every((text) => /^\d{4}(-\d{2}| ?Q[1-4])$/.test(text))) return 'month';
	const hasHours = some.some((text) => /[T ]\d{2}:/.test(text) && !/[T ]00:00(:00)?/.test(text));
	if (hasHours) return 'hour';
	// Firsts of months are months.
	return some.every((text) => /^\d{4}-\d{2}-01\b/.test(text)) ? 'month' : 'day';
}

function markOf(text: string, unit: Unit): number {
	switch (unit) {
		case 'number':
			return Number(text);
		case 'day':
			return parseCivilDay(text);
		case 'hour':
			return parseCivilDay(text) * 24 + Number(/[T ](\d{2}):/.exec(text)?.[1] ?? 0);
		case 'month': {
			const parts = /^(\d{4})(?:-(\d{2})| ?Q(\d))/.exec(text);
			const month = parts?.[3] ? (Number(parts[3]) - 1) * 3 : Number(parts?.[2]) - 1;
			return Number(parts?.[1]) * 12 + month;
		}
	}
}

function startOf(mark: number, unit: Unit): CivilDay {
	if (unit === 'number') return 0;
	if (unit === 'month') return civilDay(Math.floor(mark / 12), (mark % 12) + 1, 1);
	return unit === 'hour' ? mark / 24 : mark;
}

function usualDistance(marks: Float64Array): number {
	const different = [...new Set(marks)].sort((a, b) => a - b);
	const counts = new Map<number, number>();
	for (let i = 1; i < different.length; i++) {
		const distance = (different[i] as number) - (different[i - 1] as number);
		counts.set(distance, (counts.get(distance) ?? 0) + 1);
	}
	const [usual] = [...counts].sort(([, a], [, b]) => b - a);
	return usual?.[0] ?? 1;
}
