import type { Seeker } from '$lib/contracts';

/** Of the person at the device. */
const SELF = 'Me';

/** `Me`, or the name that the person gave. */
export const seekerName = ({ id, name }: Seeker): string => (id === 0 ? SELF : name);

export const isSelf = ({ id }: Seeker): boolean => id === 0;
