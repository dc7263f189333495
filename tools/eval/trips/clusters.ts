import type { Random } from '$workers/math/random';

export type Point = readonly [x: number, y: number];

const RESTARTS = 200;
const PASSES = 100;

/**
 * The cluster of each point by k-means: of many starts (k-means++, Arthur and Vassilvitskii 2007) the one
 * with the least squares.
 */
export function clustersOf(points: readonly Point[], count: number, random: Random): number[] {
	let best = { squares: Number.POSITIVE_INFINITY, own: points.map(() => 0) };
	for (let restart = 0; restart < RESTARTS; restart++) {
		const found = settle(points, firstMiddles(points, count, random));
		if (found.squares < best.squares) best = found;
	}
	return best.own;
}

function firstMiddles(points: readonly Point[], count: number, random: Random): Point[] {
	const middles = [points[random.integer(points.length)] as Point];
	while (middles.length < Math.min(count, points.length)) {
		const squares = points.map((point) => nearest(point, middles).square);
		let left = random.next() * squares.reduce((sum, square) => sum + square, 0);
		const at = squares.findIndex((square) => (left -= square) < 0);
		middles.push(points[Math.max(0, at)] as Point);
	}
	return middles;
}

function settle(points: readonly Point[], from: readonly Point[]) {
	let middles = from;
	let own = points.map((point) => nearest(point, middles).at);
	for (let pass = 0; pass < PASSES; pass++) {
		middles = middles.map((middle, at) => {
			const members = points.filter((_, i) => own[i] === at);
			if (members.length === 0) return middle;
			const mean = (axis: 0 | 1) =>
				members.reduce((sum, point) => sum + point[axis], 0) / members.length;
			return [mean(0), mean(1)];
		});
		const next = points.map((point) => nearest(point, middles).at);
		if (next.every((at, i) => at === own[i])) break;
		own = next;
	}
	const squares = points.reduce((sum, point) => sum + nearest(point, middles).square, 0);
	return { squares, own };
}

function nearest([x, y]: Point, middles: readonly Point[]) {
	let found = { at: 0, square: Number.POSITIVE_INFINITY };
	middles.forEach(([a, b], at) => {
		const square = (x - a) ** 2 + (y - b) ** 2;
		if (square < found.square) found = { at, square };
	});
	return found;
}
