import type { Box, PlanePoints, Size, View } from './projection';

/** The colours of the dots, in the order they are painted. */
export interface Inks {
	readonly other: string;
	readonly found: string;
}

/** Which points were found: 1 where the point's home is in the list. */
export type FoundFlags = Uint8Array;

/**
 * Paints all points, the found ones above the others. A cell of the grid takes one dot of a kind,
 * so that the cost is bounded by the window and not by the catalogue.
 */
export function paintPoints(
	context: CanvasRenderingContext2D,
	{ xs, ys, box }: PlanePoints,
	found: FoundFlags | undefined,
	view: View,
	size: Size,
	inks: Inks,
): void {
	context.clearRect(0, 0, size.width, size.height);
	const others = radiusFor(spacing(box, xs.length, view), 0.9, 2.2);
	if (!found) {
		paintKind(context, xs, ys, view, size, inks.found, others * 1.4, () => true);
		return;
	}
	const chosen = found.reduce((sum, flag) => sum + flag, 0);
	const own = radiusFor(spacing(box, chosen, view), 1.3, 4.5);
	paintKind(context, xs, ys, view, size, inks.other, others, (index) => found[index] === 0);
	paintKind(context, xs, ys, view, size, inks.found, own, (index) => found[index] === 1);
}

/** A quarter of the way to the neighbour, so that homes that stand apart on average do not touch. */
function radiusFor(spacing: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, spacing / 4));
}

/** How many pixels lie between neighbours on average: dots shrink where they would run together. */
function spacing(box: Box, count: number, { scale }: View): number {
	const area = (box.right - box.left) * (box.bottom - box.top) * scale * scale;
	return Math.sqrt(area / Math.max(1, count));
}

function paintKind(
	context: CanvasRenderingContext2D,
	xs: Float32Array,
	ys: Float32Array,
	view: View,
	size: Size,
	ink: string,
	radius: number,
	counts: (index: number) => boolean,
): void {
	const cell = Math.max(1, radius * 0.8);
	const columns = Math.ceil(size.width / cell) + 1;
	const taken = new Uint8Array(columns * (Math.ceil(size.height / cell) + 1));
	const [originX, originY] = [
		size.width / 2 - view.x * view.scale,
		size.height / 2 - view.y * view.scale,
	];
	const dot = dotOf(ink, radius);
	const half = dot.width / dotScale / 2;
	for (let index = 0; index < xs.length; index++) {
		if (!counts(index)) continue;
		const x = (xs[index] as number) * view.scale + originX;
		const y = (ys[index] as number) * view.scale + originY;
		if (x < 0 || y < 0 || x >= size.width || y >= size.height) continue;
		const at = Math.floor(y / cell) * columns + Math.floor(x / cell);
		if (taken[at]) continue;
		taken[at] = 1;
		context.drawImage(dot, x - half, y - half, half * 2, half * 2);
	}
}

/** Dots are stamped at three times their size, sharp on every screen. */
const dotScale = 3;

/** One dot, drawn once and then stamped: thousands of arcs would be slower. */
function dotOf(ink: string, radius: number): OffscreenCanvas {
	const side = Math.ceil(radius * 2 + 2) * dotScale;
	const canvas = new OffscreenCanvas(side, side);
	const context = canvas.getContext('2d');
	if (!context) return canvas;
	context.fillStyle = ink;
	context.beginPath();
	context.arc(side / 2, side / 2, radius * dotScale, 0, 2 * Math.PI);
	context.fill();
	return canvas;
}
