import type { Icon } from '../parts/icon';

/** One place a person can go, as the header and the tabs show it. */
export interface Place {
	readonly name: string;
	readonly href: string;
	readonly icon: Icon;
}
