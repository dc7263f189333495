import type { Random } from '$workers/math/random';
import { TASTE } from './truth';

/** Nobody's taste, and nobody's character: such a home is liked like any other. */
export const NO_TASTE = -1;

/**
 * The characters of homes: by the neighbourhood where the address shows it, by lot where nothing in
 * the catalogue does.
 * @param neighbourhoods of each home
 */
export function drawCharacters(neighbourhoods: ArrayLike<number>, random: Random): Int8Array {
	return Int8Array.from(neighbourhoods, (neighbourhood) => {
		const drawn = random.integer(TASTE.kinds);
		return random.next() < TASTE.shown ? neighbourhood % TASTE.kinds : drawn;
	});
}

/** The taste of each traveller; each kind is as frequent as the others. */
export const drawTastes = (count: number, random: Random): Int8Array =>
	Int8Array.from({ length: count }, () => random.integer(TASTE.kinds));

/** What a home's character adds to its utility for somebody of a taste. */
export function likingOf(taste: number, character: number): number {
	if (taste === NO_TASTE || character === NO_TASTE) return 0;
	return Math.log(taste === character ? TASTE.own : TASTE.other);
}

/** Whether somebody of a taste stops to look at a home of a character. */
export const stopsAt = (taste: number, character: number, random: Random): boolean =>
	likingOf(taste, character) >= 0 || random.next() >= TASTE.passedBy;
