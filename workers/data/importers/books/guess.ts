import type { BringTable, Mapping } from '$lib/contracts';
import { FIELDS, lackingFields } from './fields';
import { isMissing } from './missing';
import { plainName } from './plain-name';
import { readDay } from './read-day';
import { NOT_READ, readAmount, readNumber } from './read-number';
import { SYNONYMS } from './synonyms';

/** A column of a file as far as it was looked at. */
export interface SeenColumn {
	readonly name: string;
	/** Of the first rows, without missing ones. */
	readonly values: readonly string[];
	readonly personal: boolean;
}

export interface Guess {
	readonly mapping: Mapping;
	/** Nothing that has to be matched is left, and no other table fits as well. */
	readonly sure: boolean;
}

const TABLES: readonly BringTable[] = [
	'bookings',
	'properties',
	'daily',
	'engagement',
	'reviews',
	'features',
];
/** Of the values looked at; headers lie, and a few rows are odd in any file. */
const FITTING_SHARE = 0.5;

/**
 * The table that a file of an unknown source most likely holds, and its columns by their names in
 * several languages, as far as what stands in them fits.
 */
export function guessMapping(columns: readonly SeenColumn[]): Guess {
	const guesses = TABLES.map((table) => {
		const mapping = guessTable(table, columns);
		const matched = Object.keys(mapping.columns).length;
		return { mapping, score: matched - 3 * lackingFields(mapping).length, matched };
	}).filter(({ mapping }) => mapping.table !== 'features');
	guesses.sort((a, b) => b.score - a.score);
	const [best, second] = guesses;
	if (!best) throw new RangeError('there are no tables');
	const complete = lackingFields(best.mapping).length === 0;
	return { mapping: best.mapping, sure: complete && best.score > (second?.score ?? 0) };
}

function guessTable(table: BringTable, columns: readonly SeenColumn[]): Mapping {
	const taken = new Set<string>();
	const matched: Record<string, readonly string[]> = {};
	for (const { field, kind } of FIELDS[table]) {
		const names = SYNONYMS[table][field] ?? [];
		const column = names
			.map((name) => columns.find((one) => !taken.has(one.name) && plainName(one.name) === name))
			.find((one) => one && !one.personal && fits(kind, one.values));
		if (!column) continue;
		taken.add(column.name);
		matched[field] = [column.name];
	}
	const extras = columns.filter(({ name, personal }) => !personal && !taken.has(name));
	return { source: 'other', table, columns: matched, extras: extras.map(({ name }) => name) };
}

function fits(
	kind: (typeof FIELDS)['bookings'][number]['kind'],
	values: readonly string[],
): boolean {
	const known = values.filter((value) => !isMissing(value));
	if (known.length === 0) return true;
	const read = READING[kind];
	return !read || known.filter(read).length >= known.length * FITTING_SHARE;
}

const READING: Partial<
	Record<(typeof FIELDS)['bookings'][number]['kind'], (text: string) => boolean>
> = {
	number: (text) => readNumber(text) !== NOT_READ || readNumber(text, true) !== NOT_READ,
	money: (text) => readAmount(text).amount !== NOT_READ,
	date: (text) =>
		readDay(text, {}) !== NOT_READ || readDay(text.split(/[ T]/)[0] ?? '', {}) !== NOT_READ,
};
