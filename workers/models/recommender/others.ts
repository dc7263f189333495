/** A home of the person's own history. */
export interface OwnStay {
	/** Row of the catalogue. */
	readonly row: number;
	/** How wanted it was, as observations: an enquiry is one. */
	readonly weight: number;
	/** UTC milliseconds of the newest act on it. */
	readonly instant: number;
}

/** What others' behaviour teaches of a catalogue's homes; made from a model pack, knows nobody. */
export interface Others {
	/** Version of the pack, as rankers name it. */
	readonly version: number;
	/** Rows of the catalogue that it says something of. */
	readonly known: Uint8Array;
	/** What it adds to the fit of every row, for somebody with this history; 0 for rows it does not know. */
	fits(history: readonly OwnStay[]): Float64Array;
	/** The share of each part in the fit of a row; with `base` they sum to `fits(history)[row]`. */
	shares(history: readonly OwnStay[], row: number): OthersShares;
}

export interface OthersShares {
	/** How often everybody chose it. */
	readonly base: number;
	/** Beside the history: people who chose that one also chose this one. */
	readonly also: Float64Array;
	/** Beside the history: this one is where people went after that one. */
	readonly next: Float64Array;
}
