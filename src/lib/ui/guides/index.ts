import type { GuideTags } from '$lib/contracts';
import type { Guide } from './guide';
import { LIVING } from './living';
import { LOOKING } from './looking';

export type { Guide } from './guide';

/** Every guide, in the order that stands where nothing is known of a taste. */
export const GUIDES: readonly Guide[] = [...LOOKING, ...LIVING];

/** Those that go with the catalogue that is open. */
export function guidesFor(catalogue: { readonly sample: boolean }): readonly Guide[] {
	return GUIDES.filter((guide) => !guide.sample || catalogue.sample);
}

/** What the ranking is told of them: never the texts. */
export function tagsOf(guides: readonly Guide[]): readonly GuideTags[] {
	return guides.map(({ name, tags }) => ({ name, tags: [...tags] }));
}

export const guideHref = (name: string): string => `/guides#${name}`;
