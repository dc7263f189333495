import type { Predictions } from '../tabular';
import { type IsotonicMap, applyIsotonic, fitIsotonic } from './isotonic';
import { fitLogisticLine, sigmoid } from './logistic-line';

/** `isotonic` wants a thousand rows or more; the other two do with a hundred. */
export type CalibrationMethod = 'isotonic' | 'sigmoid' | 'beta';

/** Turns what a classifier says into chances that come true as often as they say. */
export type CalibrationMap =
	| ({ readonly method: 'isotonic' } & IsotonicMap)
	| { readonly method: 'sigmoid' | 'beta'; readonly line: Float64Array };

/** Chances are kept this far from 0 and 1 before their logarithm is taken. */
const SUREST = 1e-12;

/**
 * Learns the map from predictions of rows that their fit did not see.
 *
 * - `isotonic`: any rising map of scores (Zadrozny and Elkan 2002).
 * - `sigmoid`: log-odds = a·score + b, targets drawn in a little (Platt 1999).
 * - `beta`: log-odds = a·ln(chance) - b·ln(1 - chance) + c with a, b at least 0 (Kull, Silva Filho and
 *   Flach 2017); for learners whose `values` are chances already.
 */
export function fitCalibration(
	method: CalibrationMethod,
	{ scores, values }: Predictions,
	targets: Float64Array,
	weights: Float64Array,
): CalibrationMap {
	switch (method) {
		case 'isotonic':
			return { method, ...fitIsotonic(scores, targets, weights) };
		case 'sigmoid':
			return { method, line: fitSigmoid(scores, targets, weights) };
		case 'beta':
			return { method, line: fitBeta(values, targets, weights) };
	}
}

export function applyCalibration(
	map: CalibrationMap,
	{ scores, values }: Predictions,
): Float64Array {
	if (map.method === 'isotonic') return scores.map((score) => applyIsotonic(map, score));
	const [a, b, c] = map.line as unknown as [number, number, number];
	if (map.method === 'sigmoid') return scores.map((score) => sigmoid(a * score + b));
	return values.map((chance) => sigmoid(a * logOf(chance) - b * logOf(1 - chance) + c));
}

/** Slope and offset of log-odds by scores, with Platt's targets: (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2). */
export function fitSigmoid(
	scores: Float64Array,
	targets: Float64Array,
	weights: Float64Array,
): Float64Array {
	const positive = targets.reduce((sum, target, row) => sum + target * (weights[row] as number), 0);
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const high = (positive + 1) / (positive + 2);
	const low = 1 / (total - positive + 2);
	const drawnIn = targets.map((target) => (target > 0 ? high : low));
	return fitLogisticLine([scores, new Float64Array(scores.length).fill(1)], drawnIn, weights);
}

/** Factors of ln(chance) and of -ln(1 - chance), and offset. One that would be negative is 0. */
function fitBeta(
	chances: Float64Array,
	targets: Float64Array,
	weights: Float64Array,
): Float64Array {
	const one = new Float64Array(chances.length).fill(1);
	const rising = [chances.map(logOf), chances.map((chance) => -logOf(1 - chance))] as const;
	const [a, b, c] = fitLogisticLine([...rising, one], targets, weights) as unknown as Line;
	if (a >= 0 && b >= 0) return Float64Array.of(a, b, c);
	const kept = a < 0 ? 1 : 0;
	const [slope, offset] = fitLogisticLine([rising[kept], one], targets, weights) as unknown as Line;
	const factor = Math.max(0, slope);
	return kept ? Float64Array.of(0, factor, offset) : Float64Array.of(factor, 0, offset);
}

type Line = [number, number, number];

const logOf = (chance: number): number => Math.log(Math.max(SUREST, chance));
