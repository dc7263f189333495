import type { Reviewer, Stay } from './reviews';

/** How surely few observations are taken for chance: so many are added to the count of each home. */
const SMOOTHING = 3;

/** What the histories of others say, for one reviewer. */
export interface CoChoice {
	/** Of each home: how often others who chose a home of this history chose it too, as a cosine. */
	readonly together: Float64Array;
	/** The same from host to host, beside each home. */
	readonly hosts: Float64Array;
	/** The same, of homes that came right after one of the history. */
	readonly next: Float64Array;
}

/**
 * Item-to-item counts over the histories of all reviewers. A reviewer is told nothing of their own
 * history, nothing of anybody's held-out home, and nothing that happened after the day they are served.
 */
export class CoChoices {
	readonly #reviewers: readonly Reviewer[];
	readonly #hosts: ArrayLike<number>;
	readonly #byHome = new Map<number, Reviewer[]>();
	readonly #byHost = new Map<number, Reviewer[]>();
	readonly #hostCount: number;

	/** @param hosts number of the host of each home */
	constructor(reviewers: readonly Reviewer[], hosts: ArrayLike<number>) {
		this.#reviewers = reviewers;
		this.#hosts = hosts;
		this.#hostCount = Array.from(hosts).reduce((most, host) => Math.max(most, host), 0) + 1;
		for (const reviewer of this.#reviewers) {
			const rows = new Set(reviewer.history.map(({ row }) => row));
			for (const row of rows) append(this.#byHome, row, reviewer);
			for (const host of new Set([...rows].map((row) => this.#hostOf(row))))
				append(this.#byHost, host, reviewer);
		}
	}

	/** @param counts how often each home was reviewed up to this day */
	of(reviewer: Reviewer, day: number, counts: ArrayLike<number>): CoChoice {
		const together = new Float64Array(counts.length);
		const next = new Float64Array(counts.length);
		for (const { row } of reviewer.history)
			for (const other of this.#byHome.get(row) ?? []) {
				if (other === reviewer) continue;
				const stays = other.history.filter((stay) => stay.day <= day);
				const at = stays.findIndex((stay) => stay.row === row);
				if (at < 0) continue;
				stays.forEach((stay, i) => {
					if (i === at) return;
					const weight = cosine(counts[row] as number, counts[stay.row] as number);
					together[stay.row] = (together[stay.row] as number) + weight;
					if (i === at + 1) next[stay.row] = (next[stay.row] as number) + weight;
				});
			}
		return { together, next, hosts: this.#ofHosts(reviewer, day, counts) };
	}

	#ofHosts(reviewer: Reviewer, day: number, counts: ArrayLike<number>): Float64Array {
		const reviews = new Float64Array(this.#hostCount);
		for (let row = 0; row < counts.length; row++) {
			const host = this.#hostOf(row);
			reviews[host] = (reviews[host] as number) + (counts[row] as number);
		}
		const scores = new Float64Array(this.#hostCount);
		for (const host of this.#hostsOf(reviewer.history))
			for (const other of this.#byHost.get(host) ?? []) {
				if (other === reviewer) continue;
				const hosts = this.#hostsOf(other.history.filter((stay) => stay.day <= day));
				if (!hosts.has(host)) continue;
				for (const also of hosts)
					if (also !== host)
						scores[also] =
							(scores[also] as number) + cosine(reviews[host] as number, reviews[also] as number);
			}
		return Float64Array.from(counts, (_, row) => scores[this.#hostOf(row)] as number);
	}

	#hostsOf(stays: readonly Stay[]): Set<number> {
		return new Set(stays.map(({ row }) => this.#hostOf(row)));
	}

	#hostOf(row: number): number {
		return this.#hosts[row] as number;
	}
}

const cosine = (one: number, other: number) =>
	1 / Math.sqrt((one + SMOOTHING) * (other + SMOOTHING));

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
