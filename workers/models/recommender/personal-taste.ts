import type {
	Explanation,
	FeatureName,
	ForYou,
	ForYouRequest,
	RankedHome,
	Reason,
	TasteEdit,
	TasteWeight,
} from '$lib/contracts';
import { FittedLinear } from '$workers/learners/bayesian-linear';
import { seededRandom } from '$workers/math/random';
import { topPlaces } from '$workers/math/top';
import { ActLedger, type LedgerChange } from './act-ledger';
import type { TasteAct } from './acts';
import { type AppliedWeights, applyEdits, fitOf, fitsOf } from './applied-weights';
import type { CatalogueModel } from './catalogue-model';
import { briefly, contributionsOf } from './contributions';
import { Evidence } from './evidence';
import { ExploringPolicy, type Placed } from './exploration';
import { type Leaning, leaningOf } from './leanings';
import { DAY_MILLISECONDS, observationsOf } from './observations';
import { PAIR_STEPS, informativePair } from './pairs';
import { reasonFor } from './reasons';
import { tasteWeights } from './taste-summary';
import { VariedOrder } from './varied-order';

/** Named in every impression: which rules ordered the list. */
export const RANKER = 'taste-1';

/** A home of the list; the row stands for the property's number. */
export interface RankedRow extends Omit<RankedHome, 'property'> {
	readonly row: number;
}

export interface RankedRows extends Pick<ForYou, 'ranker' | 'learnedFrom' | 'neighbourhoods'> {
	readonly homes: readonly RankedRow[];
}

/** Homes that may be explored: every so many of the best, down to this place. */
const POOL = 48;
const POOL_REACH = 960;
/** Of how many homes a place chooses from the best, at no and at full variety. */
const CANDIDATES = { least: 4, more: 12 };
const DIFFERENT_AMONG = 20;

/**
 * One person's taste over one catalogue: learns from acts, forgets them, takes the person's own word,
 * and ranks. Synchronous and without storage. What an act costs does not depend on how many came
 * before; the state depends on which acts are known, not on their order.
 */
export class PersonalTaste {
	readonly #model: CatalogueModel;
	readonly #head: FittedLinear;
	readonly #ledger = new ActLedger();
	readonly #evidence: Evidence;
	#edits: ReadonlyMap<string, TasteEdit> = new Map();
	#applied: AppliedWeights | undefined;
	#fits: Float64Array | undefined;

