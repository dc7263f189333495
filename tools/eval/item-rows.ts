import type { Interactions } from '$workers/learners/interactions';
import { EvaluationError } from './evaluation';
import { readText } from './files';

/** Rows of three files, person by person in the same order; columns are the items of all three. */
export interface ItemRows {
	readonly train: Interactions;
	readonly valid: Interactions;
	readonly test: Interactions;
	/** Rows of the train file. */
	readonly rows: number;
}

type Part = 'train' | 'valid' | 'test';

/**
 * Files of lines `user item item …`, all of them whole numbers. An EvaluationError names the line that
 * is none, a file without items, and an item that one person has in two files.
 */
export function readItemRows(paths: Readonly<Record<Part, string>>): ItemRows {
	const files = {
		train: readLines(paths.train),
		valid: readLines(paths.valid),
		test: readLines(paths.test),
	};
	refuseOverlap(files);
	const lists = Object.values(files);
	const people = ordered(lists.flatMap((file) => [...file.keys()]));
	const items = ordered(lists.flatMap((file) => [...file.values()].flatMap((own) => [...own])));
	const rowsOf = (file: PersonItems) => interactions(file, people, items);
	return {
		train: rowsOf(files.train),
		valid: rowsOf(files.valid),
		test: rowsOf(files.test),
		rows: files.train.size,
	};
}

type PersonItems = ReadonlyMap<number, ReadonlySet<number>>;

function readLines(path: string): PersonItems {
	const people = new Map<number, Set<number>>();
	let acts = 0;
	readText(path)
		.split('\n')
		.forEach((line, at) => {
			const words = line.split(/\s+/).filter(Boolean);
			if (words.length === 0) return;
			const [person, ...items] = words.map((word) => wholeNumber(word, path, at + 1));
			const own = people.get(person as number) ?? new Set();
			for (const item of items) own.add(item);
			people.set(person as number, own);
			acts += items.length;
		});
	if (acts === 0) throw new EvaluationError(`${path}: no row has a user and an item`);
	return people;
}

function wholeNumber(word: string, path: string, line: number): number {
	if (/^\d{1,15}$/.test(word)) return Number(word);
	const shown = word.length > 20 ? `${word.slice(0, 20)}…` : word;
	throw new EvaluationError(`${path}: line ${line} has "${shown}" where a whole number belongs`);
}

function refuseOverlap(files: Readonly<Record<Part, PersonItems>>): void {
	for (const [one, other] of [
		['train', 'valid'],
		['train', 'test'],
		['valid', 'test'],
	] as const)
		for (const [person, items] of files[other])
			for (const item of items)
				if (files[one].get(person)?.has(item))
					throw new EvaluationError(`user ${person} has item ${item} in ${one} and in ${other}`);
}

/** Distinct numbers to places, by size. */
function ordered(numbers: readonly number[]): ReadonlyMap<number, number> {
	const distinct = [...new Set(numbers)].sort((a, b) => a - b);
	return new Map(distinct.map((number, place) => [number, place]));
}

function interactions(
	file: PersonItems,
	people: ReadonlyMap<number, number>,
	items: ReadonlyMap<number, number>,
): Interactions {
	const starts = new Uint32Array(people.size + 1);
	const columns: number[] = [];
	for (const [person, row] of people) {
		for (const item of file.get(person) ?? []) columns.push(items.get(item) as number);
		starts[row + 1] = columns.length;
	}
	return {
		count: people.size,
		width: items.size,
		starts,
		columns: Uint32Array.from(columns),
		values: new Float32Array(columns.length).fill(1),
	};
}

/** Row by row what stands in either; no item may stand in both. */
export function bothOf(one: Interactions, other: Interactions): Interactions {
	const starts = one.starts.map((start, row) => start + (other.starts[row] as number));
	const columns = new Uint32Array(one.columns.length + other.columns.length);
	for (let row = 0; row < one.count; row++) {
		const own = one.columns.subarray(one.starts[row], one.starts[row + 1]);
		const at = starts[row] as number;
		columns.set(own, at);
		columns.set(other.columns.subarray(other.starts[row], other.starts[row + 1]), at + own.length);
	}
	return {
		count: one.count,
		width: one.width,
		starts,
		columns,
		values: new Float32Array(columns.length).fill(1),
	};
}
