import { EvaluationError } from './evaluation';
import { civilDay, readColumns } from './files';

/** One listing that a reviewer stayed at. */
export interface Stay {
	readonly row: number;
	/** Civil day of the first review of it. */
	readonly day: number;
}

export interface Reviewer {
	/** In order of time; at least one. */
	readonly history: readonly Stay[];
	/** The listing that was first reviewed last; not in `history`. */
	readonly held: number;
	/** Civil day of the first review of it. */
	readonly heldDay: number;
}

export interface Histories {
	readonly reviewers: readonly Reviewer[];
	/** All reviews but those that a reviewer wrote of the held-out listing, by day. */
	readonly known: readonly Stay[];
	/** Reviews of listings that the listings file does not have. */
	readonly ignored: number;
}

interface Review extends Stay {
	readonly reviewer: string;
}

/**
 * Reviewers with at least two different listings, the last one held out. Listings stand in order of
 * their first review by this reviewer; on the same day, in order of the file. Reads identifiers and
 * dates alone.
 */
export function readHistories(
	path: string,
	rowOf: (listing: string) => number | undefined,
): Histories {
	const columns = readColumns(path, ['listing_id', 'reviewer_id', 'date']);
	const reviews: Review[] = [];
	columns.listing_id.forEach((listing, i) => {
		const row = rowOf(listing);
		const day = civilDay(columns.date[i] as string, path, i + 1);
		if (row !== undefined) reviews.push({ row, day, reviewer: columns.reviewer_id[i] as string });
	});
	reviews.sort((a, b) => a.day - b.day);
	const staysOf = new Map<string, Map<number, Stay>>();
	for (const { reviewer, row, day } of reviews) {
		const stays = staysOf.get(reviewer) ?? new Map<number, Stay>();
		if (!stays.has(row)) stays.set(row, { row, day });
		staysOf.set(reviewer, stays);
	}
	const held = new Map<string, number>();
	const reviewers: Reviewer[] = [];
	for (const [reviewer, stays] of staysOf) {
		const history = [...stays.values()];
		const last = history.pop();
		if (!last || history.length === 0) continue;
		held.set(reviewer, last.row);
		reviewers.push({ history, held: last.row, heldDay: last.day });
	}
	if (reviewers.length === 0)
		throw new EvaluationError(`${path}: nobody reviewed two listings of the listings file`);
	return {
		reviewers,
		known: reviews.filter(({ reviewer, row }) => held.get(reviewer) !== row),
		ignored: columns.listing_id.length - reviews.length,
	};
}
