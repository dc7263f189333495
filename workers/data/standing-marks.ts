import type { ActKind, Standing } from '$lib/contracts';
import { ACT_KINDS } from './act-codes';
import type { LogTable } from './log';

/** Pairs of acts of which the second takes back the first. */
const MARKS: readonly {
	readonly mark: keyof Standing;
	readonly on: ActKind;
	readonly off: ActKind | null;
}[] = [
	{ mark: 'saved', on: 'save', off: 'unsave' },
	{ mark: 'dismissed', on: 'dismiss', off: 'undismiss' },
	{ mark: 'liked', on: 'like', off: 'unlike' },
	{ mark: 'enquired', on: 'enquire', off: null },
];

/**
 * What stands after everything that was done and taken back, kept up act by act: an act more costs the
 * same however long the log is.
 */
export class StandingMarks {
	/** The first row of the log that is not in it yet. */
	next = 0;
	readonly #homes = MARKS.map(() => new Set<number>());

	/**
	 * @param edits of the log when this was begun: after a removal it has to be begun anew
	 * @param seeker whose acts count; all where left out
	 */
	constructor(
		readonly edits: number,
		readonly seeker?: number,
	) {}

	/** Takes in rows of the log, ascending; those that are in it already change nothing. */
	add(log: LogTable): void {
		const sequences = log.columns.sequence?.values ?? [];
		const kinds = log.columns.kind?.values ?? [];
		const properties = log.columns.property?.values ?? [];
		const seekers = log.columns.seeker?.values ?? [];
		const from = this.next;
		MARKS.forEach(({ on, off }, mark) => {
			const homes = this.#homes[mark] as Set<number>;
			const onCode = ACT_KINDS.indexOf(on);
			const offCode = off ? ACT_KINDS.indexOf(off) : -1;
			for (let row = 0; row < log.count; row++) {
				if (kinds[row] !== onCode && kinds[row] !== offCode) continue;
				if ((sequences[row] as number) < from) continue;
				if (this.seeker !== undefined && seekers[row] !== this.seeker) continue;
				homes.delete(properties[row] as number);
				if (kinds[row] === onCode) homes.add(properties[row] as number);
			}
		});
		this.next = Math.max(from, (sequences[log.count - 1] ?? -1) + 1);
	}

	/** Newest mark first. */
	standing(): Standing {
		const marks = MARKS.map(
			({ mark }, i) => [mark, Uint32Array.from(this.#homes[i] ?? []).reverse()] as const,
		);
		return Object.fromEntries(marks) as unknown as Standing;
	}
}
