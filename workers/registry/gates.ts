import type { Figure, Gate, ModelCard } from '$lib/contracts';

/** An 80 % interval that holds less than this much of the truth misleads. */
const LEAST_COVERAGE = 0.7;
/** Fewer cases than this say nothing about an interval. */
const ENOUGH_CASES = 20;

type Judged = Pick<ModelCard, 'backtest' | 'features' | 'suspects'>;

/**
 * What a version must pass on its way to production. A NaN never passes.
 *
 * `target` is what the project was founded on; where a manager's own books can't reach it, a person
 * may promote the version all the same, but never one that loses to the naive baseline or leaks.
 */
export function gatesOf({ backtest, features, suspects }: Judged): Gate[] {
	const [deciding] = backtest.figures;
	// A refused column that the model does not use is evidence, not a leak.
	const refused = suspects.filter(
		({ column, verdict }) => verdict === 'refused' && features.includes(column),
	).length;
	return [
		{
			name: 'beats-naive',
			hard: true,
			passed: backtest.beatsNaive && deciding !== undefined && betterThan(deciding, deciding.naive),
			figure: deciding?.name ?? '',
			value: deciding?.value ?? Number.NaN,
			bound: deciding?.naive ?? Number.NaN,
		},
		{ name: 'no-leak', hard: true, passed: refused === 0, figure: '', value: refused, bound: 0 },
		...coverageGate(backtest.coverage),
		...backtest.figures.filter(({ target }) => !Number.isNaN(target)).map(targetGate),
	];
}

export const passesHard = (gates: readonly Gate[]): boolean =>
	gates.every(({ hard, passed }) => passed || !hard);

export const passesAll = (gates: readonly Gate[]): boolean => gates.every(({ passed }) => passed);

function coverageGate({ held, promised, count }: ModelCard['backtest']['coverage']): Gate[] {
	if (Number.isNaN(promised) || count < ENOUGH_CASES) return [];
	return [
		{
			name: 'interval-holds',
			hard: false,
			passed: held >= promised - (0.8 - LEAST_COVERAGE),
			figure: 'coverage',
			value: held,
			bound: promised - (0.8 - LEAST_COVERAGE),
		},
	];
}

const targetGate = (figure: Figure): Gate => ({
	name: 'target',
	hard: false,
	passed: betterThan(figure, figure.target),
	figure: figure.name,
	value: figure.value,
	bound: figure.target,
});

/** False for NaN on either side. */
const betterThan = ({ value, better }: Figure, bound: number): boolean =>
	better === 'lower' ? value < bound : value > bound;
