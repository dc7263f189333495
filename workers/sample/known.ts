import { type Random, shuffle } from '$workers/math/random';
import type { Story } from './simulate';

/** The travellers who became guests. */
export interface KnownGuests {
	/** Travellers in the order of their guest numbers. */
	readonly travellers: readonly number[];
	/** By traveller: the guest number, -1 for none. */
	readonly numberOf: Int32Array;
	/** By traveller: the day of the first booking. */
	readonly firstSeen: Int32Array;
}

/** Of those who booked a stay from `from` on, `count` by lot, numbered in the order of their first booking. */
export function chooseGuests(
	story: Story,
	from: number,
	count: number,
	random: Random,
): KnownGuests {
	const firstSeen = new Int32Array(story.travellers.length).fill(0x7fffffff);
	const stayed = new Set<number>();
	for (const { traveller, bookedOn, arrivesOn } of story.stays) {
		firstSeen[traveller] = Math.min(firstSeen[traveller] as number, bookedOn);
		if (arrivesOn >= from) stayed.add(traveller);
	}
	const travellers = shuffle([...stayed], random)
		.slice(0, count)
		.sort((a, b) => (firstSeen[a] as number) - (firstSeen[b] as number) || a - b);
	const numberOf = new Int32Array(story.travellers.length).fill(-1);
	travellers.forEach((traveller, guest) => (numberOf[traveller] = guest));
	return { travellers, numberOf, firstSeen };
}
