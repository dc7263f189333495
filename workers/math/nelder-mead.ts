export interface Minimum {
	readonly point: Float64Array;
	readonly value: number;
	readonly evaluations: number;
}

export interface NelderMeadOptions {
	/** Length of the first simplex's edges; .5 if left out. */
	readonly step?: number;
	/** Stops where values and points of the simplex are this close; 1e-8 if left out. */
	readonly tolerance?: number;
	readonly maxEvaluations?: number;
}

/**
 * A local minimum without derivatives: the simplex method of Nelder and Mead (1965) with the rules
 * of Lagarias et al. (1998), begun anew at its result until that gains nothing. A function may say
 * Infinity where it is not defined.
 */
export function nelderMead(
	loss: (point: Float64Array) => number,
	start: ArrayLike<number>,
	options: NelderMeadOptions = {},
): Minimum {
	const steps = nelderMeadSteps(loss, start, options);
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** The same a few evaluations at a time, so that a caller can breathe, or stop. */
export function* nelderMeadSteps(
	loss: (point: Float64Array) => number,
	start: ArrayLike<number>,
	{ step = 0.5, tolerance = 1e-8, maxEvaluations = 4000 }: NelderMeadOptions = {},
): Generator<void, Minimum> {
	let best = yield* descend(loss, start, step, tolerance, maxEvaluations);
	while (best.evaluations < maxEvaluations) {
		const left = maxEvaluations - best.evaluations;
		const again = yield* descend(loss, best.point, step / 5, tolerance, left);
		const gained = best.value - again.value;
		best = { ...again, evaluations: best.evaluations + again.evaluations };
		if (!(gained > tolerance * (1 + Math.abs(again.value)))) break;
	}
	return best;
}

interface Corner {
	readonly point: Float64Array;
	readonly value: number;
}

function* descend(
	loss: (point: Float64Array) => number,
	start: ArrayLike<number>,
	step: number,
	tolerance: number,
	maxEvaluations: number,
): Generator<void, Minimum> {
	let evaluations = 0;
	const at = (point: Float64Array): Corner => {
		evaluations++;
		const value = loss(point);
		return { point, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
	};
	const simplex = firstSimplex(start, step).map(at).sort(byValue);
	while (evaluations < maxEvaluations && !isSmall(simplex, tolerance)) {
		const worst = simplex.pop() as Corner;
		const next = replace(worst, simplex, at);
		if (next) simplex.push(next);
		else shrink(simplex, worst, at);
		simplex.sort(byValue);
		yield;
	}
	const { point, value } = simplex[0] as Corner;
	return { point, value, evaluations };
}

function firstSimplex(start: ArrayLike<number>, step: number): Float64Array[] {
	return Array.from({ length: start.length + 1 }, (_, corner) =>
		Float64Array.from(start, (value, i) => (i === corner - 1 ? value + step : value)),
	);
}

/** A better corner in the worst one's place; undefined where the simplex should shrink. */
function replace(
	worst: Corner,
	others: readonly Corner[],
	at: (point: Float64Array) => Corner,
): Corner | undefined {
	const centre = centreOf(others);
	const along = (distance: number) =>
		at(centre.map((value, i) => value + distance * (value - (worst.point[i] as number))));
	const reflected = along(1);
	const [best] = others as readonly [Corner];
	if (reflected.value < best.value) {
		const expanded = along(2);
		return expanded.value < reflected.value ? expanded : reflected;
	}
	if (reflected.value < (others.at(-1) as Corner).value) return reflected;
	const contracted = along(reflected.value < worst.value ? 0.5 : -0.5);
	return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
}

function shrink(simplex: Corner[], worst: Corner, at: (point: Float64Array) => Corner): void {
	const [best] = simplex as [Corner];
	const towards = ({ point }: Corner) =>
		at(point.map((value, i) => (value + (best.point[i] as number)) / 2));
	const moved = [...simplex.slice(1), worst].map(towards);
	simplex.splice(1, simplex.length - 1, ...moved);
}

function centreOf(corners: readonly Corner[]): Float64Array {
	const centre = new Float64Array((corners[0] as Corner).point.length);
	for (const { point } of corners)
		point.forEach((value, i) => (centre[i] = (centre[i] as number) + value / corners.length));
	return centre;
}

function isSmall(simplex: readonly Corner[], tolerance: number): boolean {
	const best = simplex[0] as Corner;
	const worst = simplex.at(-1) as Corner;
	const flat = worst.value - best.value <= tolerance * (1 + Math.abs(best.value));
	return (
		flat &&
		simplex.every(({ point }) =>
			point.every((value, i) => Math.abs(value - (best.point[i] as number)) < Math.sqrt(tolerance)),
		)
	);
}

const byValue = (a: Corner, b: Corner) => a.value - b.value;

/** Second derivatives by central differences: size × size, symmetric. */
export function numericHessian(
	loss: (point: Float64Array) => number,
	point: Float64Array,
	step = 1e-3,
): Float64Array {
	const size = point.length;
	const hessian = new Float64Array(size * size);
	const moved = (i: number, di: number, j: number, dj: number) => {
		const there = point.slice();
		there[i] = (there[i] as number) + di * step;
		there[j] = (there[j] as number) + dj * step;
		return loss(there);
	};
	for (let i = 0; i < size; i++)
		for (let j = 0; j <= i; j++) {
			const sum = moved(i, 1, j, 1) - moved(i, 1, j, -1) - moved(i, -1, j, 1) + moved(i, -1, j, -1);
			hessian[i * size + j] = hessian[j * size + i] = sum / (4 * step * step);
		}
	return hessian;
}
