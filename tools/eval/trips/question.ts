import type { Trip } from './city';

/** What is asked: which place comes after these, in the order in which they were come to. */
export interface Question {
	readonly person: number;
	readonly history: readonly number[];
	readonly next: number;
}

/** Every next place of trips of at least so many places. */
export function questionsOf(trips: readonly Trip[], least: number): Question[] {
	return trips
		.filter(({ places }) => places.length >= least)
		.flatMap(({ person, places }) =>
			places.slice(1).map((next, i) => ({ person, history: places.slice(0, i + 1), next })),
		);
}
