import type { MapPoints } from '$lib/contracts';

/** Metres east and south of the catalogue's middle: flat enough for one city. */
export interface PlanePoints {
	readonly xs: Float32Array;
	readonly ys: Float32Array;
	/** The box that holds them. */
	readonly box: Box;
	readonly project: (latitude: number, longitude: number) => readonly [x: number, y: number];
}

export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/** What is seen: the plane's point in the middle of the window, and pixels per metre. */
export interface View {
	readonly x: number;
	readonly y: number;
	readonly scale: number;
}

export interface Size {
	readonly width: number;
	readonly height: number;
}

const METRES_PER_DEGREE = 111_320;
const NEAREST = 2; // pixels per metre
const FARTHEST = 0.0005;

/** Points on a plane in metres, by the equirectangular projection around their middle. */
export function toPlane(points: MapPoints): PlanePoints {
	const [south, north] = extent(points.latitudes);
	const [west, east] = extent(points.longitudes);
	const [latitude0, longitude0] = [(south + north) / 2, (west + east) / 2];
	const shrink = Math.cos((latitude0 * Math.PI) / 180);
	const project = (latitude: number, longitude: number): readonly [number, number] => [
		(longitude - longitude0) * METRES_PER_DEGREE * shrink,
		(latitude0 - latitude) * METRES_PER_DEGREE,
	];
	const count = points.properties.length;
	const xs = new Float32Array(count);
	const ys = new Float32Array(count);
	for (let index = 0; index < count; index++) {
		const [x, y] = project(points.latitudes[index] as number, points.longitudes[index] as number);
		xs[index] = x;
		ys[index] = y;
	}
	const [left, top] = project(north, west);
	const [right, bottom] = project(south, east);
	return { xs, ys, project, box: { left, top, right, bottom } };
}

/** Smallest and largest value; `[0, 0]` of nothing. */
function extent(values: Float64Array): [number, number] {
	let [low, high] = [Infinity, -Infinity];
	for (const value of values) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	return low <= high ? [low, high] : [0, 0];
}

/** The view that shows the whole box with `margin` pixels around it. */
export function fitting(box: Box, { width, height }: Size, margin = 40): View {
	const across = Math.max(200, box.right - box.left);
	const down = Math.max(200, box.bottom - box.top);
	const room = (side: number): number => Math.max(1, side - 2 * margin);
	const scale = Math.min(room(width) / across, room(height) / down);
	return bounded({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale });
}

/** Closer or farther by `factor`, with the plane's point under (`atX`, `atY`) of the window held still. */
export function zoomed(view: View, factor: number, atX: number, atY: number, size: Size): View {
	const next = bounded({ ...view, scale: view.scale * factor });
	const [dx, dy] = [atX - size.width / 2, atY - size.height / 2];
	return {
		...next,
		x: view.x + dx / view.scale - dx / next.scale,
		y: view.y + dy / view.scale - dy / next.scale,
	};
}

/** Moved by pixels of the window. */
export function panned(view: View, dx: number, dy: number): View {
	return { ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale };
}

/** The window's pixel of a point of the plane. */
export function toWindow(view: View, size: Size, x: number, y: number): readonly [number, number] {
	return [(x - view.x) * view.scale + size.width / 2, (y - view.y) * view.scale + size.height / 2];
}

function bounded(view: View): View {
	return { ...view, scale: Math.min(NEAREST, Math.max(FARTHEST, view.scale)) };
}

/** The index of the point nearest to a pixel, `undefined` where none is within `reach` pixels. */
export function nearest(
	{ xs, ys }: PlanePoints,
	view: View,
	size: Size,
	[atX, atY]: readonly [number, number],
	reach = 22,
): number | undefined {
	let best: number | undefined;
	let least = reach * reach;
	for (let index = 0; index < xs.length; index++) {
		const [x, y] = toWindow(view, size, xs[index] as number, ys[index] as number);
		const away = (x - atX) ** 2 + (y - atY) ** 2;
		if (away > least) continue;
		least = away;
		best = index;
	}
	return best;
}

/** A round length for the scale bar that is at most `most` pixels long. */
export function scaleBar(
	view: View,
	most = 110,
): { readonly metres: number; readonly pixels: number } {
	const metres = most / view.scale;
	const power = 10 ** Math.floor(Math.log10(metres));
	const step = [5, 2, 1].find((candidate) => candidate * power <= metres) ?? 1;
	return { metres: step * power, pixels: step * power * view.scale };
}
