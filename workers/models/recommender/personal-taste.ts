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
import { rowDot } from '$workers/table/sparse';
import { ActLedger, type LedgerChange, type StandingActs } from './act-ledger';
import { type TasteAct, signalOf } from './acts';
import {
	type AppliedWeights,
	type FitSources,
	applyEdits,
	fitOf,
	fitSources,
	fitsOf,
	OTHERS_KEY,
} from './applied-weights';
import type { CatalogueModel } from './catalogue-model';
import { type OthersParts, briefly, contributionsOf } from './contributions';
import {
	type Carrying,
	type CounterfactualRow,
	type WhatIf,
	carriedBy,
	counterfactualsOf,
	placeOf,
} from './counterfactuals';
import { Evidence } from './evidence';
import {
	ExploringPolicy,
	type Placed,
	type PoolDraws,
	TasteNoise,
	drawScores,
} from './exploration';
import { type Leaning, leaningOf } from './leanings';
import { tilt } from './novelty';
import { DAY_MILLISECONDS, observationsOf } from './observations';
import type { Others, OwnStay } from './others';
import { OwnHistory, ownHistory } from './own-history';
import { PAIR_STEPS, informativePair } from './pairs';
import { reasonFor } from './reasons';
import { tasteWeights } from './taste-summary';
import { VariedOrder } from './varied-order';

/** Named in every impression: which rules ordered the list. */
const RANKER = 'taste-2';

/** A home of the list; the row stands for the property's number. */
export interface RankedRow extends Omit<RankedHome, 'property'> {
	readonly row: number;
}

export interface RankedRows extends Omit<ForYou, 'homes' | 'milliseconds'> {
	readonly homes: readonly RankedRow[];
}

