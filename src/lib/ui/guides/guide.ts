import type { GuideTags } from '$lib/contracts';

/** A short text. Reading one leaves no act. */
export interface Guide extends GuideTags {
	/** Stands behind the `#` of its address. */
	readonly name: string;
	readonly title: string;
	/** In one line, on its card. */
	readonly says: string;
	readonly paragraphs: readonly string[];
	/** About the sample town: made up, and shown with it alone. */
	readonly sample?: true;
	/** The neighbourhood that it is about: counted from its homes, not written by us. */
	readonly area?: string;
}
