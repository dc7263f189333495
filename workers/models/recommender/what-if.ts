import type { ActKind, TasteEdit } from '$lib/contracts';
import type { FittedLinear } from '$workers/learners/bayesian-linear';
import { rowDot } from '$workers/table/sparse';
import type { ActLedger } from './act-ledger';
import { type TasteAct, signalOf } from './acts';
import { type AppliedWeights, applyEdits, fitsOf } from './applied-weights';
import type { ByHistory, HistoryParts } from './by-history';
import type { CatalogueModel } from './catalogue-model';
import { type Carrying, type WhatIf, type Without, carriedBy } from './counterfactuals';
import { observationsOf } from './observations';

/** While one of these stands, a home is not suggested: what the scoring worker hides, from the same acts. */
const PUTS_ASIDE: readonly ActKind[] = ['save', 'dismiss'];

/** A taste as it stands. */
export interface TasteAsItStands {
	readonly model: CatalogueModel;
	readonly head: FittedLinear;
	readonly ledger: ActLedger;
	readonly byHistory: ByHistory;
	readonly edits: readonly TasteEdit[];
	readonly applied: AppliedWeights;
	readonly fits: Float64Array;
}

/** What can be asked of a taste about one row, all on copies. */
export function whatIfOf(taste: TasteAsItStands, row: number): WhatIf {
	const { applied, byHistory, edits, fits, head, model } = taste;
	return {
		model,
		applied,
		fits,
		edits,
		carrying: carryingOf(taste, row),
		without: (sequences) => without(taste, sequences),
		fitsWith: (changed) =>
			fitsOf(model, applyEdits(model, head.weights(), changed, byHistory.fits())),
	};
}

/** What each act that counts adds to the fit of a row: by the home's nature, by others, by likeness. */
function carryingOf(
	{ applied, byHistory, head, ledger, model }: TasteAsItStands,
	row: number,
): Carrying[] {
	const { features, prior } = model;
	const acts = [...ledger.standing.values()].flatMap((own) => [...own]);
	const weights = head.weights();
	const usual = prior.means.reduce(
		(sum, mean, column) => sum + mean * (weights[column] as number),
		0,
	);
	const contentFit = (home: number) => rowDot(features.rows, home, weights) - usual;
	const carrying = carriedBy(model, acts, contentFit, head.covariances(features.rows, row));
	const byRow = carriedByStays(applied, byHistory.parts(row));
	return carrying.map(({ act, carries }) => {
		const { target, weight } = signalOf(act) ?? { target: 0, weight: 0 };
		return { act, carries: carries + target * weight * (byRow.get(act.row) ?? 0) };
	});
}

/** What the acts on each home of the history add for every observation that they still weigh. */
function carriedByStays(applied: AppliedWeights, { likeness, others }: HistoryParts) {
	const byRow = new Map<number, number>();
	others?.history.forEach(({ row, weight }, i) => {
		const share = (others.shares.also[i] as number) + (others.shares.next[i] as number);
		byRow.set(row, ((applied.others?.factor ?? 0) * share) / weight);
	});
	for (const { gain, row, weight } of likeness?.stays ?? [])
		byRow.set(row, (byRow.get(row) ?? 0) + ((applied.likeness?.factor ?? 0) * gain) / weight);
	return byRow;
}

function without(
	{ byHistory, edits, head: known, ledger, model }: TasteAsItStands,
	sequences: readonly number[],
): Without {
	const left = ledger.without(sequences);
	const { begin, cease } = ledger.difference(left);
	const head = known.copy();
	head.forget(observationsOf(model, cease));
	head.update(observationsOf(model, begin));
	const standing = new Map([...ledger.standing, ...left]);
	return {
		fits: fitsOf(model, applyEdits(model, head.weights(), edits, byHistory.fitsIf(standing))),
		reopened: [...left.keys()].filter(
			(row) => putsAside(ledger.standing.get(row)) && !putsAside(left.get(row)),
		),
	};
}

const putsAside = (acts: ReadonlySet<TasteAct> = new Set()) =>
	[...acts].some(({ kind }) => PUTS_ASIDE.includes(kind));
