import type { Interactions } from '$workers/learners/interactions';
import { seededRandom } from '$workers/math/random';
import { sparseRows } from '$workers/table/sparse';

export interface TasteShape {
	readonly people: number;
	/** Groups of items; a person has one group. */
	readonly groups: number;
	/** Items of a group. */
	readonly each: number;
	/** Probability of an item of one's own group, and of any other. */
	readonly own: number;
	readonly other: number;
}

/** The group whose items a person likes. */
export const groupOf = (person: number, groups: number) => person % groups;

/** People who mostly choose items of one group: group g holds items g · each and following. */
export function plantedTastes(shape: TasteShape, seed: number | string = 1): Interactions {
	const { people, groups, each, own, other } = shape;
	const random = seededRandom(seed);
	const rows = Array.from({ length: people }, (_, person) =>
		Array.from({ length: groups * each }, (_, item) => item)
			.filter((item) => {
				const mine = Math.floor(item / each) === groupOf(person, groups);
				return random.next() < (mine ? own : other);
			})
			.map((item) => [item, 1] as const),
	);
	return sparseRows(rows, groups * each);
}
