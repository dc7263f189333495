/** What a price does: how demand answers to the logarithm of price over the usual price. */
export interface PriceEffect {
	/** Of all properties: below zero where demand falls with price. */
	readonly mean: number;
	readonly deviation: number;
	/** Property by property, pulled to the mean where there is little of its own. */
	readonly own: Float64Array;
	readonly ownDeviation: Float64Array;
}

export interface EffectRows {
	/** Demand at the usual price, as log-odds or as the logarithm of a mean; told by others' rows. */
	readonly offsets: Float64Array;
	/** Logarithm of the price over the usual price. */
	readonly residuals: Float64Array;
	readonly outcomes: Float64Array;
	readonly property: Uint32Array;
	/** Rows that moved together (a property's week): noise is counted by these. */
	readonly cluster: Uint32Array;
	readonly properties: number;
	readonly link: 'logit' | 'log';
}

/** How far a property's own effect may lie from the mean, as a share of it. */
const OWN_SPREAD = 0.35;
/** A weak belief that demand falls about as fast as price rises: Andreyeva et al. 2010 list -0.3 to -2 for services. */
const PRIOR = { mean: -1, deviation: 3 } as const;
const STEPS = 25;

/**
 * A partly linear model: offset plus effect times residual, after Robinson (1988) and the orthogonal
 * scores of Chernozhukov et al. (2018): both sides had what the calendar explains taken out, so that
 * high season is not taken for an effect of its prices. Newton's method; errors by clusters (Liang
 * and Zeger 1986).
 */
export function priceEffect(rows: EffectRows): PriceEffect {
	const every = Uint32Array.from(rows.outcomes, (_, row) => row);
	const first = newton(rows, every, PRIOR, 1);
	const inflation = clusterInflation(rows, first.value);
	const all = newton(rows, every, PRIOR, inflation);
	const belief = { mean: all.value, deviation: Math.hypot(OWN_SPREAD * all.value, all.deviation) };
	const own = rowsByProperty(rows).map((some) => newton(rows, some, belief, inflation));
	return {
		mean: all.value,
		deviation: all.deviation,
		own: Float64Array.from(own, ({ value }) => value),
		ownDeviation: Float64Array.from(own, ({ deviation }) => deviation),
	};
}

interface Belief {
	readonly mean: number;
	readonly deviation: number;
}

/** Most probable effect of some rows under a belief, and its standard deviation. */
function newton(
	rows: EffectRows,
	some: ArrayLike<number>,
	belief: Belief,
	inflation: number,
): { readonly value: number; readonly deviation: number } {
	const precision = 1 / belief.deviation ** 2;
	let value = belief.mean;
	let information = precision;
	for (let step = 0; step < STEPS; step++) {
		let slope = -precision * (value - belief.mean);
		information = precision;
		for (let i = 0; i < some.length; i++) {
			const row = some[i] as number;
			const residual = rows.residuals[row] as number;
			const { mean, variance } = expected(rows, row, value);
			slope += (((rows.outcomes[row] as number) - mean) * residual) / inflation ** 2;
			information += (variance * residual * residual) / inflation ** 2;
		}
		const change = slope / information;
		value += Math.max(-1, Math.min(1, change));
		if (Math.abs(change) < 1e-9) break;
	}
	return { value, deviation: 1 / Math.sqrt(information) };
}

function expected(rows: EffectRows, row: number, effect: number) {
	const score = (rows.offsets[row] as number) + effect * (rows.residuals[row] as number);
	if (rows.link === 'log') {
		const mean = Math.exp(score);
		return { mean, variance: mean };
	}
	const mean = 1 / (1 + Math.exp(-score));
	return { mean, variance: mean * (1 - mean) };
}

/** By how much errors are larger than if every row stood for itself; at least 1. */
function clusterInflation(rows: EffectRows, effect: number): number {
	const scores = new Map<number, number>();
	let alone = 0;
	for (let row = 0; row < rows.outcomes.length; row++) {
		const residual = rows.residuals[row] as number;
		const { mean, variance } = expected(rows, row, effect);
		const cluster = rows.cluster[row] as number;
		const score = ((rows.outcomes[row] as number) - mean) * residual;
		scores.set(cluster, (scores.get(cluster) ?? 0) + score);
		alone += variance * residual * residual;
	}
	const together = [...scores.values()].reduce((sum, score) => sum + score * score, 0);
	return alone > 0 ? Math.max(1, Math.sqrt(together / alone)) : 1;
}

function rowsByProperty({ properties, property }: EffectRows): number[][] {
	const found: number[][] = Array.from({ length: properties }, () => []);
	property.forEach((of, row) => found[of]?.push(row));
	return found;
}
