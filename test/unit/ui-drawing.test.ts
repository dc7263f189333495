import { describe, expect, it } from 'vitest';
import type { DrawingTraits } from '$lib/contracts';
import { drawingWords, homeShapes } from '$lib/ui/drawing/home-shapes';

const TYPES = ['studio', 'flat', 'terraced', 'detached', 'loft', 'cabin'] as const;
const SETTINGS = [undefined, 'hills', 'park', 'downtown', 'coast'] as const;
const COBALT = '#1B4AA8';

/** Every type in every setting, bare and with all that a home can have. */
const homes: readonly DrawingTraits[] = TYPES.flatMap((type) =>
	SETTINGS.flatMap((setting) =>
		[0, 1, 2, 4, 6].flatMap((bedrooms) => [
			{ type, setting, bedrooms },
			{
				type,
				setting,
				bedrooms,
				floor: bedrooms,
				floors: 6,
				balcony: true,
				garden: true,
				lift: true,
				waterfront: true,
			},
		]),
	),
);

const bytes = (home: DrawingTraits, seed: string): number =>
	homeShapes(home, seed).reduce((sum, shape) => sum + shape.d.length + shape.fill.length + 20, 0);

describe('the drawing of a home', () => {
	it('is the same for the same attributes and id, and differs between ids', () => {
		const home: DrawingTraits = { type: 'flat', bedrooms: 2, floor: 3 };
		expect(homeShapes(home, 'a:1')).toEqual(homeShapes({ ...home }, 'a:1'));
		const drawings = new Set(
			['a:1', 'a:2', 'a:3', 'a:4'].map((id) => JSON.stringify(homeShapes(home, id))),
		);
		expect(drawings.size).toBeGreaterThan(1);
	});

	it('has one door, always cobalt, and nothing else in cobalt', () => {
		for (const home of homes)
			for (const seed of ['a', 'b', 'c'])
				expect(homeShapes(home, seed).filter(({ fill }) => fill === COBALT)).toHaveLength(1);
	});

	it('holds only finite numbers and plain colours', () => {
		for (const home of homes)
			for (const { d, fill, opacity } of homeShapes(home, 'x')) {
				expect(d).toMatch(/^M[\d\s.MHVLQTAhvlqaz-]+$/i);
				expect(fill).toMatch(/^#[0-9a-f]{6}$/i);
				expect(opacity ?? 1).toBeGreaterThan(0);
			}
	});

	it('takes a few kilobytes at most', () => {
		const sizes = homes.map((home, index) => bytes(home, String(index)));
		expect(Math.min(...sizes)).toBeGreaterThan(500);
		expect(Math.max(...sizes)).toBeLessThan(3500);
	});

	it('draws whatever a file said, within what can be drawn', () => {
		const odd = [
			{ type: 'castle' as DrawingTraits['type'] },
			{ type: 'flat', floor: 40, floors: 2, bedrooms: -3 },
			{ type: 'flat', floor: NaN, bedrooms: 99 },
		] as const;
		for (const home of odd) expect(homeShapes(home, 'x').length).toBeGreaterThan(3);
	});

	it('gives a studio in town another silhouette than one with a garden', () => {
		const wall = (home: DrawingTraits): number => homeShapes(home, 'x').length;
		expect(wall({ type: 'studio', setting: 'downtown' })).not.toBe(wall({ type: 'studio' }));
	});

	it('says what it shows', () => {
		expect(drawingWords({ type: 'flat', bedrooms: 2, floor: 4, balcony: true })).toBe(
			'Drawing: flat, 2 bedrooms, floor 4, balcony',
		);
		expect(drawingWords({ type: 'studio', waterfront: true })).toBe(
			'Drawing: studio, one room, by the water',
		);
	});
});
