import type { Matrix } from '$workers/table/matrix';
import { decodePlain, encodePlain } from '$workers/table/plain';
import type { Contributions, Explains, Fitted } from '../contract';
import type { FittedTabular, Predictions } from '../tabular';
import { type BlendLoss, LEARNERS, type LearnerName, viewFrom } from './member';
import type { FittedView, ViewState } from './view';

/** A fitted member, the view that it sees, and its share of the score. */
export interface BlendPart {
	readonly member: string;
	readonly learner: LearnerName;
	readonly view: FittedView;
	readonly fitted: FittedTabular;
	readonly weight: number;
	/** That the fit came to; 0 for a learner without. */
	readonly rounds: number;
}

/** How it was adapted to drift. */
export interface DriftChoices {
	/** Columns that are not looked at, since they say no more than when a row was. */
	readonly leftOut: readonly string[];
	/** Days in which a row loses half its weight; 0 for never. */
	readonly halfLife: number;
}

/** What a fit found out on rows that it held out, by name of the member. */
export interface BlendPlan {
	readonly rounds: Readonly<Record<string, number>>;
	readonly weights: Readonly<Record<string, number>>;
	readonly intercept: number;
	readonly choices: DriftChoices;
}

export interface BlendModel {
	readonly loss: BlendLoss;
	readonly intercept: number;
	/** Names of the columns that it was fitted on. */
	readonly columns: readonly string[];
	readonly parts: readonly BlendPart[];
	readonly choices: DriftChoices;
}

const KIND = 'blend';

/** A weighted sum of scores. Contributions of derived columns go to the columns they come from. */
export class FittedBlend implements Fitted<Matrix, Predictions>, Explains<Matrix> {
	readonly #model: BlendModel;

	constructor(model: BlendModel) {
		this.#model = model;
	}

	/** Share of each member in the score. */
	get weights(): Readonly<Record<string, number>> {
		const weights: Record<string, number> = {};
		for (const { member, weight } of this.#model.parts)
			weights[member] = (weights[member] ?? 0) + weight;
		return weights;
	}

	/** From which the same blend can be fitted on more rows. */
	get plan(): BlendPlan {
		const { parts, intercept, choices } = this.#model;
		const rounds = Object.fromEntries(parts.map((part) => [part.member, part.rounds]));
		return { rounds, weights: this.weights, intercept, choices };
	}

	get choices(): DriftChoices {
		return this.#model.choices;
	}

	async predict(query: Matrix): Promise<Predictions> {
		const { intercept, loss } = this.#model;
		const scores = new Float64Array(query.count).fill(intercept);
		await this.#eachPart(query, async ({ fitted, weight }, seen) => {
			const own = (await fitted.predict(seen)).scores;
			for (let row = 0; row < scores.length; row++)
				scores[row] = (scores[row] as number) + weight * (own[row] as number);
		});
		return { scores, values: loss === 'logistic' ? scores.map(chanceOf) : scores };
	}

	async explain(query: Matrix): Promise<Contributions> {
		const { columns, intercept } = this.#model;
		const names = [...columns, 'base'];
		const width = names.length;
		const values = new Float64Array(query.count * width);
		for (let row = 0; row < query.count; row++) values[row * width + width - 1] = intercept;
		await this.#eachPart(query, async ({ fitted, view, weight }, seen) => {
			if (!fitted.explain) throw new RangeError('a learner of this blend explains nothing');
			const own = await fitted.explain(seen);
			const target = own.names.map((name, i) =>
				name === 'base' ? width - 1 : columns.indexOf(view.sources[i] as string),
			);
			for (let row = 0; row < query.count; row++)
				target.forEach((place, i) => {
					const to = row * width + place;
					const share = own.values[row * target.length + i] as number;
					values[to] = (values[to] as number) + weight * share;
				});
		});
		return { names, values };
	}

	/** Parts that weigh something, each with the rows as it sees them. */
	async #eachPart(query: Matrix, visit: (part: BlendPart, seen: Matrix) => Promise<void>) {
		const seen = new Map<FittedView, Matrix>();
		for (const part of this.#model.parts) {
			if (part.weight === 0) continue;
			const own = seen.get(part.view) ?? part.view.apply(query);
			seen.set(part.view, own);
			await visit(part, own);
		}
	}

	toBuffer(): ArrayBuffer {
		const { loss, intercept, columns, parts, choices } = this.#model;
		const views = [...new Set(parts.map(({ view }) => view))];
		return encodePlain({
			kind: KIND,
			loss,
			intercept,
			columns,
			choices,
			views: views.map(({ state }) => state),
			parts: parts.map(({ member, learner, view, fitted, weight, rounds }) => ({
				member,
				rounds,
				learner,
				weight,
				view: views.indexOf(view),
				bytes: new Uint8Array(fitted.toBuffer()),
			})),
		});
	}

	dispose(): void {
		for (const { fitted } of this.#model.parts) fitted.dispose();
	}
}

/** The inverse of `toBuffer`; a RangeError where the bytes are not of a blend. */
export function blendFrom(buffer: ArrayBuffer): FittedBlend {
	const plain = decodePlain(buffer) as Partial<StoredBlend> | null;
	if (plain?.kind !== KIND || !plain.views || !plain.parts || !plain.columns || !plain.loss)
		throw new RangeError('the bytes are not of a blend: train it again');
	const views = plain.views.map(viewFrom);
	const parts = plain.parts.map(({ member, learner, weight, rounds, view, bytes }): BlendPart => {
		const from = LEARNERS[learner];
		const own = views[view];
		if (!from || !own) throw new RangeError('the blend names a learner that is not known');
		return { member, learner, weight, rounds, view: own, fitted: from(bytes.slice().buffer) };
	});
	const { loss, columns, intercept = 0, choices = { leftOut: [], halfLife: 0 } } = plain;
	return new FittedBlend({ loss, intercept, columns, parts, choices });
}

interface StoredBlend {
	readonly kind: string;
	readonly loss: BlendLoss;
	readonly intercept: number;
	readonly columns: readonly string[];
	readonly choices: DriftChoices;
	readonly views: readonly ViewState[];
	readonly parts: readonly {
		readonly member: string;
		readonly learner: LearnerName;
		readonly weight: number;
		readonly rounds: number;
		readonly view: number;
		readonly bytes: Uint8Array;
	}[];
}

const chanceOf = (score: number): number => 1 / (1 + Math.exp(-score));
