/** Points on a plane in kilometres, parallel arrays. */
export interface PlanePoints {
	readonly x: Float64Array;
	readonly y: Float64Array;
}

const KILOMETRES_A_DEGREE = 111.32;

/** Degrees to kilometres around the middle latitude: exact enough for one town (equirectangular). */
export function planePoints(
	latitudes: ArrayLike<number>,
	longitudes: ArrayLike<number>,
): PlanePoints {
	const finite = Array.from(latitudes).filter(Number.isFinite);
	const middle = finite.reduce((sum, latitude) => sum + latitude / finite.length, 0);
	const squeeze = Math.cos((middle * Math.PI) / 180);
	return {
		x: Float64Array.from(longitudes, (longitude) => longitude * KILOMETRES_A_DEGREE * squeeze),
		y: Float64Array.from(latitudes, (latitude) => latitude * KILOMETRES_A_DEGREE),
	};
}

/**
 * Up to `count` points that lie far from each other: each next one is the farthest from those
 * chosen (Gonzalez 1985), starting at the first point. Deterministic.
 */
export function landmarks({ x, y }: PlanePoints, count: number): number[] {
	const distances = new Float64Array(x.length).fill(Number.POSITIVE_INFINITY);
	const chosen: number[] = [];
	let next = x.findIndex((value, i) => Number.isFinite(value + (y[i] as number)));
	while (next >= 0 && chosen.length < count) {
		chosen.push(next);
		let farthest = -1;
		let reach = 0;
		for (let i = 0; i < x.length; i++) {
			const distance = squaredDistance({ x, y }, i, next);
			if (distance < (distances[i] as number)) distances[i] = distance;
			if ((distances[i] as number) > reach && Number.isFinite(distances[i])) {
				reach = distances[i] as number;
				farthest = i;
			}
		}
		next = farthest;
	}
	return chosen;
}

export function squaredDistance({ x, y }: PlanePoints, i: number, j: number): number {
	return ((x[i] as number) - (x[j] as number)) ** 2 + ((y[i] as number) - (y[j] as number)) ** 2;
}
