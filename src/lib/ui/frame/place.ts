import type { Component } from 'svelte';
import type { IconProps } from '@lucide/svelte';

/** One place a person can go, as the header and the tabs show it. */
export interface Place {
	readonly name: string;
	readonly href: string;
	readonly icon: Component<IconProps>;
}
