import { describe, expect, it } from 'vitest';
import { CoChoices } from '../../tools/eval/co-choice';
import type { Reviewer } from '../../tools/eval/reviews';

const HOMES = 6;
/** Homes 0 and 1 have one host, each other home its own. */
const HOSTS = [0, 0, 1, 2, 3, 4];
const COUNTS = new Float64Array(HOMES).fill(1);

const reviewer = (rows: readonly number[], held: number, firstDay = 1): Reviewer => ({
	history: rows.map((row, i) => ({ row, day: firstDay + i })),
	held,
	heldDay: firstDay + rows.length,
});

describe('what the histories of others say', () => {
	it('is of homes that others chose too, and of those that came right after', () => {
		const asks = reviewer([0], 5);
		const others = [reviewer([0, 2, 3], 4), reviewer([3, 0], 4)];
		const { together, next } = new CoChoices([asks, ...others], HOSTS).of(asks, 100, COUNTS);
		const one = 1 / 4;
		expect([...together]).toEqual([0, 0, one, 2 * one, 0, 0]);
		expect([...next]).toEqual([0, 0, one, 0, 0, 0]);
	});

	it('never tells of a home that was held out, nor of one’s own history', () => {
		const asks = reviewer([0, 2], 5);
		const other = reviewer([0], 4);
		const { together, hosts } = new CoChoices([asks, other], HOSTS).of(asks, 100, COUNTS);
		expect([...together, ...hosts].every((score) => score === 0)).toBe(true);
	});

	it('tells nothing that happened after the day', () => {
		const asks = reviewer([0], 5);
		const choices = new CoChoices([asks, reviewer([0, 2, 3], 4, 10)], HOSTS);
		expect([...choices.of(asks, 9, COUNTS).together].some((score) => score > 0)).toBe(false);
		const later = choices.of(asks, 11, COUNTS);
		expect([later.together[2], later.together[3]]).toEqual([1 / 4, 0]);
	});

	it('goes from host to host where the home is another', () => {
		const asks = reviewer([1], 5);
		const { together, hosts } = new CoChoices([asks, reviewer([0, 2], 4)], HOSTS).of(
			asks,
			100,
			COUNTS,
		);
		expect(together[2]).toBe(0);
		expect(hosts[2]).toBeGreaterThan(0);
		expect(hosts[3]).toBe(0);
	});
});
