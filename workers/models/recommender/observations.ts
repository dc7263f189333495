import type { LinearObservations } from '$workers/learners/bayesian-linear';
import { type SparseRow, sparseRows } from '$workers/table/sparse';
import { BLAMED, type TasteAct, signalOf } from './acts';
import type { CatalogueModel } from './catalogue-model';

export const DAY_MILLISECONDS = 86_400_000;

/** How much a dismissal with a reason says of the home as a whole, against one without. */
const WHOLE_HOME_SHARE = 0.25;

interface Observation {
	readonly row: SparseRow;
	readonly target: number;
	readonly weight: number;
	readonly instant: number;
}

/** Acts that count, as what the personal head learns from. */
export function observationsOf(
	model: CatalogueModel,
	acts: readonly TasteAct[],
): LinearObservations {
	const observations = acts.flatMap((act) => observationsOfAct(model, act));
	return {
		rows: sparseRows(
			observations.map(({ row }) => row),
			model.features.rows.width,
		),
		targets: Float64Array.from(observations, ({ target }) => target),
		weights: Float64Array.from(observations, ({ weight }) => weight),
		days: Float64Array.from(observations, ({ instant }) => Math.floor(instant / DAY_MILLISECONDS)),
	};
}

function observationsOfAct(model: CatalogueModel, act: TasteAct): Observation[] {
	const signal = signalOf(act);
	if (!signal) return [];
	const { target, weight } = signal;
	const whole = { row: wholeRow(model, act.row), target, weight, instant: act.instant };
	const blamed = act.reason && act.kind === 'dismiss' ? BLAMED[act.reason] : [];
	if (blamed.length === 0) return [whole];
	const groups = new Set<string>(blamed);
	return [
		{ ...whole, row: blamedRow(model, act.row, groups) },
		{ ...whole, weight: weight * WHOLE_HOME_SHARE },
	];
}

function wholeRow({ features: { rows } }: CatalogueModel, row: number): [number, number][] {
	const pairs: [number, number][] = [];
	for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++)
		pairs.push([rows.columns[at] as number, rows.values[at] as number]);
	return pairs;
}

/** The home in what is blamed, the average home in all else, so that nothing is learned of that. */
function blamedRow(model: CatalogueModel, row: number, groups: ReadonlySet<string>): SparseRow {
	const { features, prior } = model;
	const isBlamed = (column: number) => groups.has(features.features[column]?.group ?? '');
	const own = wholeRow(model, row).filter(([column]) => isBlamed(column));
	const usual = Array.from(prior.together)
		.filter((column) => !isBlamed(column))
		.map((column) => [column, prior.means[column] as number] as const);
	return [...own, ...usual];
}
