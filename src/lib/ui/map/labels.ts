import type { MapPoints } from '$lib/contracts';
import type { PlanePoints, Size, View } from './projection';
import { toWindow } from './projection';

/** A neighbourhood's name at the middle of its homes, on the plane. */
export interface AreaName {
	readonly name: string;
	readonly homes: number;
	readonly x: number;
	readonly y: number;
}

/** A name placed in the window. */
export interface PlacedName {
	readonly name: string;
	readonly left: number;
	readonly top: number;
}

const LETTER = 7;
const HEIGHT = 20;

/** The names with most homes first, so that these keep their place where it is tight. */
export function areaNames(points: MapPoints, plane: PlanePoints): readonly AreaName[] {
	const sums = points.names.map(() => ({ homes: 0, x: 0, y: 0 }));
	points.neighbourhoods.forEach((area, index) => {
		const sum = sums[area];
		if (!sum) return;
		sum.homes++;
		sum.x += plane.xs[index] as number;
		sum.y += plane.ys[index] as number;
	});
	return sums
		.map(({ homes, x, y }, area) => ({
			name: points.names[area] ?? '',
			homes,
			x: x / Math.max(1, homes),
			y: y / Math.max(1, homes),
		}))
		.filter(({ name, homes }) => name !== '' && homes > 0)
		.sort((a, b) => b.homes - a.homes);
}

/** The names that fit the window without touching each other. */
export function placeNames(
	names: readonly AreaName[],
	view: View,
	size: Size,
): readonly PlacedName[] {
	const placed: (PlacedName & { readonly half: number })[] = [];
	for (const { name, x, y } of names) {
		const [left, top] = toWindow(view, size, x, y);
		const half = (name.length * LETTER) / 2 + 6;
		const outside =
			left < half || left > size.width - half || top < HEIGHT || top > size.height - HEIGHT;
		const touches = placed.some(
			(other) =>
				Math.abs(other.left - left) < other.half + half && Math.abs(other.top - top) < HEIGHT,
		);
		if (!outside && !touches) placed.push({ name, left, top, half });
	}
	return placed;
}
