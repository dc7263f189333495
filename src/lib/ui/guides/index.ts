import type { AreaPortrait, GuideTags } from '$lib/contracts';
import type { Money } from '../words/money';
import { areaGuides } from './areas';
import type { Guide } from './guide';
import { LIVING } from './living';
import { LOOKING } from './looking';

export type { Guide } from './guide';

/** Every guide, in the order that stands where nothing is known of a taste. */
export const GUIDES: readonly Guide[] = [...LOOKING, ...LIVING];

/** Those that go with the catalogue that is open: texts of ours, and its places told by their homes. */
export function guidesFor(
	catalogue: Money & { readonly sample: boolean; readonly place: string },
	portraits: readonly AreaPortrait[] = [],
): readonly Guide[] {
	const ours = GUIDES.filter((guide) => !guide.sample || catalogue.sample);
	return [...ours, ...areaGuides(portraits, catalogue)];
}

/** What the ranking is told of them: never the texts. */
export function tagsOf(guides: readonly Guide[]): readonly GuideTags[] {
	return guides.map(({ name, tags }) => ({ name, tags: [...tags] }));
}

export const guideHref = (name: string): string => `/guides#${encodeURIComponent(name)}`;
