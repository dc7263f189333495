import type { Icon } from '../parts/icon';

/** One place a person can go, as the header and the tabs show it. */
export interface Place {
	readonly name: string;
	readonly href: string;
	readonly icon: Icon;
	/** So much is new there; shown where it is not 0. */
	readonly fresh?: number;
}

/** The place a path lies in: of nested places (`/manage`, `/manage/prices`) the innermost. */
export function placeHere(places: readonly Place[], path: string): Place | undefined {
	return places
		.filter(({ href }) => path === href || path.startsWith(`${href}/`))
		.sort((a, b) => b.href.length - a.href.length)[0];
}
