import { describe, expect, it } from 'vitest';
import type { MapPoints } from '$lib/contracts';
import { withPart, withPrice, partsOn } from '$lib/ui/filters/filters';
import { areaNames, placeNames } from '$lib/ui/map/labels';
import {
	fitting,
	nearest,
	panned,
	scaleBar,
	toPlane,
	toWindow,
	zoomed,
} from '$lib/ui/map/projection';

/** Three homes: two in the north, one a tenth of a degree south. */
const points: MapPoints = {
	properties: Uint32Array.of(7, 8, 9),
	latitudes: Float64Array.of(42.4, 42.4, 42.3),
	longitudes: Float64Array.of(-71.1, -71.0, -71.05),
	neighbourhoods: Uint16Array.of(0, 0, 1),
	names: ['Juniper Hill', 'Old Market', 'Nowhere'],
};
const size = { width: 400, height: 300 };
const plane = toPlane(points);

describe('the map’s plane', () => {
	it('measures in metres, north up and shrunk towards the poles', () => {
		const [x, y] = plane.project(42.35, -71.05);
		expect(x).toBeCloseTo(0, 6);
		expect(y).toBeCloseTo(0, 6);
		expect((plane.ys[2] as number) - (plane.ys[0] as number)).toBeCloseTo(11_132, -1);
		const across = (plane.xs[1] as number) - (plane.xs[0] as number);
		expect(across).toBeCloseTo(11_132 * Math.cos((42.35 * Math.PI) / 180), -1);
	});

	it('shows all homes at first', () => {
		const view = fitting(plane.box, size);
		for (let index = 0; index < 3; index++) {
			const [x, y] = toWindow(view, size, plane.xs[index] as number, plane.ys[index] as number);
			expect(x).toBeGreaterThanOrEqual(39);
			expect(x).toBeLessThanOrEqual(361);
			expect(y).toBeGreaterThanOrEqual(39);
			expect(y).toBeLessThanOrEqual(261);
		}
	});

	it('holds the point under the hand still while zooming', () => {
		const view = fitting(plane.box, size);
		const [x, y] = toWindow(view, size, 1000, -500);
		const [after, below] = toWindow(zoomed(view, 2, x, y, size), size, 1000, -500);
		expect(after).toBeCloseTo(x, 6);
		expect(below).toBeCloseTo(y, 6);
	});

	it('moves with the hand', () => {
		const view = fitting(plane.box, size);
		const [x, y] = toWindow(view, size, 0, 0);
		expect(toWindow(panned(view, 30, -20), size, 0, 0)).toEqual([x + 30, y - 20]);
	});

	it('finds the home nearest to a tap, and none far away', () => {
		const view = fitting(plane.box, size);
		const [x, y] = toWindow(view, size, plane.xs[2] as number, plane.ys[2] as number);
		expect(nearest(plane, view, size, [x + 5, y - 5])).toBe(2);
		expect(nearest(plane, view, size, [x + 60, y])).toBeUndefined();
	});

	it('gives the scale bar a round length that fits', () => {
		for (const scale of [0.0007, 0.013, 0.09, 1.3]) {
			const { metres, pixels } = scaleBar({ x: 0, y: 0, scale });
			expect([1, 2, 5]).toContain(Number(String(metres)[0]));
			expect(pixels).toBeLessThanOrEqual(110);
			expect(pixels).toBeGreaterThan(110 / 2.6);
		}
	});

	it('shows a catalogue without homes, and one with a single home', () => {
		const none: MapPoints = {
			properties: new Uint32Array(),
			latitudes: new Float64Array(),
			longitudes: new Float64Array(),
			neighbourhoods: new Uint16Array(),
			names: [],
		};
		const view = fitting(toPlane(none).box, size);
		expect(Number.isFinite(view.scale)).toBe(true);
		expect(areaNames(none, toPlane(none))).toEqual([]);
	});
});

describe('neighbourhood names', () => {
	it('stand in the middle of their homes, the largest first, the empty ones not at all', () => {
		const names = areaNames(points, plane);
		expect(names.map(({ name, homes }) => [name, homes])).toEqual([
			['Juniper Hill', 2],
			['Old Market', 1],
		]);
		expect(names[0]?.x).toBeCloseTo(0, 1);
	});

	it('never touch each other', () => {
		const view = { x: 0, y: 0, scale: 0.01 };
		const crowded = ['Aaaa', 'Bbbb', 'Cccc'].map((name, index) => ({
			name,
			homes: 3 - index,
			x: index * 100,
			y: 0,
		}));
		expect(placeNames(crowded, view, size).map(({ name }) => name)).toEqual(['Aaaa']);
	});
});

describe('a filter', () => {
	it('leaves out what lets everything through', () => {
		expect(withPart({ text: 'x' }, 'text', '')).toEqual({});
		expect(withPart({}, 'amenities', [])).toEqual({});
		expect(withPart({ guestsFrom: 2 }, 'bedroomsFrom', 3)).toEqual({
			guestsFrom: 2,
			bedroomsFrom: 3,
		});
	});

	it('opens an end of the price that stands at the scale’s own end', () => {
		const scale = { from: 600, to: 3600 };
		expect(withPrice({}, scale, 600, 2000)).toEqual({ priceTo: 2000 });
		expect(withPrice({ priceTo: 2000 }, scale, 700, 3600)).toEqual({ priceFrom: 700 });
		expect(withPrice({ priceTo: 2000 }, scale, 600, 3600)).toEqual({});
	});

	it('counts what is on, both ends of a price as one', () => {
		expect(partsOn({ priceFrom: 1, priceTo: 2, text: 'x', amenities: [], only: [1] })).toBe(2);
	});
});
