import type { StoreMethod } from './store';

/**
 * Somebody that the person at this device looks for a home for: the person themselves, parents, a
 * friend. Each has acts, saved homes, corrections and a taste of their own; none learns from another.
 */
export interface Seeker {
	/** 0 is the person at the device; never given twice. */
	readonly id: number;
	/** As the person wrote it; empty for 0. */
	readonly name: string;
	/** UTC milliseconds. */
	readonly since: number;
}

export interface Seekers {
	/** Whose search goes on now: what is done counts for this one. */
	readonly current: number;
	readonly all: readonly Seeker[];
}

export interface SeekersApi {
	seekers: StoreMethod<[], Seekers>;
	/** Begins a search for somebody else and goes on with it. */
	addSeeker: StoreMethod<[name: string], Seekers>;
	chooseSeeker: StoreMethod<[id: number], Seekers>;
	renameSeeker: StoreMethod<[id: number, name: string], Seekers>;
	/** Ends a search and forgets all that was done in it; answers how many acts went. Not for 0. */
	removeSeeker: StoreMethod<[id: number], number>;
}
