import type X from '@lucide/svelte/icons/x';

/** Any of lucide's icons. */
export type Icon = typeof X;
