import type { Random } from '$workers/math/random';
import { type Choice, fitChoices } from '$workers/models/recommender/blend-choices';
import { FEATURES, FEATURE_COUNT, type Source } from './choice-features';
import type { Reviewer } from './reviews';

/** One reviewer as they are served, with the features of every home (`ChoiceFeatures`). */
export interface Case {
	readonly reviewer: Reviewer;
	readonly features: Float32Array;
	/** A blend is never fitted on reviewers of the fold that it scores. */
	readonly fold: number;
}

export const FOLDS = 5;
/** Homes drawn by lot that stand for all that were not chosen. */
const DRAWN = 250;
const PENALTY = 1;

/** A sum of features of some sources, one set of weights for each fold. */
export class FoldedBlend {
	readonly #columns: readonly number[];
	readonly #weights: readonly Float64Array[];

	constructor(drawn: readonly DrawnChoice[], sources: readonly Source[]) {
		this.#columns = FEATURES.flatMap(([, source], column) =>
			sources.includes(source) ? [column] : [],
		);
		this.#weights = Array.from({ length: FOLDS }, (_, fold) =>
			fitChoices(
				drawn.filter((choice) => choice.fold !== fold).map((choice) => this.#narrow(choice)),
				{ size: this.#columns.length, penalty: PENALTY },
			),
		);
	}

	/** Of every home, by the weights that other folds chose. */
	scores({ features, fold }: Case): Float64Array {
		const weights = this.#weights[fold];
		if (!weights) throw new RangeError('there is no such fold');
		return Float64Array.from({ length: features.length / FEATURE_COUNT }, (_, home) =>
			this.#columns.reduce(
				(sum, column, k) =>
					sum + (features[home * FEATURE_COUNT + column] as number) * (weights[k] as number),
				0,
			),
		);
	}

	#narrow({ rows }: DrawnChoice): Choice {
		const homes = rows.length / FEATURE_COUNT;
		const narrow = new Float32Array(homes * this.#columns.length);
		for (let home = 0; home < homes; home++)
			this.#columns.forEach((column, k) => {
				narrow[home * this.#columns.length + k] = rows[home * FEATURE_COUNT + column] as number;
			});
		return { rows: narrow };
	}
}

export interface DrawnChoice extends Choice {
	readonly fold: number;
}

/** What the reviewer chose at last, against homes drawn from all others that they did not know. */
export function drawChoice({ reviewer, features, fold }: Case, random: Random): DrawnChoice {
	const taken = new Set([...reviewer.history.map(({ row }) => row), reviewer.held]);
	const open = Array.from({ length: features.length / FEATURE_COUNT }, (_, home) => home).filter(
		(home) => !taken.has(home),
	);
	const count = Math.min(DRAWN, open.length);
	for (let i = 0; i < count; i++) {
		const other = i + Math.floor(random.next() * (open.length - i));
		[open[i], open[other]] = [open[other] as number, open[i] as number];
	}
	const rows = new Float32Array((count + 1) * FEATURE_COUNT);
	[reviewer.held, ...open.slice(0, count)].forEach((home, i) => {
		const from = home * FEATURE_COUNT;
		rows.set(features.subarray(from, from + FEATURE_COUNT), i * FEATURE_COUNT);
	});
	return { rows, fold };
}