/** Homes that may be explored: every so many of the best, down to this place. */
const POOL = 48;
const POOL_REACH = 960;
/** Of how many homes a place chooses from the best, at no and at full variety. */
const CANDIDATES = { least: 4, more: 12 };
const COUNTED_AMONG = 20;

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
	readonly #others: Others | null;
	#stays: OwnHistory | undefined;
	#history: readonly OwnStay[] | undefined;
	#othersFits: Float64Array | undefined;
	/** As the list weighs them; written anew for every list. */
	#open: Float64Array | undefined;
	#noise = new TasteNoise(0);
	/** Counts changes: who answers in steps must not mix two states. */
	#state = 0;

	/**
	 * @param now UTC milliseconds: what age is counted from
	 * @param others what others' behaviour teaches, where a pack is kept
	 */
	constructor(model: CatalogueModel, now: number, others: Others | null = null) {
		this.#model = model;
		this.#others = others;
		this.#head = new FittedLinear(model.prior, {
			halfLifeDays: model.settings.halfLifeDays,
			asOf: dayOf(now),
			noise: model.settings.noise,
		});
		this.#evidence = new Evidence(model.features.rows);
	}

	/** A taste over the same catalogue that has learned nothing yet. */
	blank(now: number): PersonalTaste {
		return new PersonalTaste(this.#model, now, this.#others);
	}

	/** What it knows of the catalogue. */
	get model(): CatalogueModel {
		return this.#model;
	}

	/** What others' behaviour teaches; `null` without a pack, and where the person has switched it off. */
	get others(): Others | null {
		return this.#edits.get(OTHERS_KEY)?.off ? null : this.#others;
	}

	/** Named in every impression: which rules ordered the list, and which pack. */
	get ranker(): string {
		return this.#others ? `${RANKER}+pack${this.#others.version}` : RANKER;
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

	/** Where the fit of every row comes from: the person's own word and acts, popularity, others. */
	sources(now: number): FitSources {
		const fits = this.fits(now);
		return fitSources(this.#model, this.#weights(), fits);
	}

	/**
	 * The list, deterministic for one seed: best first, varied as asked, with some places given to
	 * homes that the model is unsure of.
	 *
	 * @param hidden rows that are not to be shown, e.g. dismissed ones
	 */
	forYou(request: ForYouRequest, hidden: Iterable<number> = []): RankedRows {
		const { count, variety, novelty, now, seed } = request;
		const open = this.#copied(this.fits(now));
		tilt(open, this.#model.familiarity, novelty);
		for (const row of hidden) open[row] = Number.NEGATIVE_INFINITY;
		const ranking = topPlaces(
			open,
			Math.max(count * (CANDIDATES.least + CANDIDATES.more), POOL_REACH),
		);
		const spread = Math.ceil(count * (CANDIDATES.least + CANDIDATES.more * variety));
		const order = new VariedOrder(this.#model, ranking.subarray(0, spread), open, variety);
		const policy = new ExploringPolicy(this.#pool(ranking, open, seed), seededRandom(seed));
		const homes: RankedRow[] = [];
		for (let first = order.next(); first !== undefined; first = order.next()) {
			if (homes.length >= count) break;
			const placed = policy.place(first);
			order.take(placed.row);
			homes.push(this.#ranked(placed));
		}
		const { familiarity, neighbourhoods } = this.#model;
		const first = homes.slice(0, COUNTED_AMONG).map(({ row }) => row);
		return {
			homes,
			ranker: this.ranker,
			learnedFrom: this.learnedFrom,
			neighbourhoods: new Set(first.map((row) => neighbourhoods[row])).size,
			littleKnown: first.filter((row) => familiarity.littleKnown[row]).length,
		};
	}

	/**
	 * What the model says of one home, whole.
	 *
	 * @param hidden rows that are not to be suggested: they take no place
	 */
	explain(row: number, now: number, hidden: Iterable<number> = []): Explanation {
		const fits = this.fits(now);
		const fit = fits[row] as number;
		const parts = this.#parts(row);
		const closed = this.#closed(hidden, row);
		return {
			fit,
			uncertainty: this.#head.deviation(this.#model.features.rows, row),
			contributions: parts,
			reason: this.#reason(row, parts),
			percentile: countBelow(fits, fit) / fits.length,
			place: placeOf(fits, { closed, row }),
			among: closed.reduce((open, one) => open - one, fits.length),
		};
	}

	/**
	 * What would move one home, found by doing it on a copy. In steps of a few milliseconds, so that the
	 * list is never waited for; nothing is told where the taste changes meanwhile.
	 *
	 * @param hidden rows that are not to be suggested: they take no place
	 */
	*counterfactuals(
		row: number,
		now: number,
		hidden: Iterable<number> = [],
	): Generator<undefined, CounterfactualRow[]> {
		const whatIf = this.#whatIf(row, now);
		const state = this.#state;
		const steps = counterfactualsOf(whatIf, { closed: this.#closed(hidden, row), row });
		for (let step = steps.next(); ; step = steps.next()) {
			if (step.done) return step.value;
			yield;
			if (this.#state !== state) return [];
		}
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
		for (const row of new Set([...cease, ...begin].map((act) => act.row)))
			this.#stays?.set(row, this.#ledger.standing.get(row) ?? []);
		this.#history = undefined;
		this.#reset();
	}

	#advance(now: number): void {
		const day = dayOf(now);
		if (day === this.#head.asOf) return;
		this.#head.advance(day);
		this.#stays = undefined;
		this.#history = undefined;
		this.#reset();
	}

	#reset(): void {
		this.#state++;
		this.#applied = undefined;
		this.#fits = undefined;
	}

	#weights(): AppliedWeights {
		this.#applied ??= applyEdits(
			this.#model,
			this.#head.weights(),
			[...this.#edits.values()],
			this.#fitsOfOthers(),
		);
		return this.#applied;
	}

	#ownHistory(): readonly OwnStay[] {
		if (!this.#history) {
			this.#stays ??= new OwnHistory(this.#ledger.standing, this.#fade());
			this.#history = this.#stays.newest();
			this.#othersFits = undefined;
		}
		return this.#history;
	}

	#historyOf(standing: StandingActs): OwnStay[] {
		return ownHistory(standing, this.#fade());
	}

	/** What an act still counts on the day that the taste stands at. */
	#fade(): (instant: number) => number {
		const { halfLifeDays } = this.#model.settings;
		const today = this.#head.asOf;
		return (instant) => 2 ** (-(today - dayOf(instant)) / halfLifeDays);
	}

	#copied(fits: Float64Array): Float64Array {
		this.#open ??= new Float64Array(fits.length);
		this.#open.set(fits);
		return this.#open;
	}

	#fitsOfOthers(): Float64Array | null {
		if (!this.#others) return null;
		const history = this.#ownHistory();
		this.#othersFits ??= this.#others.fits(history);
		return this.#othersFits;
	}

	#parts(row: number): Explanation['contributions'] {
		const others = this.#partsOfOthers(row);
		return contributionsOf(this.#model, this.#weights(), row, others);
	}

	#partsOfOthers(row: number): OthersParts | undefined {
		if (!this.#others) return undefined;
		const history = this.#ownHistory();
		return { history, shares: this.#others.shares(history, row) };
	}

	#closed(hidden: Iterable<number>, row: number): Uint8Array {
		const closed = new Uint8Array(this.#model.features.rows.count);
		for (const other of hidden) closed[other] = 1;
		closed[row] = 0;
		return closed;
	}

	#whatIf(row: number, now: number): WhatIf {
		const fits = this.fits(now);
		const applied = this.#weights();
		const edits = [...this.#edits.values()];
		return {
			model: this.#model,
			applied,
			fits,
			edits,
			carrying: this.#carrying(row),
			fitsWithout: (sequences) => this.#fitsWithout(sequences, edits),
			fitsWith: (changed) =>
				fitsOf(
					this.#model,
					applyEdits(this.#model, this.#head.weights(), changed, this.#fitsOfOthers()),
				),
		};
	}

	/** What each act that counts adds to the fit of a row: through the home's nature, and through others. */
	#carrying(row: number): Carrying[] {
		const { features } = this.#model;
		const acts = [...this.#ledger.standing.values()].flatMap((own) => [...own]);
		const weights = this.#head.weights();
		const { means } = this.#model.prior;
		const usual = means.reduce((sum, mean, column) => sum + mean * (weights[column] as number), 0);
		const contentFit = (home: number) => rowDot(features.rows, home, weights) - usual;
		const carrying = carriedBy(
			this.#model,
			acts,
			contentFit,
			this.#head.covariances(features.rows, row),
		);
		const others = this.#partsOfOthers(row);
		if (!others) return carrying;
		const factor = this.#weights().others?.factor ?? 0;
		const byRow = new Map(
			others.history.map((stay, i) => [
				stay.row,
				(factor * ((others.shares.also[i] as number) + (others.shares.next[i] as number))) /
					stay.weight,
			]),
		);
		return carrying.map(({ act, carries }) => {
			const { target, weight } = signalOf(act) ?? { target: 0, weight: 0 };
			return { act, carries: carries + target * weight * (byRow.get(act.row) ?? 0) };
		});
	}

	#fitsWithout(sequences: readonly number[], edits: readonly TasteEdit[]): Float64Array {
		const without = this.#ledger.without(sequences);
		const { begin, cease } = this.#ledger.difference(without);
		const head = this.#head.copy();
		head.forget(observationsOf(this.#model, cease));
		head.update(observationsOf(this.#model, begin));
		const standing = new Map([...this.#ledger.standing, ...without]);
		const others = this.#others?.fits(this.#historyOf(standing)) ?? null;
		return fitsOf(this.#model, applyEdits(this.#model, head.weights(), edits, others));
	}

	#pool(ranking: Uint32Array, fits: Float64Array, seed: number): PoolDraws {
		const step = Math.max(1, Math.floor(ranking.length / POOL));
		const rows = ranking.filter((_, place) => place % step === 0).subarray(0, POOL);
		if (this.#noise.seed !== seed) this.#noise = new TasteNoise(seed);
		return drawScores(this.#head, this.#model.features.rows, rows, fits, this.#noise);
	}

	#ranked({ row, propensity, exploration }: Placed): RankedRow {
		const fit = fitOf(this.#model, this.#weights(), row);
		const parts = this.#parts(row);
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

function countBelow(fits: Float64Array, fit: number): number {
	let below = 0;
	for (let row = 0; row < fits.length; row++) if ((fits[row] as number) < fit) below++;
	return below;
}

const dayOf = (instant: number) => Math.floor(instant / DAY_MILLISECONDS);