	/** @param now UTC milliseconds: what age is counted from */
	constructor(model: CatalogueModel, now: number) {
		this.#model = model;
		this.#head = new FittedLinear(model.prior, {
			halfLifeDays: model.settings.halfLifeDays,
			asOf: dayOf(now),
			noise: model.settings.noise,
		});
		this.#evidence = new Evidence(model.features.rows);
	}

	/** A taste over the same catalogue that has learned nothing yet. */
	blank(now: number): PersonalTaste {
		return new PersonalTaste(this.#model, now);
	}

	/** What it knows of the catalogue. */
	get model(): CatalogueModel {
		return this.#model;
	}

	/** Acts that count, impressions left out. */
	get learnedFrom(): number {
		return this.#evidence.acts;
	}

	/** Learns from acts; one that is known already changes nothing. */
	observe(acts: readonly TasteAct[]): void {
		this.#change(this.#ledger.add(acts));
	}

	/** Leaves what never knowing these acts would have left. */
	forget(sequences: readonly number[]): void {
		this.#change(this.#ledger.remove(sequences));
	}

	/** All that the person has said of features; replaces what was said before. */
	edit(edits: readonly TasteEdit[]): void {
		this.#edits = new Map(edits.map((edit) => [edit.key, edit]));
		this.#reset();
	}

	/** The fit of every row. */
	fits(now: number): Float64Array {
		this.#advance(now);
		this.#fits ??= fitsOf(this.#model, this.#weights());
		return this.#fits;
	}

	/**
	 * The list, deterministic for one seed: best first, varied as asked, with some places given to
	 * homes that the model is unsure of.
	 *
	 * @param hidden rows that are not to be shown, e.g. dismissed ones
	 */
	forYou(request: ForYouRequest, hidden: Iterable<number> = []): RankedRows {
		const { count, variety, now, seed } = request;
		const open = this.fits(now).slice();
		for (const row of hidden) open[row] = Number.NEGATIVE_INFINITY;
		const ranking = topPlaces(
			open,
			Math.max(count * (CANDIDATES.least + CANDIDATES.more), POOL_REACH),
		);
		const spread = Math.ceil(count * (CANDIDATES.least + CANDIDATES.more * variety));
		const order = new VariedOrder(this.#model, ranking.subarray(0, spread), open, variety);
		const policy = new ExploringPolicy(this.#pool(ranking), seededRandom(seed));
		const homes: RankedRow[] = [];
		for (let first = order.next(); first !== undefined; first = order.next()) {
			if (homes.length >= count) break;
			const placed = policy.place(first);
			order.take(placed.row);
			homes.push(this.#ranked(placed));
		}
		const { neighbourhoods } = this.#model;
		const first = homes.slice(0, DIFFERENT_AMONG).map(({ row }) => neighbourhoods[row]);
		return {
			homes,
			ranker: RANKER,
			learnedFrom: this.learnedFrom,
			neighbourhoods: new Set(first).size,
		};
	}

	/** What the model says of one home, whole. */
	explain(row: number, now: number): Explanation {
		const fits = this.fits(now);
		const fit = fits[row] as number;
		const parts = contributionsOf(this.#model, this.#weights(), row);
		return {
			fit,
			uncertainty: this.#head.deviation(this.#model.features.rows, row),
			contributions: parts,
			reason: this.#reason(row, parts),
			percentile: fits.filter((other) => other < fit).length / fits.length,
		};
	}

	/** What was learned, in words and weights. */
	weights(now: number): readonly TasteWeight[] {
		this.#advance(now);
		return tasteWeights({
			model: this.#model,
			head: this.#head,
			evidence: this.#evidence,
			applied: this.#weights(),
			edits: this.#edits,
		});
	}

	/** What is made of a feature, by its key, or of the best of a group; absent where unknown. */
	leaning(tag: string, now: number): Leaning | undefined {
		this.#advance(now);
		return leaningOf(
			{
				model: this.#model,
				head: this.#head,
				applied: this.#weights(),
				evidence: this.#evidence,
				edits: this.#edits,
			},
			tag,
		);
	}

	/**
	 * "Which of these two?": rows for step 1 to 5, `null` after. What is chosen and passed comes back
	 * as acts.
	 */
	pair(
		step: number,
		seed: number,
		now: number,
		hidden: Iterable<number> = [],
	): readonly [left: number, right: number] | null {
		if (step < 1 || step > PAIR_STEPS) return null;
		const open = this.fits(now).slice();
		const asked = [...this.#evidence.homes('choose'), ...this.#evidence.homes('pass')];
		for (const row of [...hidden, ...asked]) open[row] = Number.NEGATIVE_INFINITY;
		return informativePair(this.#model, this.#head, open, seededRandom(`${seed}/${step}`));
	}

	#change({ begin, cease }: LedgerChange): void {
		this.#head.forget(observationsOf(this.#model, cease));
		this.#head.update(observationsOf(this.#model, begin));
		for (const act of cease) this.#evidence.remove(act);
		for (const act of begin) this.#evidence.add(act);
		this.#reset();
	}

	#advance(now: number): void {
		const day = dayOf(now);
		if (day === this.#head.asOf) return;
		this.#head.advance(day);
		this.#reset();
	}

	#reset(): void {
		this.#applied = undefined;
		this.#fits = undefined;
	}

	#weights(): AppliedWeights {
		this.#applied ??= applyEdits(this.#model, this.#head.weights(), [...this.#edits.values()]);
		return this.#applied;
	}

	#pool(ranking: Uint32Array): Map<number, number> {
		const step = Math.max(1, Math.floor(ranking.length / POOL));
		const rows = ranking.filter((_, place) => place % step === 0).subarray(0, POOL);
		const deviation = (row: number) => this.#head.deviation(this.#model.features.rows, row);
		return new Map(Array.from(rows, (row) => [row, deviation(row)]));
	}

	#ranked({ row, propensity, exploration }: Placed): RankedRow {
		const fit = fitOf(this.#model, this.#weights(), row);
		const parts = contributionsOf(this.#model, this.#weights(), row);
		return {
			row,
			fit,
			uncertainty: this.#head.deviation(this.#model.features.rows, row),
			contributions: briefly(parts, fit),
			reason: exploration ? this.#unsure(row) : this.#reason(row, parts),
			propensity,
			exploration,
		};
	}

	#reason(row: number, parts: Explanation['contributions']): Reason {
		const edited = new Set(this.#edits.keys());
		return reasonFor(this.#model, this.#evidence, row, parts, edited);
	}

	/** The readable feature of a home of which the model is least sure. */
	#unsure(row: number): Reason {
		const { features, named } = this.#model;
		const { starts, columns } = features.rows;
		let least: FeatureName | undefined;
		let widest = 0;
		for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
			const feature = features.features[columns[at] as number];
			const known = feature && named.get(feature.key);
			if (!known || feature.group === 'stay') continue;
			const lift = known.set.lifts[known.place * known.set.columns.length + known.place] as number;
			const deviation = this.#head.directionDeviation([[known.column, lift]]);
			if (deviation <= widest) continue;
			widest = deviation;
			least = feature;
		}
		return { kind: 'exploration', features: least ? [least] : [] };
	}
}

const dayOf = (instant: number) => Math.floor(instant / DAY_MILLISECONDS);
