import type { AreaPortrait } from '$lib/contracts';
import { areaParagraphs, areaSays } from '../words/areas';
import type { Money } from '../words/money';
import type { Guide } from './guide';

/** A guide to each place of a catalogue, written from what its homes say. */
export function areaGuides(
	portraits: readonly AreaPortrait[],
	catalogue: Money & { readonly place: string },
): readonly Guide[] {
	return portraits.map((portrait) => ({
		name: `in ${portrait.neighbourhood}`,
		title: portrait.neighbourhood,
		says: areaSays(portrait, catalogue),
		tags: [`neighbourhood:${portrait.neighbourhood}`],
		paragraphs: areaParagraphs(portrait, catalogue, catalogue.place),
		area: portrait.neighbourhood,
	}));
}
