import type { PlanePoints, Size, View } from './projection';

/** What a point is: colours and sizes of the map, in the order they are painted. */
export interface Inks {
	readonly other: string;
	readonly found: string;
	readonly ground: string;
}

/** Which points were found: 1 where the point's home is in the list. */
export type FoundFlags = Uint8Array;

/**
 * Paints all points, the found ones above the others. A cell of the grid takes one dot of a kind,
 * so that the cost is bounded by the window and not by the catalogue.
 */
export function paintPoints(
	context: CanvasRenderingContext2D,
	{ xs, ys }: PlanePoints,
	found: FoundFlags | undefined,
	view: View,
	size: Size,
	inks: Inks,
): void {
	context.clearRect(0, 0, size.width, size.height);
	const grow = Math.min(2, Math.max(1, view.scale / 0.06));
	if (found) {
		paintKind(context, xs, ys, view, size, inks.other, 1.5 * grow, (index) => found[index] === 0);
		paintKind(context, xs, ys, view, size, inks.found, 2.8 * grow, (index) => found[index] === 1);
	} else paintKind(context, xs, ys, view, size, inks.found, 2.4 * grow, () => true);
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
